import type { Address, Hex } from "viem";

export type AaveAddresses = {
  readonly pool: Address;
  readonly addressesProvider: Address;
  readonly dataProvider: Address;
  readonly oracle: Address;
};

/** Where the contracts of one chain stand. Absent = not on this chain; an adapter of an absent protocol lists no markets. */
export type ChainAddresses = {
  readonly chainId: number;
  readonly multicall3: Address;
  readonly permit2?: Address;
  readonly wrappedNative: Address;
  readonly uniswapV3?: { readonly factory: Address; readonly swapRouter02: Address; readonly quoterV2: Address };
  readonly uniswapV2?: { readonly factory: Address; readonly router: Address };
  readonly aaveV3?: AaveAddresses;
  readonly spark?: AaveAddresses;
  readonly morpho?: { readonly address: Address; readonly markets: readonly Hex[] };
  /** `asset` is what the vault takes; calldata does not name it, and decoding is pure. */
  readonly erc4626?: readonly { readonly vault: Address; readonly asset: Address; readonly label: string }[];
};
