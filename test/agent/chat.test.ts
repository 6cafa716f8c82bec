import { expect, test } from "vitest";
import type { IntentRecord } from "../../src/domain/record.ts";
import { type Door, withDoor } from "../http/door.ts";
import { chat, type Turn } from "./chat.ts";
import { connect, readHoldings } from "./holdings.ts";

const WAIT = { prefer: "wait=60" };
const door = withDoor();

async function post(url: string, payload: object): Promise<IntentRecord> {
  const answer = await door().post(url, payload, WAIT);
  return answer.statusCode === 200 ? answer.json<IntentRecord>() : expect.fail(`${answer.statusCode} ${answer.body}`);
}

/** Says one turn in the thread and checks where it ends; the chain moves only where the person says yes. */
async function play({ said, ends, shows, yes }: Turn, thread: string | undefined): Promise<IntentRecord> {
  const { intendant, owner } = door() as Door;
  const devnet = intendant.chain.devnet ?? expect.fail("the local chain is not ours");
  const client = connect(devnet);
  const before = await readHoldings(client, devnet, owner);
  const record = await post("/v1/intents", { text: said, mode: "auto", ...(thread === undefined ? {} : { thread }) });
  const { understanding, question, answer, preview } = record;
  const shown = JSON.stringify([understanding, question, answer, preview?.summary]);
  process.stdout.write(
    `you: ${said}\n  ${record.state}: ${question?.prompt ?? answer?.text ?? preview?.summary ?? understanding?.kind}\n`,
  );
  expect([said, record.state, record.error]).toEqual([said, ends, undefined]);
  expect(shown).toMatch(shows);
  if (yes === undefined) {
    expect(await readHoldings(client, devnet, owner)).toEqual(before);
    return record;
  }
  const consent = { planHash: record.plan?.id, acknowledged: record.verdict?.findings.map(({ code }) => code) ?? [] };
  const done = await post(`/v1/intents/${record.id}/approve`, consent);
  expect(done.state).toBe("confirmed");
  const after = await readHoldings(client, devnet, owner);
  for (const [place, change] of Object.entries(yes)) {
    const moved = (after.get(place) ?? 0n) - (before.get(place) ?? 0n);
    // Interest of the seconds in between, at most a millionth.
    expect([
      place,
      moved >= change - 1n && moved <= change + 2n + (change > 0n ? change : -change) / 1_000_000n,
    ]).toEqual([place, true]);
  }
  return done;
}

test("default: a chat of twelve turns, from question to correction to execution", { timeout: 240_000 }, async () => {
  expect(chat.length).toBe(12);
  let thread: string | undefined;
  for (const turn of chat) thread = (await play(turn, thread)).thread ?? thread;
});
