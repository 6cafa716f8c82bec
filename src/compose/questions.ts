import type { Address } from "viem";
import type { IntendantDeps } from "../../agents/intendant/deps.ts";
import { answerQuestion } from "../../tools/answerQuestion.ts";
import { createTools } from "../../tools/index.ts";
import type { Scanner } from "../check/scanner.ts";
import type { Config } from "../config.ts";
import { decodeCall } from "../evidence/decodeCall.ts";
import { findRoute } from "../planner/routes/findRoute.ts";
import type { QuestionDeps } from "../reads/types.ts";
import type { ChainParts } from "./chain.ts";
import type { StorageParts } from "./storage.ts";

type Parts = {
  readonly config: Pick<Config, "INTENDANT_SLIPPAGE_BPS">;
  readonly chain: Pick<ChainParts, "reader" | "protocols" | "prices" | "addresses">;
  readonly scanner: Scanner;
  readonly storage: {
    readonly records: Pick<StorageParts["records"], "list">;
    readonly usage: Pick<StorageParts["usage"], "list">;
  };
};

/** What questions are answered from: the chain, the planner's routing, the decoders and what is kept here. */
export function composeQuestions({ config, chain, storage, scanner }: Parts): QuestionDeps {
  const { protocols, prices, addresses } = chain;
  return {
    reader: () => chain.reader(),
    protocols,
    prices,
    scanToken: (reader, token) => scanner(reader, token),
    findRoute,
    slippageBps: config.INTENDANT_SLIPPAGE_BPS,
    decode: (call) => decodeCall({ protocols, wrappedNative: addresses.wrappedNative }, call, 0).effect,
    records: storage.records,
    usage: storage.usage,
  };
}

/** The graph's `answer`: one typed question, one read. */
export function composeAnswer(parts: Parts): IntendantDeps["answer"] {
  const deps = composeQuestions(parts);
  return ({ question, account }) => answerQuestion(createTools(deps, account as Address), question);
}
