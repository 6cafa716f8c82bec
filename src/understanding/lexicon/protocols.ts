/** Class letter in the mask of a protocol: lending, dex, staking, or "a" for the bare word that is also a token. */
export type ProtocolLetter = "l" | "d" | "s" | "a";

export type KnownProtocol = { readonly id: string; readonly letter: ProtocolLetter };

const ROWS: readonly (readonly [id: string, letter: ProtocolLetter, names: string])[] = [
  ["aave-v3", "a", "aave|aaves|aave's|аве|ааве|аав"],
  ["aave-v3", "l", "aave v3|aave-v3|aavev3|aave 3|aave protocol|aave v 3|aave market|aave markets"],
  ["spark", "l", "spark|spark protocol|sparklend|spark lend|spark-lend|спарк|спарка|спарке"],
  ["morpho", "l", "morpho|morpho blue|morpho-blue|morfo|морфо"],
  [
    "compound-v3",
    "l",
    "compound|compound v3|compound-v3|compound 3|compound iii|compoundv3|comp v3|comp iii|компаунд|компаунда|компаунде",
  ],
  [
    "savings",
    "l",
    "savings|savings vault|the savings vault|savings account|savings rate|dai savings rate|dai savings|sky savings|saving vault|savings-vault|dsr|ahorros|epargne|épargne",
  ],
  ["uniswap-v3", "d", "uniswap|uniswap v3|uniswap-v3|uniswapv3|uni v3|univ3|uni-v3|uniswap 3|юнисвап"],
  ["uniswap-v2", "d", "uniswap v2|uniswap-v2|uniswapv2|uni v2|univ2|uni-v2|uniswap 2"],
  ["uniswap-v4", "d", "uniswap v4|uniswap-v4|uni v4"],
  ["curve", "d", "curve|curve finance"],
  ["balancer", "d", "balancer"],
  ["sushiswap", "d", "sushiswap|sushi swap"],
  ["1inch", "d", "1inch"],
  ["cow-swap", "d", "cowswap|cow swap"],
  ["lido", "s", "lido|lido's|lido finance|лидо"],
  ["rocket-pool", "s", "rocket pool|rocketpool|rocket-pool|rocket pool's"],
  ["euler", "l", "euler"],
  ["fluid", "l", "fluid lending"],
  ["yearn", "l", "yearn"],
  ["pendle-markets", "l", "pendle market|pendle markets"],
  ["makerdao", "l", "makerdao|maker dao"],
];

/** Protocol names, lower case, several words joined by one space. */
export const PROTOCOL_NAMES: ReadonlyMap<string, KnownProtocol> = new Map(
  ROWS.flatMap(([id, letter, names]) => names.split("|").map((name) => [name, { id, letter }] as const)),
);

/** Token meant when a protocol's name stands where an asset is asked for ("unstake my lido", "swap 3 aave"). */
export const PROTOCOL_TOKEN: Readonly<Record<string, string>> = {
  "aave-v3": "AAVE",
  lido: "stETH",
  "rocket-pool": "rETH",
  morpho: "MORPHO",
  "compound-v3": "COMP",
  "uniswap-v3": "UNI",
  curve: "CRV",
};

const CHAINS: Readonly<Record<string, string>> = {
  base: "base|base chain|base network|base mainnet|base l2",
  arbitrum: "arbitrum|arbitrum one|arbitrum network",
  optimism: "optimism|op mainnet|optimism network",
  polygon: "polygon|polygon pos|polygon network",
  ethereum: "mainnet|ethereum mainnet|eth mainnet|ethereum network|ethereum chain|the ethereum chain",
  scroll: "scroll chain",
  linea: "linea",
  zksync: "zksync|zksync era",
  solana: "solana chain",
  gnosis: "gnosis chain",
};

/** Chain names, lower case. */
export const CHAIN_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(CHAINS).flatMap(([id, names]) => names.split("|").map((name) => [name, id] as const)),
);

/** Token meant when a chain's name stands where an asset is asked for. */
export const CHAIN_TOKEN: Readonly<Record<string, string>> = {
  arbitrum: "ARB",
  optimism: "OP",
  polygon: "POL",
  ethereum: "ETH",
  solana: "SOL",
};
