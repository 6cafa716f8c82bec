import { type Address, parseAbi } from "viem";
import type { Reader } from "../chain/reader.ts";

/** Who holds a power: a bare key, a contract whose acts are announced days ahead, or another contract. */
export type PowerHolder = { readonly kind: "key" | "timelock" | "contract"; readonly delaySeconds?: bigint };

/** OpenZeppelin's TimelockController, Compound's Timelock, and plain ones. */
const DELAYS = parseAbi([
  "function getMinDelay() view returns (uint256)",
  "function delay() view returns (uint256)",
  "function MINIMUM_DELAY() view returns (uint256)",
]);
/** From here on a holder has time to leave. */
const LEAST_DELAY_SECONDS = 86_400n;

/** What stands at an account; whether a contract keeps the delay that it names is not known. */
export async function readHolder({ client, block }: Reader, account: Address): Promise<PowerHolder> {
  const code = await client.getCode({ address: account, blockNumber: block });
  if (code === undefined || code === "0x" || code.startsWith("0xef0100")) return { kind: "key" };
  for (const { name } of DELAYS) {
    try {
      const delaySeconds = await client.readContract({
        address: account,
        abi: DELAYS,
        functionName: name,
        blockNumber: block,
      });
      if (delaySeconds >= LEAST_DELAY_SECONDS) return { kind: "timelock", delaySeconds };
    } catch {
      // No timelock of that kind.
    }
  }
  return { kind: "contract" };
}
