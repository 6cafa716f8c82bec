import { AaveV3Arbitrum, AaveV3Base, AaveV3Ethereum, AaveV3Optimism, AaveV3Polygon } from "@aave-dao/aave-address-book";
import type { Address } from "viem";

/** One token that we vouch for: it owns its symbol on its chain whatever other lists say. */
export type CuratedToken = readonly [symbol: string, name: string, address: Address, decimals: number];

const eth = AaveV3Ethereum.ASSETS;
const base = AaveV3Base.ASSETS;
const arb = AaveV3Arbitrum.ASSETS;
const op = AaveV3Optimism.ASSETS;
const pol = AaveV3Polygon.ASSETS;

const token = (
  symbol: string,
  name: string,
  asset: { readonly UNDERLYING: Address; readonly decimals: number },
): CuratedToken => [symbol, name, asset.UNDERLYING, asset.decimals];

/** Canonical tokens per public chain, addresses from the Aave address book's reserves. First entry is the wrapped coin. */
export const CURATED_TOKENS: Readonly<Record<number, readonly CuratedToken[]>> = {
  1: [
    token("WETH", "Wrapped Ether", eth.WETH),
    token("USDC", "USD Coin", eth.USDC),
    token("USDT", "Tether USD", eth.USDT),
    token("DAI", "Dai Stablecoin", eth.DAI),
    token("USDS", "USDS Stablecoin", eth.USDS),
    token("GHO", "Gho Token", eth.GHO),
    token("LUSD", "Liquity USD", eth.LUSD),
    token("PYUSD", "PayPal USD", eth.PYUSD),
    token("RLUSD", "Ripple USD", eth.RLUSD),
    token("crvUSD", "Curve.Fi USD Stablecoin", eth.crvUSD),
    token("USDe", "Ethena USDe", eth.USDe),
    token("sUSDe", "Staked USDe", eth.sUSDe),
    token("sDAI", "Savings Dai", eth.sDAI),
    ["sUSDS", "Savings USDS", "0xa3931d71877C0E7a3148CB7Eb4463524FEc27fbD", 18],
    token("WBTC", "Wrapped BTC", eth.WBTC),
    token("cbBTC", "Coinbase Wrapped BTC", eth.cbBTC),
    token("tBTC", "tBTC v2", eth.tBTC),
    token("wstETH", "Wrapped liquid staked Ether 2.0", eth.wstETH),
    ["stETH", "Liquid staked Ether 2.0", "0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84", 18],
    token("rETH", "Rocket Pool ETH", eth.rETH),
    token("weETH", "Wrapped eETH", eth.weETH),
    token("cbETH", "Coinbase Wrapped Staked ETH", eth.cbETH),
    token("LINK", "ChainLink Token", eth.LINK),
    token("UNI", "Uniswap", eth.UNI),
    token("AAVE", "Aave Token", eth.AAVE),
    token("EURC", "Euro Coin", eth.EURC),
  ],
  8453: [
    token("WETH", "Wrapped Ether", base.WETH),
    token("USDC", "USD Coin", base.USDC),
    token("USDbC", "USD Base Coin (bridged)", base.USDbC),
    ["DAI", "Dai Stablecoin", "0x50c5725949A6F0c72E6C4a641F24049A917DB0Cb", 18],
    token("GHO", "Gho Token", base.GHO),
    token("cbBTC", "Coinbase Wrapped BTC", base.cbBTC),
    token("tBTC", "tBTC v2", base.tBTC),
    token("cbETH", "Coinbase Wrapped Staked ETH", base.cbETH),
    token("wstETH", "Wrapped liquid staked Ether 2.0", base.wstETH),
    token("weETH", "Wrapped eETH", base.weETH),
    token("AAVE", "Aave Token", base.AAVE),
    token("EURC", "Euro Coin", base.EURC),
  ],
  42161: [
    token("WETH", "Wrapped Ether", arb.WETH),
    token("USDC", "USD Coin", arb.USDCn),
    token("USDC.e", "Bridged USD Coin", arb.USDC),
    token("USDT", "USD₮0", arb.USDT),
    token("DAI", "Dai Stablecoin", arb.DAI),
    token("GHO", "Gho Token", arb.GHO),
    token("LUSD", "Liquity USD", arb.LUSD),
    token("FRAX", "Frax", arb.FRAX),
    token("WBTC", "Wrapped BTC", arb.WBTC),
    token("tBTC", "tBTC v2", arb.tBTC),
    token("wstETH", "Wrapped liquid staked Ether 2.0", arb.wstETH),
    token("rETH", "Rocket Pool ETH", arb.rETH),
    token("weETH", "Wrapped eETH", arb.weETH),
    token("ARB", "Arbitrum", arb.ARB),
    token("LINK", "ChainLink Token", arb.LINK),
    token("AAVE", "Aave Token", arb.AAVE),
  ],
  10: [
    token("WETH", "Wrapped Ether", op.WETH),
    token("USDC", "USD Coin", op.USDCn),
    token("USDC.e", "Bridged USD Coin", op.USDC),
    token("USDT", "Tether USD", op.USDT),
    token("DAI", "Dai Stablecoin", op.DAI),
    token("sUSD", "Synth sUSD", op.sUSD),
    token("LUSD", "Liquity USD", op.LUSD),
    token("WBTC", "Wrapped BTC", op.WBTC),
    token("wstETH", "Wrapped liquid staked Ether 2.0", op.wstETH),
    token("rETH", "Rocket Pool ETH", op.rETH),
    token("OP", "Optimism", op.OP),
    token("LINK", "ChainLink Token", op.LINK),
    token("AAVE", "Aave Token", op.AAVE),
  ],
  137: [
    token("WPOL", "Wrapped POL", pol.WPOL),
    token("WETH", "Wrapped Ether", pol.WETH),
    token("USDC", "USD Coin", pol.USDCn),
    token("USDC.e", "Bridged USD Coin (PoS)", pol.USDC),
    token("USDT", "USD₮0", pol.USDT0),
    token("DAI", "Dai Stablecoin (PoS)", pol.DAI),
    token("WBTC", "Wrapped BTC (PoS)", pol.WBTC),
    token("wstETH", "Wrapped liquid staked Ether 2.0", pol.wstETH),
    token("LINK", "ChainLink Token", pol.LINK),
    token("AAVE", "Aave (PoS)", pol.AAVE),
  ],
};

/**
 * Symbols that mean "one US dollar" for "any stablecoin". Yield-bearing dollars (sDAI, sUSDe…) are not in it:
 * their price drifts by design. Depegged or algorithmic dollars are left out on purpose.
 */
export const STABLE_SYMBOLS: ReadonlySet<string> = new Set([
  "USDC",
  "USDC.e",
  "USDbC",
  "USDT",
  "DAI",
  "USDS",
  "GHO",
  "LUSD",
  "PYUSD",
  "RLUSD",
  "crvUSD",
  "USDe",
]);

/** Spellings that people use → registered symbol. */
export const TOKEN_ALIASES: Readonly<Record<string, string>> = {
  ETHER: "ETH",
  MATIC: "POL",
  WMATIC: "WPOL",
  USDT0: "USDT",
  "USD₮0": "USDT",
  "USD₮": "USDT",
};
