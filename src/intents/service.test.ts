import { expect, test } from "vitest";
import type { IntentRecord } from "../domain/record.ts";
import type { RecordStore } from "../storage/records.ts";
import { redactSecrets } from "../understanding/redactSecrets.ts";
import { IntentStateError, WalletSignsError } from "./errors.ts";
import { createIntentService, type Run } from "./service.ts";

const ACCOUNT = "0x1000000000000000000000000000000000000001";
const waiting: IntentRecord = {
  id: "one",
  state: "awaiting_approval",
  account: ACCOUNT,
  chainId: 31337,
  mode: "plan",
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
  plan: { id: "0xaa", expiresAt: "2100-01-01T00:00:00Z", block: "1", calls: 1 },
  receipts: [],
  usage: [],
};

/** A store whose writes take longer than its reads, as a database under load. */
function slowStore(created: IntentRecord[]): RecordStore {
  let held = waiting;
  return {
    create: async (record) => void created.push(record),
    get: async () => held,
    list: async () => ({ records: [held] }),
    events: async () => [],
    update: async (record, { type, data }) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      held = record;
      return { seq: 1, at: record.updatedAt, type, data };
    },
  } as RecordStore;
}

function setUp() {
  const runs: Run[] = [];
  const created: IntentRecord[] = [];
  const service = createIntentService({
    records: slowStore(created),
    chainId: 31337,
    redact: redactSecrets,
    run: async function* (_, run) {
      runs.push(run);
      yield {};
    },
    preview: () => Promise.reject(new IntentStateError("previewed", "test")),
    usageOf: async () => [],
    canSign: () => true,
    now: () => new Date("2026-01-01T00:00:00Z"),
  });
  return { service, runs, created };
}
const yes = { planHash: "0xaa", acknowledged: [] };

test("behavior: a yes that arrives while a cancellation is being written does not execute", async () => {
  const { service, runs } = setUp();
  const cancelling = service.cancel("one");
  await expect(service.approve("one", yes)).rejects.toThrow(IntentStateError);
  expect((await cancelling).state).toBe("cancelled");
  await service.stop();
  expect(runs).toEqual([]);
});

test("behavior: a yes that arrives while the calls go to a wallet does not execute", async () => {
  const { service, runs } = setUp();
  const handing = service.handToWallet("one");
  await expect(service.approve("one", yes)).rejects.toThrow(IntentStateError);
  await handing;
  await service.stop();
  expect(runs).toEqual([]);
});

test("behavior: of two yeses at the same time one executes", async () => {
  const { service, runs } = setUp();
  const answers = await Promise.allSettled([service.approve("one", yes), service.approve("one", yes)]);
  await service.stop();
  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(runs).toHaveLength(1);
});

test("error: WalletSignsError, a plan whose calls a wallet was given is not executed here as well", async () => {
  const { service, runs } = setUp();
  expect((await service.handToWallet("one")).state).toBe("handed_to_wallet");
  await expect(service.approve("one", yes)).rejects.toThrow(WalletSignsError);
  await service.stop();
  expect(runs).toEqual([]);
});

test("behavior: a private key reaches neither the record nor the graph, whose state is stored too", async () => {
  const { service, runs, created } = setUp();
  const key = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
  const content = `my private key is 0x${key}, swap everything`;
  const record = await service.submit({ messages: [{ role: "user", content }], account: ACCOUNT, mode: "plan" });
  await service.stop();
  expect(JSON.stringify([record, created, runs])).not.toContain(key);
  expect(created[0]?.text).toContain("swap everything");
});
