/** Lending venues: canonical id, spellings, and how often each is drawn. */
export const lenders: readonly { readonly id: string; readonly names: readonly string[]; readonly weight: number }[] = [
  { id: "aave-v3", names: ["aave", "aave", "Aave", "AAVE", "aave v3", "Aave v3", "aave-v3"], weight: 9 },
  { id: "spark", names: ["spark", "spark", "Spark", "SPARK"], weight: 6 },
  { id: "morpho", names: ["morpho", "morpho", "Morpho", "morpho blue"], weight: 5 },
  { id: "compound-v3", names: ["compound", "compound", "Compound", "compound v3"], weight: 3 },
  { id: "savings", names: ["savings", "the savings vault", "the savings vault", "savings vault"], weight: 3 },
];

/** Exchanges: canonical id and spellings. */
export const exchanges: readonly { readonly id: string; readonly names: readonly string[] }[] = [
  { id: "uniswap-v3", names: ["uniswap v3", "uni v3", "Uniswap v3", "uniswap-v3"] },
  { id: "uniswap-v2", names: ["uniswap v2", "uni v2", "Uniswap v2", "uniswap-v2"] },
];

/** Liquid staking: the token that staking there gives, and what people call the place. */
export const stakers: readonly { readonly into: string; readonly names: readonly string[] }[] = [
  { into: "stETH", names: ["lido", "Lido", "lido"] },
  { into: "rETH", names: ["rocket pool", "Rocket Pool", "rocketpool"] },
];

/** Chains as intent.md spells them, with spoken forms. */
export const chains: readonly { readonly id: string; readonly names: readonly string[] }[] = [
  { id: "base", names: ["base", "Base"] },
  { id: "arbitrum", names: ["arbitrum", "Arbitrum"] },
  { id: "optimism", names: ["optimism", "Optimism"] },
  { id: "polygon", names: ["polygon", "Polygon"] },
];
