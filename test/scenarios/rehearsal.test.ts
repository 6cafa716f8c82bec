import { afterAll, beforeAll, expect, test } from "vitest";
import { transferCall } from "../../src/chain/erc20.ts";
import { composeStorage, type StorageParts } from "../../src/compose/storage.ts";
import { readConfig } from "../../src/config.ts";
import { advanceTime, setPrice } from "../../src/devnet/index.ts";
import { PlanStaleError } from "../../src/executor/errors.ts";
import { benchOn } from "../executor/bench.ts";
import { withDevnet } from "../setup/devnet.ts";

/** The look right before the sending: interest and other people's blocks stop nothing, a price that fell does. */
const chainOf = withDevnet();
let storage: StorageParts;
beforeAll(async () => {
  storage = await composeStorage(readConfig({ DATABASE_URL: "pglite:memory" }, {}));
});
afterAll(() => storage?.close());

const token = (value: string) => ({ unit: "token", value });
const all = { unit: "all" };
const supply = { type: "supply", asset: "USDC", amount: token("700"), protocol: "aave-v3" };
const previous = { unit: "previous" };

test.each<[string, readonly object[], readonly object[], number]>([
  ["withdraw all", [supply], [{ type: "withdraw", asset: "USDC", amount: all, protocol: "aave-v3" }], 0],
  ["move all", [supply], [{ type: "move", asset: "USDC", amount: all, from: "aave-v3", to: "spark" }], 0],
  [
    "swap, then supply what came out",
    [],
    [
      { type: "swap", sell: "DAI", buy: "USDC", amount: token("300"), side: "sell" },
      { type: "supply", asset: "USDC", amount: previous, protocol: "spark" },
    ],
    0,
  ],
  ["repay all", [], [{ type: "repay", asset: "USDC", amount: all, protocol: "aave-v3" }], 1],
])("behavior: a minute later, with interest: %s goes through", async (_, before, actions, accountIndex) => {
  const bench = benchOn(chainOf(), storage, { accountIndex });
  const { owner, borrower, send, token: listed, client } = chainOf();
  if (accountIndex === 1) await send(transferCall(listed("USDC").address, borrower.address, 100_000_000n), owner);
  if (before.length > 0) await bench.run(await bench.prepare(before));
  const prepared = await bench.prepare(actions);
  await advanceTime(client, 60);
  expect((await bench.run(prepared)).state).toBe("confirmed");
});

test("error: PlanStaleError: the price of the collateral fell since, and the loan would be too large", async () => {
  const { client, devnet } = chainOf();
  const bench = benchOn(chainOf(), storage, { accountIndex: 1 });
  const prepared = await bench.prepare([{ type: "borrow", asset: "DAI", amount: token("100"), protocol: "aave-v3" }]);
  await setPrice(client, devnet.deployment, "ETH", "1050");
  const told = await bench.run(prepared).catch((error: unknown) => error);
  expect([told]).toEqual([expect.any(PlanStaleError)]);
  expect((told as PlanStaleError).facts.join()).toMatch(/health factor/);
});
