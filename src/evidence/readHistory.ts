import { type Address, getAbiItem, getAddress, zeroAddress } from "viem";
import { erc20Abi } from "../chain/abis/erc20.ts";
import { readEvents } from "../chain/readEvents.ts";
import type { Reader } from "../chain/reader.ts";
import type { Payment, PaymentHistory } from "../domain/evidence.ts";
import { isNative } from "../domain/token.ts";

const TRANSFER = getAbiItem({ abi: erc20Abi, name: "Transfer" });
/** Nodes take so many addresses in one filter; a longer list is filtered here. */
const FILTERED = 20;

/** What the owner paid before the reader's block. */
export type ReadHistory = (reader: Reader, owner: Address) => Promise<PaymentHistory>;

/**
 * Listed tokens that left the owner in recent blocks, by the tokens' own events. An amount of zero proves nothing
 * (anybody may move nothing in anybody's name), and a token on no list may log what never was: both are left out.
 */
export async function readHistory(reader: Reader, owner: Address): Promise<PaymentHistory> {
  const listed = reader.tokens.all.filter((token) => !isNative(token)).map(({ address }) => getAddress(address));
  const contracts = new Set(listed);
  const address = listed.length <= FILTERED ? { address: listed } : {};
  const { logs, blocks } = await readEvents(reader, (range) =>
    reader.client.getLogs({ event: TRANSFER, strict: true, args: { from: owner }, ...address, ...range }),
  );
  const payments = (logs ?? []).flatMap(({ address: token, args, transactionHash }): readonly Payment[] => {
    const asset = getAddress(token);
    if (!contracts.has(asset) || args.value === 0n || args.to === zeroAddress) return [];
    return [{ to: getAddress(args.to), asset, amount: args.value, txHash: transactionHash }];
  });
  return { payments, blocks, complete: logs !== undefined };
}

/** The chain's history with our own mined calls, each payment once; the native coin is only in ours. */
export function withOwnPayments(history: PaymentHistory, own: readonly Payment[]): PaymentHistory {
  const keyOf = ({ txHash, asset, to }: Payment) => `${txHash} ${asset} ${to}`.toLowerCase();
  const known = new Set(history.payments.map(keyOf));
  return { ...history, payments: [...history.payments, ...own.filter((payment) => !known.has(keyOf(payment)))] };
}
