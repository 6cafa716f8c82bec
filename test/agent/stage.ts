import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect } from "vitest";
import { defaultMandate } from "../../policies/mandate.ts";
import { type Devnet, revertTo, snapshot } from "../../src/devnet/index.ts";
import type { IntentRecord } from "../../src/domain/record.ts";
import { type Door, withDoor } from "../http/door.ts";
import { type ChainClient, connect, readHoldings, readSent } from "./holdings.ts";
import { judgeEffect } from "./judgeEffect.ts";
import { gradeOutcome, type Outcome } from "./outcome.ts";
import { prepareOwner } from "./prepareOwner.ts";
import type { Request } from "./requests.ts";

const WAIT = { prefer: "wait=60" };

type Stage = { readonly door: Door; readonly client: ChainClient; readonly devnet: Devnet };

/**
 * One Intendant with its own chain for a file. The function returned says a request, says yes to whatever plan comes
 * back, reads the chain, and puts the chain back, so that every request starts from the same holdings.
 */
export function withOwner(): (request: Request) => Promise<Outcome> {
  const door = withDoor({ INTENDANT_MANDATE: writeMandate() });
  let stage: Stage | undefined;
  beforeAll(async () => {
    const devnet = door().intendant.chain.devnet ?? expect.fail("the local chain is not ours");
    const client = connect(devnet);
    await prepareOwner(client, devnet.deployment, door().owner);
    stage = { door: door(), client, devnet };
  });
  return async (request) => {
    const ready = stage ?? expect.fail("say something inside a test");
    const clean = await snapshot(ready.client);
    const outcome = await say(ready, request);
    await revertTo(ready.client, clean);
    return outcome;
  };
}

/** Forty days' worth of requests in a minute: the daily cap is raised, everything else is the default mandate. */
function writeMandate(): string {
  const path = join(mkdtempSync(join(tmpdir(), "intendant-mandate-")), "mandate.json");
  const spend = { ...defaultMandate.spend, perDayUsd: "1000000" };
  writeFileSync(path, JSON.stringify({ ...defaultMandate, spend }));
  return path;
}

async function say({ door, client, devnet }: Stage, request: Request): Promise<Outcome> {
  const { owner } = door;
  const start = await client.getBlockNumber();
  const before = await readHoldings(client, devnet, owner);
  const began = performance.now();
  const words = typeof request.said === "string" ? { text: request.said } : { messages: request.said };
  const asked = await post(door, "/v1/intents", { ...words, mode: "auto" });
  const yes = { planHash: asked.plan?.id, acknowledged: asked.verdict?.findings.map(({ code }) => code) ?? [] };
  const waits = asked.state === "awaiting_approval";
  const record = waits ? await post(door, `/v1/intents/${asked.id}/approve`, yes) : asked;
  const milliseconds = performance.now() - began;
  const { gasWei, transactions } = await readSent(client, owner, start);
  const held = await readHoldings(client, devnet, owner);
  const after = new Map(held).set("wallet.ETH", (held.get("wallet.ETH") ?? 0n) + gasWei);
  const differences = judgeEffect(devnet.deployment, { before, after }, request.effect);
  return gradeOutcome({ request, record, transactions, differences, milliseconds });
}

async function post(door: Door, url: string, payload: object): Promise<IntentRecord> {
  const answer = await door.post(url, payload, WAIT);
  return answer.statusCode === 200 ? answer.json<IntentRecord>() : expect.fail(`${answer.statusCode} ${answer.body}`);
}
