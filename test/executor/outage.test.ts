import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { RpcUnavailableError } from "../../src/chain/errors.ts";
import { composeStorage, type StorageParts } from "../../src/compose/storage.ts";
import { readConfig } from "../../src/config.ts";
import { ExecutionPendingError } from "../../src/executor/errors.ts";
import { reconcile } from "../../src/executor/reconcile.ts";
import { withDevnet } from "../setup/devnet.ts";
import { type Bench, benchOn } from "./bench.ts";
import { type RpcProxy, startRpcProxy } from "./rpcProxy.ts";

const chainOf = withDevnet();
let storage: StorageParts;
let proxy: RpcProxy;
let bench: Bench;

beforeAll(async () => {
  storage = await composeStorage(readConfig({ DATABASE_URL: "pglite:memory" }, {}));
});
afterAll(() => storage.close());
beforeEach(async () => {
  proxy = await startRpcProxy(chainOf().devnet.rpcUrl);
  bench = benchOn(chainOf(), storage, { rpcUrl: proxy.url, timeoutMs: 1_500 });
});
afterEach(() => proxy.close());

const transfer = (value: string) => [
  { type: "transfer", asset: "USDC", amount: { unit: "token", value }, to: chainOf().borrower.address },
];
const sent = () => chainOf().client.getTransactionCount({ address: chainOf().owner.address });
/** The node takes the transaction; its answer, and every later one, is lost. */
const loseAnswers = () => proxy.silence(["eth_sendRawTransaction", "eth_getTransactionByHash"], { forward: true });

describe("an endpoint that stops answering", () => {
  it("error: RpcUnavailableError before anything is journaled; nothing is sent", async () => {
    const prepared = await bench.prepare(transfer("11"));
    const count = await sent();
    proxy.silence(["*"]);
    await expect(bench.run(prepared)).rejects.toThrow(RpcUnavailableError);
    expect([await sent(), storage.journal.of(prepared.plan.id)]).toEqual([count, []]);
  });

  it("behavior: at the estimate: failed, and the reason is the endpoint, not the call", async () => {
    const prepared = await bench.prepare(transfer("12"));
    const count = await sent();
    proxy.silence(["eth_estimateGas"]);
    const outcome = await bench.run(prepared);
    expect([outcome.state, await sent()]).toEqual(["failed", count]);
    expect(outcome.reason).toMatch(/RPC endpoint/);
    expect(outcome.reason).not.toMatch(/would fail on chain/);
  });

  it("error: ExecutionPendingError after the broadcast; reconcile finishes it, nothing is sent twice", async () => {
    const prepared = await bench.prepare(transfer("13"));
    const count = await sent();
    loseAnswers();
    await expect(bench.run(prepared)).rejects.toThrow(ExecutionPendingError);
    expect(storage.journal.open()).toEqual([prepared.plan.id]);
    expect(await reconcile(bench.executor)).toEqual([]);
    proxy.silence([]);
    const [settled] = await reconcile(bench.executor);
    expect([settled?.outcome.state, (await sent()) - count]).toEqual(["confirmed", 1]);
    expect(await storage.executions.state(prepared.plan.id)).toBe("confirmed");
  });

  it("behavior: executing a pending plan again takes it up instead of sending it anew", async () => {
    const prepared = await bench.prepare(transfer("14"));
    const count = await sent();
    loseAnswers();
    await expect(bench.run(prepared)).rejects.toThrow(ExecutionPendingError);
    proxy.silence([]);
    const outcome = await bench.run(prepared);
    expect([outcome.state, (await sent()) - count]).toEqual(["confirmed", 1]);
  });
});

describe("a record that cannot be written", () => {
  it("error: ExecutionPendingError when the database fails after the call was mined; it never counts as not sent", async () => {
    const prepared = await bench.prepare(transfer("15"));
    const count = await sent();
    const executions = {
      ...storage.executions,
      addReceipt: async () => {
        throw new Error("disk full");
      },
    };
    await expect(bench.run(prepared, { executions })).rejects.toThrow(ExecutionPendingError);
    const [settled] = await reconcile(bench.executor);
    expect([settled?.outcome.state, (await sent()) - count]).toEqual(["confirmed", 1]);
    expect(await storage.executions.receipts(prepared.plan.id)).toHaveLength(1);
  });

  it("behavior: an end that the database missed is written by the next reconciliation", async () => {
    const prepared = await bench.prepare(transfer("16"));
    const executions = {
      ...storage.executions,
      end: async () => {
        throw new Error("disk full");
      },
    };
    const outcome = await bench.run(prepared, { executions });
    expect([outcome.state, await storage.executions.state(prepared.plan.id)]).toEqual(["confirmed", "sending"]);
    await reconcile(bench.executor);
    expect(await storage.executions.state(prepared.plan.id)).toBe("confirmed");
  });

  it("behavior: a journaled step that the node never got is dropped once its plan expired: failed, its nonce is free", async () => {
    const prepared = await bench.prepare(transfer("17"));
    const count = await sent();
    proxy.silence(["eth_sendRawTransaction"]);
    await expect(bench.run(prepared)).rejects.toThrow(ExecutionPendingError);
    proxy.silence([]);
    const late = { ...bench.executor, now: () => prepared.plan.expiresAtSeconds + 1n };
    const [settled] = await reconcile(late);
    expect([settled?.outcome.state, await sent()]).toEqual(["failed", count]);
    expect((await bench.run(await bench.prepare(transfer("18")))).state).toBe("confirmed");
  });
});
