/** How much of a token people usually name. */
export type TokenSize = "coin" | "dollar" | "bitcoin" | "alt" | "meme";

export interface TokenWords {
  readonly symbol: string;
  readonly size: TokenSize;
  /** Spellings; the first is the plain one and the likeliest. */
  readonly names: readonly string[];
  /** One whole unit in words, for "half an ether". */
  readonly one?: readonly string[];
  /** How often the token is drawn. */
  readonly weight: number;
}

/** Tokens that the generator speaks of. Names that are also protocols (aave, uniswap, lido) stay rare on purpose. */
export const tokens: readonly TokenWords[] = [
  { symbol: "USDC", size: "dollar", names: ["usdc", "USDC", "usdc", "USDC", "usd coin", "$USDC", "Usdc"], weight: 24 },
  {
    symbol: "ETH",
    size: "coin",
    names: ["eth", "ETH", "eth", "ether", "ethereum", "Ether", "$ETH", "Eth"],
    one: ["an ether", "an eth", "an ETH"],
    weight: 24,
  },
  { symbol: "DAI", size: "dollar", names: ["dai", "DAI", "dai", "DAI", "Dai", "$DAI"], weight: 14 },
  { symbol: "USDT", size: "dollar", names: ["usdt", "USDT", "tether", "usdt", "Tether", "$USDT"], weight: 11 },
  {
    symbol: "WETH",
    size: "coin",
    names: ["weth", "WETH", "weth", "wrapped eth", "wrapped ether"],
    one: ["a weth"],
    weight: 8,
  },
  {
    symbol: "WBTC",
    size: "bitcoin",
    names: ["wbtc", "WBTC", "bitcoin", "btc", "BTC", "wrapped bitcoin", "Bitcoin"],
    one: ["a bitcoin", "a btc", "a wbtc"],
    weight: 10,
  },
  { symbol: "stETH", size: "coin", names: ["steth", "stETH", "steth", "STETH"], one: ["a steth"], weight: 4 },
  { symbol: "wstETH", size: "coin", names: ["wsteth", "wstETH", "wsteth", "WSTETH"], one: ["a wsteth"], weight: 5 },
  { symbol: "rETH", size: "coin", names: ["reth", "rETH", "reth"], one: ["a reth"], weight: 3 },
  { symbol: "LINK", size: "alt", names: ["link", "LINK", "chainlink", "$LINK", "Chainlink"], weight: 8 },
  { symbol: "UNI", size: "alt", names: ["uni", "UNI", "uni", "$UNI", "Uni"], weight: 5 },
  { symbol: "AAVE", size: "alt", names: ["aave tokens", "AAVE", "aave", "$AAVE"], weight: 2 },
  { symbol: "ARB", size: "alt", names: ["arb", "ARB", "$ARB"], weight: 4 },
  { symbol: "OP", size: "alt", names: ["op", "OP", "$OP"], weight: 3 },
  { symbol: "CRV", size: "alt", names: ["crv", "CRV", "$CRV"], weight: 3 },
  { symbol: "LDO", size: "alt", names: ["ldo", "LDO", "$LDO"], weight: 3 },
  { symbol: "MKR", size: "coin", names: ["mkr", "MKR", "maker"], weight: 3 },
  { symbol: "COMP", size: "alt", names: ["comp", "COMP", "$COMP"], weight: 3 },
  { symbol: "PEPE", size: "meme", names: ["pepe", "PEPE", "$PEPE"], weight: 3 },
];

/** Symbols by what they are good for. */
export const stablecoins: readonly string[] = ["USDC", "DAI", "USDT"];
export const volatile: readonly string[] = [
  "ETH",
  "WETH",
  "WBTC",
  "LINK",
  "UNI",
  "ARB",
  "AAVE",
  "wstETH",
  "rETH",
  "OP",
  "CRV",
  "MKR",
];
/** What lending markets usually list. */
export const lendable: readonly string[] = [
  "USDC",
  "USDC",
  "DAI",
  "DAI",
  "USDT",
  "ETH",
  "ETH",
  "WETH",
  "WBTC",
  "WBTC",
  "wstETH",
  "LINK",
  "rETH",
  "UNI",
  "stETH",
  "AAVE",
  "CRV",
  "ARB",
];
/** What people usually borrow. */
export const borrowable: readonly string[] = [
  "USDC",
  "USDC",
  "USDC",
  "DAI",
  "DAI",
  "USDT",
  "USDT",
  "ETH",
  "WETH",
  "WBTC",
  "LINK",
  "wstETH",
];
