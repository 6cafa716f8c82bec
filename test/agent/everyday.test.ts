import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { defaultMandate } from "../../policies/mandate.ts";
import { type Devnet, revertTo, snapshot } from "../../src/devnet/index.ts";
import type { IntentRecord } from "../../src/domain/record.ts";
import { withDoor } from "../http/door.ts";
import { type ChainClient, connect, readHoldings, readSent } from "./holdings.ts";
import { judgeEffect } from "./judgeEffect.ts";
import { prepareOwner } from "./prepareOwner.ts";
import { type Request, requests } from "./requests.ts";

const WAIT = { prefer: "wait=60" };
const RIGHT_AT_LEAST = 36;

const door = withDoor({ INTENDANT_MANDATE: writeMandate() });
let client: ChainClient;
let devnet: Devnet;

/** Forty days' worth of requests in a minute: the daily cap is raised, everything else is the default mandate. */
function writeMandate(): string {
  const path = join(mkdtempSync(join(tmpdir(), "intendant-mandate-")), "mandate.json");
  writeFileSync(path, JSON.stringify({ ...defaultMandate, spend: { perActionUsd: "50000", perDayUsd: "1000000" } }));
  return path;
}

beforeAll(async () => {
  devnet = door().intendant.chain.devnet ?? expect.fail("the local chain is not ours");
  client = connect(devnet);
  await prepareOwner(client, devnet.deployment, door().owner);
});

type Outcome = {
  readonly request: Request;
  readonly record: IntentRecord;
  readonly understood: boolean;
  readonly planned: boolean;
  readonly simulated: boolean;
  readonly executed: boolean;
  /** Exactly the effect asked for; for the others: nothing sent and the right kind of reply. */
  readonly right: boolean;
  /** Something was sent and the chain shows another effect than the one asked for. */
  readonly wrong: boolean;
  readonly differences: readonly string[];
  readonly milliseconds: number;
};

async function post(url: string, payload: object): Promise<IntentRecord> {
  const answer = await door().post(url, payload, WAIT);
  return answer.statusCode === 200 ? answer.json<IntentRecord>() : expect.fail(`${answer.statusCode} ${answer.body}`);
}

/** Sends the words, says yes to whatever plan comes back, and reads the chain. */
async function say(request: Request): Promise<Outcome> {
  const { owner } = door();
  const start = await client.getBlockNumber();
  const before = await readHoldings(client, devnet, owner);
  const began = performance.now();
  const words = typeof request.said === "string" ? { text: request.said } : { messages: request.said };
  const asked = await post("/v1/intents", { ...words, mode: "auto" });
  const yes = { planHash: asked.plan?.id, acknowledged: asked.verdict?.findings.map(({ code }) => code) ?? [] };
  const record = asked.state === "awaiting_approval" ? await post(`/v1/intents/${asked.id}/approve`, yes) : asked;
  const milliseconds = performance.now() - began;
  const { gasWei, transactions } = await readSent(client, owner, start);
  const held = await readHoldings(client, devnet, owner);
  const after = new Map(held).set("wallet.ETH", (held.get("wallet.ETH") ?? 0n) + gasWei);
  const differences = judgeEffect(devnet.deployment, { before, after }, request.effect);
  return { ...grade(request, record, { transactions, differences }), request, record, differences, milliseconds };
}

function grade(
  { ends, effect }: Request,
  record: IntentRecord,
  { transactions, differences }: { readonly transactions: number; readonly differences: readonly string[] },
) {
  const reply = JSON.stringify([record.question, record.answer, record.understanding]);
  const executed = record.state === "confirmed";
  const matches = differences.length === 0;
  const right =
    ends === undefined
      ? executed && matches
      : transactions === 0 && matches && record.state === ends.state && (ends.says?.test(reply) ?? true);
  const acts = record.understanding?.kind === "act";
  return {
    understood: ends === undefined ? acts && Object.keys(effect).length > 0 : right,
    planned: record.plan !== undefined,
    simulated: (record.preview?.balanceChanges.length ?? 0) > 0,
    executed,
    right,
    wrong: transactions > 0 && !matches,
  };
}

function row({ request, record, right, wrong, differences, milliseconds }: Outcome): string {
  const said = typeof request.said === "string" ? request.said : (request.said.at(-1)?.content ?? "");
  const mark = right ? "ok   " : wrong ? "WRONG" : "miss ";
  const line = `${mark} ${record.state.padEnd(18)} ${milliseconds.toFixed(0).padStart(5)} ms  ${said}`;
  if (right) return line;
  const why = record.error ?? record.verdict?.findings ?? record.question ?? {};
  return [
    line,
    `        understood: ${JSON.stringify(record.understanding)}`,
    `        why: ${JSON.stringify(why).slice(0, 600)}`,
    ...differences.slice(0, 6).map((difference) => `        ${difference}`),
  ].join("\n");
}

function table(outcomes: readonly Outcome[]): string {
  const count = (of: (outcome: Outcome) => boolean) => outcomes.filter(of).length;
  const acting = outcomes.filter(({ request }) => request.ends === undefined);
  const staged = (of: (outcome: Outcome) => boolean) => `${acting.filter(of).length}/${acting.length}`;
  return [
    ...outcomes.map(row),
    `to be executed: understood as something to do ${staged((one) => one.understood)}, planned ${staged((one) => one.planned)}, ` +
      `simulated ${staged((one) => one.simulated)}, executed ${staged((one) => one.executed)}, exact ${staged((one) => one.right)}`,
    `right ${count((one) => one.right)} of ${outcomes.length}, wrong effects ${count((one) => one.wrong)}`,
  ].join("\n");
}

test("default: everyday requests are executed with exactly the effect asked for", { timeout: 600_000 }, async () => {
  const outcomes: Outcome[] = [];
  for (const request of requests) {
    const clean = await snapshot(client);
    outcomes.push(await say(request));
    await revertTo(client, clean);
  }
  process.stdout.write(`${table(outcomes)}\n`);
  expect(outcomes.filter(({ wrong }) => wrong).map(row)).toEqual([]);
  expect(outcomes.filter(({ right }) => right).length).toBeGreaterThanOrEqual(RIGHT_AT_LEAST);
});
