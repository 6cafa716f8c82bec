import { erc20Abi, type Hex } from "viem";
import { afterEach, expect, test, vi } from "vitest";
import { type IntentRecord, recordSchema } from "../../src/domain/record.ts";
import type { ProblemDetails } from "../../src/http/errors.ts";
import { type Door, supply, swap, WAIT, withDoor } from "./door.ts";

const door = withDoor();

afterEach(() => {
  vi.useRealTimers();
});

/** The owner's balance as the chain has it now. */
function balance({ intendant, owner }: Door, symbol: string): Promise<bigint> {
  const token = intendant.chain.tokens.bySymbol(symbol);
  if (token === undefined) throw new Error(`no ${symbol}`);
  const read = { address: token.address, abi: erc20Abi, functionName: "balanceOf", args: [owner] } as const;
  return intendant.chain.client.readContract(read);
}

function sent({ intendant, owner }: Door): Promise<number> {
  return intendant.chain.client.getTransactionCount({ address: owner });
}

test("default: words become a plan, a yes becomes transactions, and the chain shows the effect", async () => {
  const before = { usdc: await balance(door(), "USDC"), dai: await balance(door(), "DAI") };
  const first = await door().post("/v1/intents", { text: "swap 100 usdc for dai" });
  expect(first.statusCode).toBe(202);
  expect(first.json<IntentRecord>()).toMatchObject({ state: "received", text: "swap 100 usdc for dai", receipts: [] });
  const { id } = first.json<IntentRecord>();
  const planned = await door().intendant.intents.settled(id, 60_000);
  expect(planned.state).toBe("awaiting_approval");
  expect(planned.understanding).toEqual({ kind: "act", intent: { actions: [swap("USDC", "DAI", "100")] } });
  expect(planned.preview?.planHash).toBe(planned.plan?.id);
  // Two readers, a record each.
  expect(planned.usage).toHaveLength(2);
  const answer = await door().approve(planned);
  expect(answer.statusCode).toBe(200);
  const ended = recordSchema.parse(answer.json());
  expect(ended.state).toBe("confirmed");
  expect(await balance(door(), "USDC")).toBe(before.usdc - 100_000_000n);
  const floor = BigInt(planned.preview?.balanceChanges.find(({ symbol }) => symbol === "DAI")?.min ?? "0");
  expect(floor).toBeGreaterThan(0n);
  expect((await balance(door(), "DAI")) - before.dai).toBeGreaterThanOrEqual(floor);
  for (const { txHash, status } of ended.receipts) {
    const receipt = await door().intendant.chain.client.getTransactionReceipt({ hash: txHash as Hex });
    expect(receipt.status).toBe(status);
  }
  const events = await door().intendant.intents.events(id, 0);
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["planned", "simulated", "awaiting_approval", "submitted", "confirmed"]),
  );
});

test("behavior: a typed supply realises what was simulated, to the unit", async () => {
  const planned = await door().plan([supply("USDC", "25")]);
  const ended = (await door().approve(planned)).json<IntentRecord>();
  expect(ended.state).toBe("confirmed");
  const simulated = planned.preview?.balanceChanges.find(({ symbol }) => symbol === "USDC")?.delta;
  const realised = ended.receipts.flatMap(({ changes }) => changes).filter(({ symbol }) => symbol === "USDC");
  expect(simulated).toBe("-25000000");
  expect(realised.map(({ delta }) => delta)).toEqual(["-25000000"]);
  expect(ended.receipts.flatMap(({ deviations }) => deviations)).toEqual([]);
});

test("behavior: every amount is a string of base units", async () => {
  const { preview, plan } = await door().plan([swap("USDC", "WETH", "50")]);
  expect(plan?.block).toMatch(/^\d+$/);
  for (const change of preview?.balanceChanges ?? []) expect(change.delta).toMatch(/^-?\d+$/);
  for (const call of preview?.calls ?? [])
    expect([call.value, call.gas]).toEqual([expect.stringMatching(/^\d+$/), expect.stringMatching(/^\d+$/)]);
  for (const { before, after } of preview?.approvals ?? []) expect([before, after]).toEqual(["0", "0"]);
  expect(preview?.fees.gasUsd).toMatch(/^\d+\.\d\d$/);
});

test("error: PlanHashMismatchError is 409 and nothing is sent", async () => {
  const planned = await door().plan([supply("USDC", "5")]);
  const before = await sent(door());
  const wrong = { planHash: `0x${"1".repeat(64)}`, acknowledged: [] };
  const answer = await door().post(`/v1/intents/${planned.id}/approve`, wrong, WAIT);
  expect(answer.statusCode).toBe(409);
  expect(answer.json<ProblemDetails>()).toMatchObject({ status: 409, code: "plan_hash_mismatch", retryable: false });
  expect(await sent(door())).toBe(before);
  expect((await door().get(`/v1/intents/${planned.id}`)).json<IntentRecord>().state).toBe("awaiting_approval");
});

test("behavior: approved twice at once, executed once", async () => {
  const planned = await door().plan([supply("USDC", "7")]);
  const before = await sent(door());
  const answers = await Promise.all([door().approve(planned), door().approve(planned)]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  const later = await door().approve(planned);
  expect(later.json<ProblemDetails>().code).toBe("state_conflict");
  expect((await sent(door())) - before).toBe(planned.plan?.calls);
});

test("behavior: a yes that is being carried out answers 202 submitted", async () => {
  const planned = await door().plan([supply("USDC", "3")]);
  const body = { planHash: planned.plan?.id };
  const answer = await door().post(`/v1/intents/${planned.id}/approve`, body);
  expect([answer.statusCode, answer.json<IntentRecord>().state]).toEqual([202, "submitted"]);
  expect((await door().intendant.intents.settled(planned.id, 60_000)).state).toBe("confirmed");
});

test("error: PlanOutdatedError, the record expires and nothing is sent", async () => {
  const planned = await door().plan([supply("USDC", "4")]);
  const other = await door().plan([supply("USDC", "4.5")]);
  const before = await sent(door());
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(planned.plan?.expiresAt ?? "") + 60_000 });
  const answer = await door().approve(planned);
  expect(answer.statusCode).toBe(409);
  expect(answer.json<ProblemDetails>()).toMatchObject({ code: "plan_expired", retryable: true });
  const record = (await door().get(`/v1/intents/${other.id}`)).json<IntentRecord>();
  expect([record.state, record.error?.code]).toEqual(["expired", "plan_expired"]);
  expect(await sent(door())).toBe(before);
});

test("behavior: a cancelled plan is never executed", async () => {
  const planned = await door().plan([supply("USDC", "6")]);
  const before = await sent(door());
  const cancelled = await door().post(`/v1/intents/${planned.id}/cancel`);
  expect([cancelled.statusCode, cancelled.json<IntentRecord>().state]).toEqual([200, "cancelled"]);
  expect((await door().approve(planned)).json<ProblemDetails>().code).toBe("state_conflict");
  expect((await door().post(`/v1/intents/${planned.id}/cancel`)).statusCode).toBe(409);
  expect(await sent(door())).toBe(before);
});

test("behavior: a missing amount is asked for, and the reply goes on in the same thread", async () => {
  const asked = await door().submit({ text: "lend usdc on aave", constraints: { maxSlippageBps: "10" } });
  expect(asked.state).toBe("clarifying");
  expect(asked.question?.missing).toEqual(["amount"]);
  const reply = await door().post(`/v1/intents/${asked.id}/answers`, { text: "40 usdc" }, WAIT);
  const record = reply.json<IntentRecord>();
  expect(record.thread).toBe(asked.thread);
  expect(record.id).not.toBe(asked.id);
  expect(record.constraints).toEqual({ maxSlippageBps: "10" });
  expect(record.messages?.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
  expect(record.state).not.toBe("failed");
  expect((await door().post(`/v1/intents/${record.id}/answers`, { text: "x" })).statusCode).toBe(
    record.state === "clarifying" ? 202 : 409,
  );
});

test("behavior: a wallet secret is refused before the model sees it", async () => {
  const text = `my private key is 0x${"ab".repeat(32)}, please swap everything`;
  const record = await door().submit({ text });
  expect(record.state).toBe("refused");
  expect(record.usage).toEqual([]);
  expect(record.plan).toBeUndefined();
});

test("behavior: a question is answered with facts and their block", async () => {
  const record = await door().submit({ text: "what is my usdc balance" });
  expect(record.state).toBe("answered");
  expect(record.answer?.facts.join()).toContain("USDC");
  expect(record.answer?.block).toMatch(/^\d+$/);
});

test("behavior: a plan above the spend cap is blocked, whatever the caller acknowledges", async () => {
  const blocked = await door().plan([swap("ETH", "USDC", "20")]);
  expect(blocked.state).toBe("blocked");
  expect(blocked.verdict?.decision).toBe("deny");
  expect(blocked.preview?.findings.map(({ code }) => code).join()).toContain("spend-caps");
  const before = await sent(door());
  const answer = await door().approve(blocked);
  expect([answer.statusCode, answer.json<ProblemDetails>().code]).toEqual([409, "state_conflict"]);
  expect((await door().get(`/v1/intents/${blocked.id}/calls`)).statusCode).toBe(409);
  expect(await sent(door())).toBe(before);
});

test.each([
  ["insufficient_funds", [supply("USDC", "90000000")]],
  ["unknown_token", [swap("USDC", "NOPE", "1")]],
  ["unsupported_action", [{ type: "bridge", asset: "USDC", amount: { unit: "all" }, toChain: "base" }]],
  ["amount_precision", [supply("USDC", "1.0000001")]],
] as const)("error: %s stands in the record, with what to change", async (code, actions) => {
  const record = await door().plan([...actions]);
  expect([record.state, record.error?.code]).toEqual(["failed", code]);
  expect(record.error?.message.length).toBeGreaterThan(20);
  expect(record.preview).toBeUndefined();
});

test("behavior: a recipient that only a program named is its own word; a named account needs its own key", async () => {
  const to = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  const send = { type: "transfer", asset: "USDC", amount: { unit: "token", value: "1" }, to } as const;
  expect((await door().plan([send])).state).toBe("awaiting_approval");
  const foreign = await door().plan([supply("USDC", "0.1")], { account: to });
  if (foreign.state === "awaiting_approval") {
    const answer = await door().approve(foreign);
    expect([answer.statusCode, answer.json<ProblemDetails>().code]).toEqual([409, "wallet_signs"]);
  } else expect(foreign.error?.code).toBe("insufficient_funds");
});

test("behavior: records are listed newest first, by state, a page at a time", async () => {
  const page = (await door().get("/v1/intents?limit=2")).json<{ intents: IntentRecord[]; cursor: string }>();
  expect(page.intents).toHaveLength(2);
  const next = (await door().get(`/v1/intents?limit=2&cursor=${page.cursor}`)).json<{ intents: IntentRecord[] }>();
  expect(next.intents.map(({ id }) => id)).not.toContain(page.intents[1]?.id);
  const confirmed = (await door().get("/v1/intents?state=confirmed")).json<{ intents: IntentRecord[] }>();
  expect(confirmed.intents.length).toBeGreaterThan(0);
  expect(new Set(confirmed.intents.map(({ state }) => state))).toEqual(new Set(["confirmed"]));
});
