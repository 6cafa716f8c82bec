import type { Address } from "viem";
import { oraclePrices } from "../../src/chain/prices.ts";
import { composeQuestions } from "../../src/compose/questions.ts";
import { composeScanner } from "../../src/compose/scanner.ts";
import { type Question, questionSchema } from "../../src/domain/intent.ts";
import type { IntentRecord } from "../../src/domain/record.ts";
import type { UsageRecord } from "../../src/domain/usage.ts";
import type { Answer } from "../../src/reads/toAnswer.ts";
import { answerQuestion } from "../../tools/answerQuestion.ts";
import { createTools } from "../../tools/index.ts";
import type { TestChain } from "../setup/devnet.ts";

type Kept = { readonly records?: readonly IntentRecord[]; readonly usage?: readonly UsageRecord[] };

/** Asks as the graph's `answer` node does, on a test's chain; `kept` stands for the database. */
export async function askOn(
  chain: TestChain,
  question: Question,
  { owner = chain.owner.address, ...kept }: Kept & { readonly owner?: Address } = {},
): Promise<Answer> {
  const deps = composeQuestions({
    config: { INTENDANT_SLIPPAGE_BPS: 50 },
    chain: {
      reader: () => chain.reader(),
      protocols: chain.protocols,
      prices: oraclePrices,
      addresses: chain.addresses,
    },
    scanner: composeScanner(),
    storage: {
      records: { list: async () => ({ records: [...(kept.records ?? [])] }) },
      usage: { list: async () => [...(kept.usage ?? [])] },
    },
  });
  const answer = await answerQuestion(createTools(deps, owner), questionSchema.parse(question));
  // A bigint would destroy the graph's checkpoint: what comes back must survive JSON as it is.
  if (JSON.stringify(JSON.parse(JSON.stringify(answer))) !== JSON.stringify(answer)) throw new TypeError("not JSON");
  return answer;
}
