import { getAddress } from "viem";
import { expect, test } from "vitest";
import { addressesFor } from "./addressesFor.ts";
import { PUBLIC_CHAIN_IDS } from "./chains.ts";
import { UnsupportedChainError } from "./errors.ts";
import { tokenRegistry } from "./tokenRegistry.ts";

/** Every 20-byte hex string inside a value, with its path. */
function addressesIn(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return /^0x[0-9a-fA-F]{40}$/.test(value) ? [[path, value]] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => addressesIn(entry, `${path}.${key}`));
}

test.each(PUBLIC_CHAIN_IDS)("default: chain %i has every protocol's addresses, checksummed", (chainId) => {
  const addresses = addressesFor(chainId);
  expect(Object.keys(addresses)).toEqual(
    expect.arrayContaining(["multicall3", "permit2", "wrappedNative", "uniswapV3", "uniswapV2", "aaveV3"]),
  );
  expect(addresses.chainId).toBe(chainId);
  const found = addressesIn(addresses);
  expect(found.length).toBeGreaterThanOrEqual(12);
  for (const [path, address] of found) expect([path, address]).toEqual([path, getAddress(address)]);
  for (const id of addresses.morpho?.markets ?? []) expect(id).toMatch(/^0x[0-9a-f]{64}$/);
});

test("default: Spark, Morpho and savings vaults stand on Ethereum, Morpho on Base", () => {
  expect(addressesFor(1)).toMatchObject({ spark: {}, morpho: {}, erc4626: {} });
  expect(addressesFor(8453).morpho?.markets.length).toBeGreaterThan(0);
});

test.each(PUBLIC_CHAIN_IDS)("default: tokens of chain %i are checksummed and the wrapped coin matches", (chainId) => {
  const tokens = tokenRegistry(chainId);
  for (const token of tokens.all) {
    expect(token.address).toBe(getAddress(token.address));
    expect(token.chainId).toBe(chainId);
    expect(Number.isInteger(token.decimals) && token.decimals >= 0 && token.decimals <= 36).toBe(true);
    expect(tokens.byAddress(token.address.toLowerCase() as `0x${string}`)).toBe(token);
  }
  expect(tokens.wrappedNative.address).toBe(addressesFor(chainId).wrappedNative);
  expect(tokens.bySymbol("usdc")).toMatchObject({ decimals: 6, stable: true });
  expect(tokens.bySymbol("DAI")).toMatchObject({ decimals: 18, stable: true });
  expect(tokens.native.symbol).toBe(chainId === 137 ? "POL" : "ETH");
});

test("behavior: the curated token owns its symbol; the other one stays reachable by address", () => {
  const arbitrum = tokenRegistry(42161);
  expect(arbitrum.bySymbol("USDC")?.address).toBe("0xaf88d065e77c8cC2239327C5EDb3A432268e5831");
  expect(arbitrum.bySymbol("USDC.e")?.address).toBe("0xFF970A61A04b1cA14834A43f5dE4533eBDDB5CC8");
  expect(arbitrum.bySymbol("FRAX")?.address).toBe("0x17FC002b466eEc40DaE837Fc4bE5c67993ddBd6F");
  expect(arbitrum.byAddress("0x7468a5d8E02245B00E8C0217fCE021C70Bc51305")?.symbol).toBe("FRAX");
  expect(tokenRegistry(137).bySymbol("matic")?.symbol).toBe("POL");
  expect(arbitrum.bySymbol("NOSUCHTOKEN")).toBeUndefined();
});

test("error: UnsupportedChainError", () => {
  expect(() => addressesFor(5)).toThrow(UnsupportedChainError);
  expect(() => tokenRegistry(5)).toThrow(UnsupportedChainError);
});
