import { type Address, encodeFunctionData, getAbiItem, getAddress, parseAbi, size } from "viem";
import { erc20Abi } from "../chain/abis/erc20.ts";
import { aggregate } from "../chain/aggregate.ts";
import { type Inspected, inspectAddress } from "../chain/inspectAddress.ts";
import { knownDelegate } from "../chain/knownDelegates.ts";
import { readEvents } from "../chain/readEvents.ts";
import type { Reader } from "../chain/reader.ts";
import type { RecipientFacts, SeenTransfer } from "../domain/evidence.ts";
import type { DecodedCall } from "../domain/simulation.ts";

const TRANSFER = getAbiItem({ abi: erc20Abi, name: "Transfer" });
/** Source: safe-smart-account, OwnerManager. */
const safeAbi = parseAbi([
  "function getThreshold() view returns (uint256)",
  "function getOwners() view returns (address[])",
]);

/** What stands at every address but the owner's that a decoded transfer pays, at the reader's block. Errors: the node's own. */
export async function readRecipients(
  reader: Reader,
  owner: Address,
  decoded: readonly DecodedCall[],
): Promise<readonly RecipientFacts[]> {
  const paid = decoded.flatMap(({ effect }) => (effect?.type === "transfer" ? [getAddress(effect.to)] : []));
  const others = [...new Set(paid)].filter((address) => address !== getAddress(owner));
  return await Promise.all(others.map((address) => readRecipient(reader, owner, address)));
}

async function readRecipient(reader: Reader, owner: Address, address: Address): Promise<RecipientFacts> {
  const [inspected, seen] = await Promise.all([inspectAddress(reader, address), readSeen(reader, { owner, address })]);
  const { codeBytes, delegate, decimals, totalSupply } = inspected;
  const label = delegate && knownDelegate(delegate);
  return {
    address,
    codeBytes,
    ...(delegate && { delegate: { address: delegate, ...(label !== undefined && { label }) } }),
    isToken: decimals !== undefined && totalSupply !== undefined,
    isSafe: await answersAsSafe(reader, inspected),
    seen,
  };
}

async function answersAsSafe(reader: Reader, { address, codeBytes, delegate }: Inspected): Promise<boolean> {
  if (codeBytes === 0 || delegate !== undefined) return false;
  const calls = (["getThreshold", "getOwners"] as const).map((functionName) => ({
    target: address,
    callData: encodeFunctionData({ abi: safeAbi, functionName }),
  }));
  const [threshold, owners] = await aggregate(reader, calls, { callsPerRequest: 2 }).catch(() => []);
  // A list with at least one owner is three words long: offset, length, owner.
  return threshold !== undefined && size(threshold) === 32 && BigInt(threshold) > 0n && size(owners ?? "0x") >= 96;
}

/** Transfer events of any contract between the two, both ways; none where the node refuses (the history says so). */
async function readSeen(
  reader: Reader,
  { owner, address }: { readonly owner: Address; readonly address: Address },
): Promise<readonly SeenTransfer[]> {
  const { logs } = await readEvents(reader, async (range) => {
    const asked = { event: TRANSFER, strict: true, ...range } as const;
    const [out, into] = await Promise.all([
      reader.client.getLogs({ ...asked, args: { from: owner, to: address } }),
      reader.client.getLogs({ ...asked, args: { from: address, to: owner } }),
    ]);
    return [...out, ...into];
  });
  return (logs ?? []).map(({ address: asset, args }) => ({
    asset,
    amount: args.value,
    out: getAddress(args.from) === getAddress(owner),
    listed: reader.tokens.byAddress(asset) !== undefined,
  }));
}
