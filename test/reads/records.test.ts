import { expect, test } from "vitest";
import { composeAnswer } from "../../src/compose/questions.ts";
import { composeScanner } from "../../src/compose/scanner.ts";
import type { Question } from "../../src/domain/intent.ts";
import { type Door, supply, swap, withDoor } from "../http/door.ts";

const door = withDoor();
const friend = "0x1111111111111111111111111111111111111111";

/** Asks as the graph does, over the running Intendant's own chain and database. */
function ask({ intendant, owner }: Door, question: Question, account: string = owner) {
  const { chain, storage } = intendant;
  return composeAnswer({ config: { INTENDANT_SLIPPAGE_BPS: 50 }, chain, storage, scanner: composeScanner() })({
    question,
    account,
  });
}

test("default: history: what was executed here, from its receipts, newest first", async () => {
  expect((await ask(door(), { topic: "history" })).text).toMatch(/^Nothing was done through Intendant yet/);
  const lent = await door().approve(await door().plan([supply("USDC", "25")]));
  const swapped = await door().approve(await door().plan([swap("USDC", "DAI", "10")]));
  expect([lent.json().state, swapped.json().state]).toEqual(["confirmed", "confirmed"]);
  const answer = await ask(door(), { topic: "history" });
  const last = swapped.json().receipts.at(-1);
  expect(answer.text).toMatch(/^2 intents were done through Intendant/);
  expect(answer.facts[0]).toMatch(/ UTC confirmed: .*\[\+9\.\d+ DAI, -10 USDC\]/);
  expect(answer.facts[0]).toContain(`(block ${last.block}, ${last.txHash})`);
  const { status } = await door().intendant.chain.client.getTransactionReceipt({ hash: last.txHash });
  expect(status).toBe("success");
  const onAave = await ask(door(), { topic: "history", protocol: "aave-v3" });
  expect(onAave.facts).toEqual([expect.stringContaining("25 USDC")]);
  const inDai = await ask(door(), { topic: "history", asset: "DAI" });
  expect(inDai.text).toMatch(/^1 intent was done through Intendant/);
  expect((await ask(door(), { topic: "history" }, friend)).text).toMatch(/^Nothing was done through Intendant yet/);
});

test("behavior: history: transfers on chain are told besides, our own not twice", async () => {
  const plan = await door().plan([
    { type: "transfer", asset: "USDC", amount: { unit: "token", value: "1" }, to: friend },
  ]);
  const sent = await door().approve(plan);
  const ours = sent.json().receipts[0]?.txHash;
  const answer = await ask(door(), { topic: "history", asset: "USDC" });
  expect(answer.facts.filter((fact) => fact.includes(ours))).toHaveLength(1);
  const theirs = await ask(door(), { topic: "history", asset: "USDC" }, friend);
  expect(theirs.facts[0]).toBe(
    `block ${sent.json().receipts[0]?.block}: received 1 USDC from ${door().owner} (${ours})`,
  );
  expect(theirs.facts.at(-1)).toMatch(/^looked at: Transfer events of blocks 0 to /);
  expect((await ask(door(), { topic: "history", asset: "NOPE" })).text).toContain('No token "NOPE"');
  expect((await ask(door(), { topic: "history", protocol: "nope" })).text).toMatch(/^No protocol nope/);
});

test("default: usage: the sums of what the model was asked, as the records say", async () => {
  const before = await ask(door(), { topic: "usage" });
  expect(before.text).toBe("The language model was not used yet.");
  const record = await door().submit({ text: "what is my usdc balance" });
  expect(record.answer).toMatchObject({ source: expect.stringContaining(door().owner), block: expect.any(String) });
  const kept = await door().intendant.storage.usage.list({ limit: 500 });
  const read = kept.reduce((sum, { promptTokens }) => sum + promptTokens, 0);
  const answer = await ask(door(), { topic: "usage" });
  expect(kept.length).toBeGreaterThan(0);
  expect(answer.text).toMatch(new RegExp(`^${kept.length} inferences since .* UTC: ${read} tokens read, `));
  expect(answer.facts[1]).toContain(`"${kept[0]?.device}": ${kept.length} inferences`);
});

test("default: automations and help: said plainly, without a chain read", async () => {
  const none = await ask(door(), { topic: "automations" });
  expect(none.text).toMatch(/^No automation is set up/);
  expect(none.block).toBeUndefined();
  const help = await ask(door(), { topic: "help" });
  expect(help.text).toMatch(/^Say what you want to do/);
  expect(help.facts.length).toBeGreaterThan(3);
});
