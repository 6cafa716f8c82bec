import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { IntentRecord } from "../../src/domain/record.ts";
import { createExecutionStore, DailyCapError } from "../../src/storage/executions.ts";
import {
  createIdempotencyStore,
  IdempotencyInFlightError,
  IdempotencyKeyReusedError,
} from "../../src/storage/idempotency.ts";
import { migrate } from "../../src/storage/migrate.ts";
import { createRecordStore } from "../../src/storage/records.ts";
import { createUsageStore } from "../../src/storage/usage.ts";
import { absent, databases, withDatabase } from "./databases.ts";
import { samplePlan, sampleReceipt, sampleSimulation } from "./samples.ts";

const day = "2026-11-23";

for (const { name, url } of databases) {
  describe.skipIf(url === undefined)(`stores on ${name}${url === undefined ? ` (${absent})` : ""}`, () => {
    const database = withDatabase(url ?? "");

    test("behavior: migrating twice applies nothing the second time", async () => {
      expect(await migrate(database().pool)).toEqual([]);
    });

    test("default: a record is created, updated with its event, read and listed", async () => {
      const records = createRecordStore(database().pool);
      const record = sampleRecord();
      await records.create(record);
      const event = await records.update(
        { ...record, state: "planned" },
        { type: "planned", data: { state: "planned" } },
      );
      expect(event.seq).toBe(1);
      expect((await records.update({ ...record, state: "simulated" }, { type: "simulated", data: {} })).seq).toBe(2);
      expect((await records.get(record.id))?.state).toBe("simulated");
      expect((await records.events(record.id, 1)).map((entry) => entry.type)).toEqual(["simulated"]);
      expect((await records.list({ state: "simulated", limit: 10 })).records.map((entry) => entry.id)).toContain(
        record.id,
      );
    });

    test("behavior: pages follow each other without gaps or repeats", async () => {
      const records = createRecordStore(database().pool);
      const thread = randomUUID();
      const at = (second: number) => `2026-11-23T10:00:0${second}.000Z`;
      const made = [1, 2, 3].map((second) => ({ ...sampleRecord(), thread, createdAt: at(second) }));
      for (const record of made) await records.create(record);
      const first = await records.list({ thread, limit: 2 });
      const second = await records.list({
        thread,
        limit: 2,
        ...(first.cursor === undefined ? {} : { cursor: first.cursor }),
      });
      const ids = [...first.records, ...second.records].map((entry) => entry.id);
      expect(ids).toEqual(made.map((entry) => entry.id).reverse());
      expect(second.cursor).toBeUndefined();
    });

    test("behavior: the records of one account, however it is spelt", async () => {
      const records = createRecordStore(database().pool);
      const account = `0x${randomUUID().replaceAll("-", "").padEnd(40, "A")}` as const;
      const [mine, other] = [{ ...sampleRecord(), account }, sampleRecord()];
      await records.create(mine);
      await records.create(other);
      for (const spelt of [account, account.toLowerCase()])
        expect((await records.list({ account: spelt, limit: 10 })).records.map(({ id }) => id)).toEqual([mine.id]);
    });

    test("default: an execution begins once, keeps receipts, and its spend counts", async () => {
      const executions = createExecutionStore(database().pool);
      const plan = samplePlan(randomUUID());
      const request = {
        plan,
        simulation: sampleSimulation(plan),
        reservation: { usdE8: 100n, capPerDayUsdE8: 1_000n, dayIso: day },
      };
      expect(await executions.begin(request)).toBe("created");
      expect(await executions.begin(request)).toBe("exists");
      expect(await executions.open()).toContain(plan.id);
      const receipt = sampleReceipt(plan);
      await executions.addReceipt(receipt);
      await executions.addReceipt(receipt);
      expect(await executions.receipts(plan.id)).toEqual([receipt]);
      await executions.end({ planId: plan.id, state: "confirmed", receipts: [receipt] });
      expect(await executions.state(plan.id)).toBe("confirmed");
      expect(await executions.spentUsdE8(plan.account, plan.chainId, day)).toBeGreaterThanOrEqual(100n);
    });

    test("behavior: a plan that moved nothing gives its reservation back", async () => {
      const executions = createExecutionStore(database().pool);
      const plan = samplePlan(randomUUID(), "0x00000000000000000000000000000000000000b1");
      await executions.begin({
        plan,
        simulation: sampleSimulation(plan),
        reservation: { usdE8: 900n, capPerDayUsdE8: 1_000n, dayIso: day },
      });
      expect(await executions.spentUsdE8(plan.account, plan.chainId, day)).toBe(900n);
      await executions.end({ planId: plan.id, state: "failed", receipts: [] });
      expect(await executions.spentUsdE8(plan.account, plan.chainId, day)).toBe(0n);
    });

    test("error: DailyCapError, also when two plans are reserved at the same time", async () => {
      const executions = createExecutionStore(database().pool);
      const owner = "0x00000000000000000000000000000000000000b2";
      const begin = () => {
        const plan = samplePlan(randomUUID(), owner);
        return executions.begin({
          plan,
          simulation: sampleSimulation(plan),
          reservation: { usdE8: 600n, capPerDayUsdE8: 1_000n, dayIso: day },
        });
      };
      const results = await Promise.allSettled([begin(), begin(), begin()]);
      expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
      for (const result of results)
        if (result.status === "rejected") expect(result.reason).toBeInstanceOf(DailyCapError);
      expect(await executions.spentUsdE8(owner, 31_337, day)).toBe(600n);
    });

    test("default: usage is listed newest first, and by intent", async () => {
      const usage = createUsageStore(database().pool);
      const intentId = randomUUID();
      for (const at of ["2026-11-23T10:00:00.000Z", "2026-11-23T11:00:00.000Z"])
        await usage.add(usageRecord(at, intentId));
      const listed = await usage.list({ limit: 10, intentId });
      expect(listed.map((record) => record.at)).toEqual(["2026-11-23T11:00:00.000Z", "2026-11-23T10:00:00.000Z"]);
      expect(await usage.list({ limit: 10, intentId, before: "2026-11-23T11:00:00.000Z" })).toHaveLength(1);
    });

    test("default: an idempotency key answers as before; other body and unfinished work are errors", async () => {
      const store = createIdempotencyStore(database().pool);
      const key = { key: randomUUID(), route: "/v1/intents", body: { text: "a" } };
      expect(await store.claim(key)).toBe("new");
      await expect(store.claim(key)).rejects.toBeInstanceOf(IdempotencyInFlightError);
      await store.finish(key, { status: 202, response: { id: "1" } });
      expect(await store.claim(key)).toEqual({ status: 202, response: { id: "1" } });
      await expect(store.claim({ ...key, body: { text: "b" } })).rejects.toBeInstanceOf(IdempotencyKeyReusedError);
    });
  });
}

function sampleRecord(): IntentRecord {
  const at = new Date().toISOString();
  return {
    id: randomUUID(),
    state: "received",
    account: "0x00000000000000000000000000000000000000aa",
    chainId: 31_337,
    mode: "plan",
    createdAt: at,
    updatedAt: at,
    receipts: [],
    usage: [],
  };
}

function usageRecord(at: string, intentId: string) {
  return {
    id: randomUUID(),
    at,
    intentId,
    modelSha256: "00",
    modelName: "nano",
    promptTokens: 1,
    completionTokens: 2,
    milliseconds: 3,
    device: "cpu",
    gpuLayers: 0,
  };
}
