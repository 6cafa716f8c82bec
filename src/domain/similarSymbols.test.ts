import { expect, test } from "vitest";
import { similarSymbols } from "./similarSymbols.ts";
import { NATIVE_ADDRESS, type Token } from "./token.ts";

const listed = ["USDC", "USDT", "DAI", "WETH", "stETH", "PEPE"].map(
  (symbol): Token => ({ chainId: 1, address: NATIVE_ADDRESS, symbol, name: symbol, decimals: 18, stable: false }),
);

test.each([
  ["U\u0405DC", ["USDC"]],
  ["USDC\u200b", ["USDC"]],
  ["DA1", ["DAI"]],
  ["WET\u041d", ["WETH"]],
  ["PEPE2", ["PEPE"]],
  ["USDX", ["USDC", "USDT"]],
  ["stEHT", []],
  ["LINK", []],
  ["DAO", []],
  ["", []],
])("default: %j resembles %j", (text, expected) => {
  expect(similarSymbols(text, listed)).toEqual(expected);
});
