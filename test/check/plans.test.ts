import type { Address } from "viem";
import { beforeEach, expect, test } from "vitest";
import { oraclePrices } from "../../src/chain/prices.ts";
import type { CheckDeps } from "../../src/check/types.ts";
import { composeScanner } from "../../src/compose/scanner.ts";
import { planOn } from "../planner/planOn.ts";
import { withDevnet } from "../setup/devnet.ts";
import { checkOn, told } from "./checkOn.ts";

const chain = withDevnet();
const FRIEND: Address = "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955";
const amount = (value: string) => ({ unit: "token", value });
const swap = (sell: string, buy: string, value: string, side = "sell") => ({
  type: "swap",
  sell,
  buy,
  amount: amount(value),
  side,
});
const lend = (type: string, asset: string, value: string, protocol: string) => ({
  type,
  asset,
  amount: amount(value),
  protocol,
});

let deps: CheckDeps;
beforeEach(() => {
  deps = {
    reader: () => chain().reader(),
    protocols: chain().protocols,
    prices: oraclePrices,
    scanner: composeScanner(),
    nowSeconds: () => BigInt(Math.floor(Date.now() / 1_000)),
  };
});

/** Everyday plans, as a wallet would be asked to send them: whatever is said against one is a false alarm. */
test.each<[string, readonly object[]]>([
  ["a swap", [swap("USDC", "DAI", "1000")]],
  ["a swap of the coin", [swap("ETH", "USDC", "1")]],
  ["a swap for the coin", [swap("USDC", "ETH", "500")]],
  ["an exact output", [swap("USDC", "WETH", "0.5", "buy")]],
  ["a large swap over several pools", [swap("ETH", "USDC", "60")]],
  ["a token with odd approvals", [swap("USDT", "ETH", "300")]],
  ["a wrap", [swap("ETH", "WETH", "1")]],
  ["a payment", [{ type: "transfer", asset: "USDC", amount: amount("20"), to: FRIEND }]],
  ["a deposit on Aave", [lend("supply", "USDC", "100", "aave-v3")]],
  ["a deposit on Spark", [lend("supply", "DAI", "100", "spark")]],
  ["a deposit on Morpho", [lend("supply", "USDC", "100", "morpho")]],
  ["a deposit in a vault", [lend("supply", "DAI", "100", "erc4626")]],
  ["a deposit and a loan", [lend("supply", "WETH", "2", "aave-v3"), lend("borrow", "USDC", "500", "aave-v3")]],
  [
    "a swap and a payment of it",
    [swap("ETH", "USDC", "1"), { type: "transfer", asset: "USDC", amount: { unit: "previous" }, to: FRIEND }],
  ],
  [
    "the best yield",
    [{ type: "earn", source: "ETH", asset: "any:stablecoin", amount: { unit: "usd", value: "1000" } }],
  ],
])("default: %s is allowed", async (_, actions) => {
  const { calls } = await planOn(chain(), { actions }, { options: { lateBinding: false } });
  const body = {
    account: chain().owner.address,
    calls: calls.map(({ to, data, value }) => ({ to, data, value: value.toString() })),
  };
  const result = await checkOn(deps, body);
  expect([told(result), result.unchecked]).toEqual(["allow", []]);
});

test("default: a loan paid back, a position closed, by an account that has them", async () => {
  const account = chain().borrower;
  const actions = [lend("repay", "USDC", "100", "aave-v3"), lend("withdraw", "WETH", "0.1", "aave-v3")];
  const { calls } = await planOn(chain(), { actions }, { account, options: { lateBinding: false } });
  const body = {
    account: account.address,
    calls: calls.map(({ to, data, value }) => ({ to, data, value: value.toString() })),
  };
  expect(told(await checkOn(deps, body))).toBe("allow");
});
