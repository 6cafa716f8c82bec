import { understandPrompt } from "../../agents/prompts/understand.ts";
import { composeChain } from "../../src/compose/chain.ts";
import { composeModel } from "../../src/compose/model.ts";
import { readConfig } from "../../src/config.ts";
import type { Action } from "../../src/domain/intent.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { plan } from "../../src/planner/plan.ts";
import { simulate } from "../../src/simulator/simulate.ts";
import { understand } from "../../src/understanding/understand.ts";
import type { BenchRow } from "./inference.ts";

const ROUNDS = 20;

const TEXTS = [
  "swap 250 usdc for eth",
  "could you lend out 1,200 dai on spark",
  "send 0.05 eth to 0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc",
  "convert $1000 of ETH into the highest-yielding stablecoin position",
  "sell a third of my link for usdt and deposit what comes out on aave",
];

const INTENTS: Readonly<Record<string, readonly Action[]>> = {
  "swap, 1 ETH": [{ type: "swap", sell: "ETH", buy: "USDC", amount: { unit: "token", value: "1" }, side: "sell" }],
  "swap, 60 ETH (split)": [
    { type: "swap", sell: "ETH", buy: "USDC", amount: { unit: "token", value: "60" }, side: "sell" },
  ],
  "supply, 500 USDC": [{ type: "supply", asset: "USDC", amount: { unit: "token", value: "500" } }],
  "earn, $1000 over every market": [
    {
      type: "earn",
      source: "ETH",
      asset: "any:stablecoin",
      amount: { unit: "usd", value: "1000" },
      objective: "max-yield",
    },
  ],
};

/** Milliseconds of understanding, planning and simulation on the local chain with the embedded model: median and 95th percentile. */
export async function benchSpine(): Promise<readonly BenchRow[]> {
  const config = readConfig({ RPC_URL: undefined, CHAIN_ID: undefined });
  const chain = await composeChain(config, () => undefined);
  const model = await composeModel(config, async () => undefined);
  try {
    const understanding = await measure(TEXTS.map((text) => () => understandText(text, model.ask)));
    const account = chain.devnet?.accounts[0]?.address;
    if (account === undefined) throw new TypeError("the local chain has accounts");
    const make = async (actions: readonly Action[]): Promise<Plan> =>
      plan({
        reader: await chain.reader(),
        protocols: chain.protocols,
        prices: chain.prices,
        intent: { actions: [...actions] },
        account,
        options: { nowSeconds: BigInt(Math.floor(Date.now() / 1_000)) },
      });
    const rows = [...statistics("understand one request", understanding)];
    for (const [name, actions] of Object.entries(INTENTS)) {
      rows.push(...statistics(`plan: ${name}`, await measure([() => make(actions)])));
      const planned = await make(actions);
      const run = async () => simulate({ reader: await chain.reader(planned.block.number), plan: planned });
      rows.push(...statistics(`simulate: ${name}`, await measure([run])));
    }
    return rows;
  } finally {
    await model.close();
    await chain.close();
  }
}

function understandText(text: string, ask: Awaited<ReturnType<typeof composeModel>>["ask"]) {
  return understand({
    messages: [{ role: "user", content: text }],
    prompt: understandPrompt,
    model: (prompt, schema) => ask(prompt, schema, "bench"),
  });
}

/** Runs every task ROUNDS times after one warm-up round; milliseconds of each run. */
async function measure(tasks: readonly (() => Promise<unknown>)[]): Promise<readonly number[]> {
  const milliseconds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const task of tasks) {
      const began = performance.now();
      await task();
      if (round > 0) milliseconds.push(performance.now() - began);
    }
  }
  return milliseconds;
}

function statistics(name: string, milliseconds: readonly number[]): readonly BenchRow[] {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return [
    { name: `${name}, median`, value: at(0.5), unit: "ms" },
    { name: `${name}, 95th percentile`, value: at(0.95), unit: "ms" },
  ];
}
