import { expect, test } from "vitest";
import { IntendantError } from "../../src/domain/error.ts";
import { withDevnet } from "../setup/devnet.ts";
import { planOn } from "./planOn.ts";

const chain = withDevnet();
const token = (value: string) => ({ unit: "token", value });
const impossible = "1".repeat(60);

/** Sizes at both ends must give a plan or a named refusal, never a stray failure. */
test.each([
  ["one unit swapped", { type: "swap", sell: "USDC", buy: "WETH", amount: token("0.000001"), side: "sell" }],
  ["one unit bought", { type: "swap", sell: "USDC", buy: "WETH", amount: token("0.000000000000000001"), side: "buy" }],
  ["one unit supplied", { type: "supply", asset: "USDC", amount: token("0.000001") }],
  ["one unit earning", { type: "earn", source: "USDC", asset: "any:stablecoin", amount: token("0.000001") }],
  ["a cent earning", { type: "earn", source: "ETH", asset: "any:stablecoin", amount: { unit: "usd", value: "0.01" } }],
  [
    "less than a unit",
    { type: "swap", sell: "WBTC", buy: "ETH", amount: { unit: "usd", value: "0.0001" }, side: "sell" },
  ],
  ["more than there is to sell", { type: "swap", sell: "ETH", buy: "USDC", amount: token(impossible), side: "sell" }],
  ["more than there is to buy", { type: "swap", sell: "ETH", buy: "USDC", amount: token(impossible), side: "buy" }],
  [
    "more than there is to earn with",
    { type: "earn", source: "ETH", asset: "any:stablecoin", amount: token(impossible) },
  ],
  ["a class where a token belongs", { type: "supply", asset: "any:stablecoin", amount: token("1") }],
  ["an unknown class", { type: "earn", source: "ETH", asset: "any:meme", amount: token("1") }],
  [
    "an address without a token",
    { type: "supply", asset: "0x000000000000000000000000000000000000dEaD", amount: token("1") },
  ],
])("behavior: %s gives a plan or a named refusal", async (_, action) => {
  const outcome = await planOn(chain(), { actions: [action] }).then(
    (plan) => plan.id,
    (error: unknown) => error,
  );
  expect(typeof outcome === "string" || outcome instanceof IntendantError, String(outcome)).toBe(true);
});
