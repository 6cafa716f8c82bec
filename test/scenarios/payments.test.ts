import { parseEther, parseUnits } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { poolOut } from "../../policies/lib/sandwich.ts";
import { composeHistory } from "../../src/compose/history.ts";
import { composeStorage, type StorageParts } from "../../src/compose/storage.ts";
import { readConfig } from "../../src/config.ts";
import { NATIVE_ADDRESS } from "../../src/domain/token.ts";
import type { FindRoute } from "../../src/planner/types.ts";
import { benchOn } from "../executor/bench.ts";
import { directRoute } from "../planner/directRoute.ts";
import { withDevnet } from "../setup/devnet.ts";
import { judgeOn } from "../simulator/judgeOn.ts";

/** The evidence behind the guards on recipients and sizes: what was really paid, and how deep the pools really are. */
const chainOf = withDevnet();
let storage: StorageParts;
beforeAll(async () => {
  storage = await composeStorage(readConfig({ DATABASE_URL: "pglite:memory" }, {}));
});
afterAll(() => storage?.close());

const FRIEND = "0x1111111111111111111111111111111111111111";
const pay = (asset: string, value: string) => [
  { type: "transfer", asset, amount: { unit: "token", value }, to: FRIEND },
];

test("default: what was paid is in the history once, the native coin from our own receipts", async () => {
  const chain = chainOf();
  const bench = benchOn(chain, storage);
  await bench.run(await bench.prepare(pay("ETH", "0.25")));
  await bench.run(await bench.prepare(pay("USDC", "12")));
  const history = composeHistory({ chain, storage });
  const { payments, complete } = await history(await chain.reader(), chain.owner.address);
  const friends = payments.filter(({ to }) => to === FRIEND).map(({ asset, amount }) => ({ asset, amount }));
  expect(complete).toBe(true);
  expect(friends).toContainEqual({ asset: NATIVE_ADDRESS, amount: parseEther("0.25") });
  expect(friends.filter(({ asset }) => asset === chain.token("USDC").address)).toEqual([
    { asset: chain.token("USDC").address, amount: parseUnits("12", 6) },
  ]);
  expect(friends).toHaveLength(2);
  const other = await history(await chain.reader(), chain.borrower.address);
  expect(other.payments.filter(({ to }) => to === FRIEND)).toEqual([]);
});

test.each([
  ["uniswap-v2", "1000", 0n],
  ["uniswap-v3", "1000", 1n],
])("behavior: the depth read of a %s pool gives what the pool itself quotes", async (protocol, value, slackBps) => {
  const route: FindRoute = (wish) =>
    directRoute({ ...wish, protocols: wish.protocols.filter(({ id }) => id === protocol) });
  const swap = [{ type: "swap", sell: "USDC", buy: "WETH", amount: { unit: "token", value }, side: "sell" }];
  const { evidence, plan } = await judgeOn(chainOf(), swap, { route });
  const path = evidence.depths[0] ?? expect.fail("no depth was read");
  const [pool] = path.pools;
  const quoted = plan.quotes[0]?.gets[0]?.amount ?? 0n;
  const out = pool === undefined ? 0n : poolOut(path.amountIn, pool.reserveIn, pool.reserveOut, pool.feePips);
  const apart = out > quoted ? out - quoted : quoted - out;
  expect(quoted).toBeGreaterThan(0n);
  expect(apart * 10_000n).toBeLessThanOrEqual(quoted * slackBps);
});
