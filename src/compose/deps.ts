import type { Address } from "viem";
import type { IntendantDeps } from "../../agents/intendant/deps.ts";
import { understandPrompt } from "../../agents/prompts/understand.ts";
import type { Mandate } from "../../policies/index.ts";
import type { Reader } from "../chain/reader.ts";
import type { Scanner } from "../check/scanner.ts";
import type { Config } from "../config.ts";
import type { Grounding } from "../domain/grounding.ts";
import type { Intent } from "../domain/intent.ts";
import { fromJson, toJson } from "../domain/json.ts";
import type { Token } from "../domain/token.ts";
import { readPositionTokens } from "../evidence/readPositionTokens.ts";
import { readUnlisted } from "../evidence/readUnlisted.ts";
import { createAccountLock } from "../executor/accountLock.ts";
import { type ExecutorDeps, execute } from "../executor/execute.ts";
import type { Signer } from "../executor/signer.ts";
import { SignerMissingError } from "../intents/errors.ts";
import { plan } from "../planner/plan.ts";
import { simulate } from "../simulator/simulate.ts";
import { understand } from "../understanding/understand.ts";
import type { ChainParts } from "./chain.ts";
import type { Judge } from "./judge.ts";
import type { ModelParts } from "./model.ts";
import { composeAnswer } from "./questions.ts";
import { composeRehearsal } from "./rehearsal.ts";
import type { StorageParts } from "./storage.ts";

type Parts = {
  readonly config: Config;
  readonly chain: ChainParts;
  readonly storage: StorageParts;
  readonly model: ModelParts;
  readonly mandate: Mandate;
  readonly signer: Signer | undefined;
  readonly judge: Judge;
  readonly scanner: Scanner;
  readonly nowSeconds: () => bigint;
};

/** What the owner said yes with: the warnings that were read and the proof of what was said. */
type Consent = {
  readonly intent: Intent;
  readonly acknowledged: readonly string[];
  readonly groundings: readonly Grounding[];
};

/** What the graph's nodes call. The only place where the executor meets the guards. */
export function composeDeps(parts: Parts): {
  readonly deps: IntendantDeps;
  readonly executor: ExecutorDeps | undefined;
} {
  const { config, chain, model, mandate, judge, nowSeconds } = parts;
  const positionTokens = createPositionTokens(chain);
  const executor = createExecutor(parts, positionTokens);
  const deps: IntendantDeps = {
    understand: ({ intentId, messages, account }) =>
      understand({
        messages,
        context: { account, contacts: mandate.contacts, tokens: chain.tokens, now: new Date() },
        prompt: understandPrompt,
        model: (prompt, schema) => model.ask(prompt, schema, intentId),
      }),
    answer: composeAnswer(parts),
    plan: async ({ intent, account, mode }) =>
      plan({
        reader: await chain.reader(),
        protocols: chain.protocols,
        prices: chain.prices,
        intent,
        account: account as Address,
        resolveRecipient: contactNamed(mandate),
        options: {
          nowSeconds: nowSeconds(),
          slippageBps: config.INTENDANT_SLIPPAGE_BPS,
          expirySeconds: config.INTENDANT_EXPIRY_SECONDS,
          horizonDays: config.INTENDANT_HORIZON_DAYS,
          // A wallet sends the amounts as they are written.
          lateBinding: mode !== "wallet",
        },
      }),
    judge: (request) => judge.judge(request),
    simulate: async (planned) => {
      const reader = await chain.reader(planned.block.number);
      const known = await Promise.all([positionTokens(reader), readUnlisted(reader, planned, [])]);
      return await simulate({ reader, plan: planned, knownTokens: known.flat() });
    },
    mayProceedAlone: ({ mode, verdict }) => mode === "auto" && verdict.decision === "allow" && !mandate.alwaysAsk,
    execute: async ({ plan: planned, simulation, intent, intentId, groundings, acknowledged }) => {
      if (executor === undefined) throw new SignerMissingError();
      const reservation = await judge.reservation({ plan: planned, intent, groundings, simulation });
      const consent = toJson({ intent, acknowledged, groundings } satisfies Consent);
      return await execute(executor, { plan: planned, simulation, intentId, consent, reservation });
    },
  };
  return { deps, executor };
}

/** Names of aTokens and debt tokens, read once: they only label what the simulation shows. */
function createPositionTokens({ protocols }: ChainParts): (reader: Reader) => Promise<readonly Token[]> {
  let known: Promise<readonly Token[]> | undefined;
  return async (reader) => {
    known ??= Promise.all(protocols.map((protocol) => protocol.markets(reader))).then((lists) =>
      readPositionTokens(reader, lists.flat()),
    );
    try {
      return await known;
    } catch (error) {
      known = undefined;
      throw error;
    }
  };
}

/** The owner's address book; other names are not resolved yet. */
function contactNamed({ contacts }: Mandate): (name: string) => Promise<Address | undefined> {
  return async (name) =>
    contacts.find((entry) => entry.name.toLowerCase() === name.toLowerCase())?.address as Address | undefined;
}

function createExecutor(
  { signer, chain, storage, judge, mandate, nowSeconds }: Parts,
  knownTokens: (reader: Reader) => Promise<readonly Token[]>,
): ExecutorDeps | undefined {
  if (signer === undefined) return undefined;
  const local = chain.chainId === 31_337;
  return {
    client: chain.client,
    tokens: chain.tokens,
    signer,
    journal: storage.journal,
    executions: storage.executions,
    lock: createAccountLock(),
    clear: (planned, simulation, given) => {
      const { intent, acknowledged, groundings } = fromJson<Consent>(given);
      return judge.clear({ plan: planned, simulation, intent, groundings }, { planId: planned.id, acknowledged });
    },
    rehearse: composeRehearsal({ chain, mandate, nowSeconds, knownTokens }),
    plannedGasPriceWei: async (planned) => (await chain.reader(planned.block.number)).gasPriceWei,
    now: nowSeconds,
    confirmations: 1,
    receiptTimeoutMs: local ? 30_000 : 180_000,
    pollingIntervalMs: local ? 20 : 2_000,
  };
}
