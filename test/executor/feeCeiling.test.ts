import { afterAll, beforeAll, expect, it } from "vitest";
import { composeStorage, type StorageParts } from "../../src/compose/storage.ts";
import { readConfig } from "../../src/config.ts";
import type { ExecutorDeps } from "../../src/executor/execute.ts";
import { withDevnet } from "../setup/devnet.ts";
import { benchOn } from "./bench.ts";

const chainOf = withDevnet();
let storage: StorageParts;
beforeAll(async () => {
  storage = await composeStorage(readConfig({ DATABASE_URL: "pglite:memory" }, {}));
});
afterAll(() => storage.close());

/** The node, but for the fee that it claims is needed. */
function greedy(client: ExecutorDeps["client"], maxFeePerGas: bigint): ExecutorDeps["client"] {
  const claim = async () => ({ maxFeePerGas, maxPriorityFeePerGas: maxFeePerGas });
  return new Proxy(client, { get: (target, key) => (key === "estimateFeesPerGas" ? claim : Reflect.get(target, key)) });
}

it("error: FeeTooHighError, a node that asks for a thousand times the fee shown gets nothing", async () => {
  const { run, prepare, executor } = benchOn(chainOf(), storage);
  const owner = chainOf().owner.address;
  const send = (value: string) =>
    prepare([{ type: "transfer", asset: "USDC", amount: { unit: "token", value }, to: chainOf().borrower.address }]);
  const count = await chainOf().client.getTransactionCount({ address: owner });
  const outcome = await run(await send("1.01"), { client: greedy(executor.client, 1_000n * 10n ** 9n) });
  expect(outcome.state).toBe("failed");
  expect(outcome.reason).toContain("far more than the plan showed");
  expect(await chainOf().client.getTransactionCount({ address: owner })).toBe(count);
  expect((await run(await send("1.02"))).state).toBe("confirmed");
});
