/** Class letter in the mask of a token: stable, native, wrapped or staked ether, bitcoin-like, other listed. */
export type TokenLetter = "s" | "e" | "w" | "b" | "x";

type Row = readonly [letter: TokenLetter, symbols: string];

/** Widely known symbols as chains spell them. Independent of the chain in use: the planner says what it has. */
const ROWS: readonly Row[] = [
  ["e", "ETH"],
  [
    "s",
    "USDC USDT DAI USDS FRAX LUSD GHO PYUSD TUSD USDe crvUSD sUSD BUSD GUSD USDP FDUSD RLUSD USDbC USD0 DOLA MIM FEI RAI",
  ],
  ["w", "WETH stETH wstETH rETH cbETH weETH eETH frxETH sfrxETH ezETH rsETH swETH osETH mETH ETHx ankrETH"],
  ["b", "WBTC tBTC cbBTC renBTC LBTC"],
  [
    "x",
    "LINK UNI AAVE MKR COMP CRV LDO ARB OP PEPE SHIB SNX ENS GRT BAL YFI SUSHI CVX FXS RPL MORPHO SKY SPK ENA PENDLE APE DYDX IMX BAT ZRX LRC MANA SAND AXS CHZ GMX sDAI sUSDe sUSDS MATIC POL FLOKI WLD ETHFI EIGEN STG RNDR INJ DOGE BNB SOL ONDO PAXG XAUT COW GNO SAFE LQTY KNC 1INCH",
  ],
];

/** Lower-case listed symbols that are everyday English words or fragments: read only in capitals or after "$". */
const WORDS = new Set([
  "ape",
  "sand",
  "safe",
  "cow",
  "bat",
  "sky",
  "ens",
  "pol",
  "mana",
  "sol",
  "meth",
  "mim",
  "fei",
  "rai",
  "bal",
  "pol",
  "ethx",
  "usd0",
  "stg",
  "spk",
]);

/** Plain names, lower case. The longest match wins. */
const NAMES: Readonly<Record<string, string>> = {
  ETH: "ether|ethers|ethereum|etherium|etherum|ethereums|etherem|native eth|native ether|plain eth|plain ether|eths|ether coin|ethereum coin|éter|éther|äther|eter|vitalik coin|以太坊|以太币|以太幣|以太|イーサリアム|イーサ|이더리움|이더",
  WETH: "wrapped ether|wrapped eth|wrapped ethereum|wrapped ethers|weths|w-eth|wrapped native|包装以太坊|包装的eth|ラップドイーサ|ラップドeth|eth envuelto|ether envuelto|обёрнутый эфир|wrapped эфир",
  stETH:
    "staked ether|staked eth|staked ethereum|lido eth|lido ether|lido staked ether|lido staked eth|lido's eth|lido's staked ether|st-eth|st eth|steths|liquid staked ether",
  wstETH:
    "wrapped staked ether|wrapped staked eth|wrapped steth|wrapped lido eth|wrapped lido ether|wrapped liquid staked ether|wrapped lido staked ether|wrapped lido|wst-eth|wst eth|w-steth|wrapped staked ethereum|wsteths",
  rETH: "rocket pool eth|rocket pool ether|rocketpool eth|rocketpool ether|rocket eth|rocket ether|rocket pool's eth|rocket pool's ether|r-eth|reths|rocket pool staked ether",
  cbETH: "coinbase eth|coinbase ether|coinbase staked eth|coinbase wrapped staked eth|coinbase staked ether",
  WBTC: "bitcoin|bitcoins|btc|wrapped bitcoin|wrapped btc|wrapped bitcoins|btcs|wbtcs|bitcorn|bitcoin tokens|биток|биткоин|биткойн|比特币|比特幣|大饼|ビットコイン|ビットコ|비트코인",
  USDT: "tether|tethers|usd tether|tether usd|tether dollars|usdts|usd-t|泰达币|泰达|テザー|테더",
  USDC: "usd coin|usdcs|circle usd|circle dollars|usd-c|circle's usd|circle coin|circle stablecoin",
  DAI: "dais|dai stablecoin|maker dai|makerdao dai|дай|дая",
  LINK: "chainlink|chain link|chainlinks|chainlink token|chainlink tokens|link tokens|link token|チェーンリンク|чейнлинк|链克",
  UNI: "uniswap token|uniswap tokens|uniswap coin|uniswap coins|uni token|uni tokens|uniswap's token",
  AAVE: "aave token|aave tokens|aave coin|aave coins|aave's token|token aave|tokens aave|aaveトークン",
  COMP: "compound token|compound tokens|compound coin|comp tokens|compound's token",
  CRV: "curve token|curve tokens|curve dao|curve dao token|curve dao tokens|curve coin|crv tokens",
  MKR: "maker|maker token|maker tokens|makers",
  LDO: "lido dao|lido dao token|lido dao tokens|lido token|lido tokens|lido governance token|lido governance tokens|ldo tokens",
  ARB: "arbitrum token|arbitrum tokens|arbitrum coin|arb token|arb tokens|arbs",
  OP: "optimism token|optimism tokens|optimism coin|op token|op tokens",
  PEPE: "pepes|pepe coin|pepecoin|pepe tokens|pepe coins|佩佩",
  SHIB: "shiba|shiba inu",
  DOGE: "dogecoin",
  RPL: "rocket pool token|rocket pool tokens",
  SNX: "synthetix",
  GRT: "the graph token",
  YFI: "yearn token",
  FRAX: "frax dollar",
  sDAI: "savings dai",
  SOL: "solana",
};

export type KnownToken = { readonly symbol: string; readonly letter: TokenLetter };

/** Listed symbols by lower case, read in any case. */
export const SYMBOLS: ReadonlyMap<string, KnownToken> = new Map(
  ROWS.flatMap(([letter, symbols]) => symbols.split(" ").map((symbol) => [symbol.toLowerCase(), { symbol, letter }])),
);

/** True when the lower-case symbol is an everyday word and needs capitals or "$" to be a token. */
export function isWordSymbol(lower: string): boolean {
  return WORDS.has(lower);
}

/** Plain names to tokens, lower case, several words joined by one space. */
export const TOKEN_NAMES: ReadonlyMap<string, KnownToken> = new Map(
  Object.entries(NAMES).flatMap(([symbol, names]) => {
    const known = SYMBOLS.get(symbol.toLowerCase());
    return known === undefined ? [] : names.split("|").map((name) => [name, known] as const);
  }),
);

/** Symbols so common that a word one slip away from them is taken for a look-alike (Reading 12). */
export const GUARDED_SYMBOLS: readonly string[] = [
  "USDC",
  "USDT",
  "WETH",
  "WBTC",
  "stETH",
  "wstETH",
  "LINK",
  "AAVE",
  "USDS",
  "COMP",
  "cbETH",
];
