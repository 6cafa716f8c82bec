import { MemorySaver } from "@langchain/langgraph";
import { createIntendantGraph, type IntendantGraph } from "../../agents/intendant/graph.ts";
import { composeChain } from "../../src/compose/chain.ts";
import { composeDeps } from "../../src/compose/deps.ts";
import { composeJudge } from "../../src/compose/judge.ts";
import { composeMandate } from "../../src/compose/mandate.ts";
import { composeModel } from "../../src/compose/model.ts";
import { composeScanner } from "../../src/compose/scanner.ts";
import { composeStorage } from "../../src/compose/storage.ts";
import { readConfig } from "../../src/config.ts";
import type { Devnet } from "../../src/devnet/index.ts";
import type { Message } from "../../src/domain/intent.ts";
import { canonicalJson, fromJson } from "../../src/domain/json.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { connect } from "../agent/holdings.ts";
import { prepareOwner } from "../agent/prepareOwner.ts";

/** How a conversation ended: the calls of its sealed plan, byte for byte, or the words that ended it without one. */
export type Ended = { readonly calls: string } | { readonly stopped: string };

/** The real chain, the model that ships, and the graph up to the sealed plan, at one fixed time. */
export type Stage = {
  readonly devnet: Devnet;
  readonly owner: `0x${string}`;
  /** The conversation through the graph, up to the plan. */
  plan(messages: readonly Message[]): Promise<Ended>;
  /** A question through the graph: the answer as it is shown. */
  ask(question: string): Promise<string>;
  close(): Promise<void>;
};

/** An hour ahead of the chain, so that the plans' deadlines do not move with its blocks. */
const AHEAD_SECONDS = 3_600n;

export async function openStage(): Promise<Stage> {
  const config = readConfig({ INTENDANT_THREADS: "1" }, {});
  const storage = await composeStorage(config);
  const [chain, model] = await Promise.all([
    composeChain(config, () => undefined),
    composeModel(config, async () => undefined),
  ]);
  const { devnet } = chain;
  const owner = devnet?.accounts[0]?.address;
  if (devnet === undefined || owner === undefined) throw new TypeError("the local chain is not ours");
  await prepareOwner(connect(devnet), devnet.deployment, owner);
  const fixed = (await chain.reader()).timestamp + AHEAD_SECONDS;
  const nowSeconds = () => fixed;
  const scanner = composeScanner();
  const mandate = composeMandate(config);
  const parts = { config, chain, storage, model, scanner, mandate, signer: undefined, nowSeconds };
  const { deps } = composeDeps({ ...parts, judge: composeJudge(parts) });
  const graph = createIntendantGraph(deps, new MemorySaver());
  let runs = 0;
  const run = (messages: readonly Message[]) => invoke(graph, { intentId: `run-${runs++}`, messages, account: owner });
  return {
    devnet,
    owner,
    plan: async (messages) => endedWith(await run(messages)),
    ask: async (question) => {
      const { answer, understood, error } = await run([{ role: "user", content: question }]);
      if (answer === undefined)
        throw new TypeError(`no answer to "${question}": ${JSON.stringify(error ?? understood)}`);
      return answer.text;
    },
    close: async () => {
      await Promise.all([model.close(), chain.close()]);
      await storage.close();
    },
  };
}

type Asked = { readonly intentId: string; readonly messages: readonly Message[]; readonly account: string };

async function invoke(graph: IntendantGraph, { intentId, messages, account }: Asked) {
  return await graph.invoke(
    { intentId, messages, account, mode: "plan" },
    { configurable: { thread_id: intentId }, interruptAfter: ["propose"] },
  );
}

function endedWith({ plan, understood, error }: Awaited<ReturnType<typeof invoke>>): Ended {
  if (plan === undefined) return { stopped: error?.code ?? understood?.understanding.kind ?? "nothing" };
  const { calls, account, chainId } = fromJson<Plan>(plan);
  return { calls: canonicalJson({ calls, account, chainId }) };
}
