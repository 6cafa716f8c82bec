import { type Hex, toFunctionSelector } from "viem";

/**
 * Names that promise something and take coins: what drainers call their payable functions (PTXPhish, NDSS 2025, lists
 * "airdrop" and "wallet" functions; the guards research of this project names SecurityUpdate and ClaimRewards).
 */
const NAMES = [
  "claim()",
  "Claim()",
  "claim(address)",
  "claimReward()",
  "claimRewards()",
  "ClaimReward()",
  "ClaimRewards()",
  "claimAirdrop()",
  "airdrop()",
  "Airdrop()",
  "getReward()",
  "securityUpdate()",
  "SecurityUpdate()",
  "networkMerge()",
  "NetworkMerge()",
  "connect()",
  "Connect()",
  "connectWallet()",
  "verify()",
  "Verify()",
  "verifyWallet()",
  "walletVerify()",
  "confirm()",
  "bonus()",
  "freeMint()",
  "register()",
  "enter()",
  "execute()",
  "multicall()",
] as const;

const BY_SELECTOR: ReadonlyMap<Hex, string> = new Map(NAMES.map((name) => [toFunctionSelector(name), name]));

/** The promise that a call's selector makes; undefined for any other. */
export function baitName(data: Hex): string | undefined {
  return BY_SELECTOR.get(data.slice(0, 10) as Hex);
}
