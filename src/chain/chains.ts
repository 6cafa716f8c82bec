import { type Chain, defineChain } from "viem";

/** Multicall3's address on every public chain listed here; source: the contract's own deployment page (mds1/multicall3). */
export const MULTICALL3_ADDRESS = "0xcA11bde05977b3631167028862bE2a173976CA11" as const;

const ether = { name: "Ether", symbol: "ETH", decimals: 18 };
const pol = { name: "POL", symbol: "POL", decimals: 18 };

const names = [
  [1, "Ethereum", ether],
  [8453, "Base", ether],
  [42161, "Arbitrum One", ether],
  [10, "OP Mainnet", ether],
  [137, "Polygon", pol],
  [31337, "Local chain", ether],
] as const;

/** Chain ids of the public chains whose registry is complete. */
export const PUBLIC_CHAIN_IDS = [1, 8453, 42161, 10, 137] as const;

/** viem's description of a supported chain; undefined for any other id. Has no RPC URL of its own: callers bring one. */
export function chainFor(chainId: number, multicall3: `0x${string}` = MULTICALL3_ADDRESS): Chain | undefined {
  const found = names.find(([id]) => id === chainId);
  if (found === undefined) return undefined;
  const [id, name, nativeCurrency] = found;
  return defineChain({
    id,
    name,
    nativeCurrency,
    rpcUrls: { default: { http: [] } },
    contracts: { multicall3: { address: multicall3 } },
  });
}
