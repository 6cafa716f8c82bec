import { type Address, getAbiItem, getAddress } from "viem";
import { erc20Abi } from "../chain/abis/erc20.ts";
import { readEvents } from "../chain/readEvents.ts";
import type { Reader } from "../chain/reader.ts";
import { isNative, type Token } from "../domain/token.ts";
import { sayAmount } from "./sayEffect.ts";

const TRANSFER = getAbiItem({ abi: erc20Abi, name: "Transfer" });

type Wish = {
  readonly owner: Address;
  /** Only these: anyone can send a worthless token, or log a movement that never was. */
  readonly tokens: readonly Token[];
  /** Transactions that are told elsewhere. */
  readonly except: ReadonlySet<string>;
  readonly most: number;
};

/** Movements of tokens from and to an owner in recent blocks, newest first, in words; `count` is unknown where the node refused. */
export async function recentTransfers(
  reader: Reader,
  { owner, tokens, except, most }: Wish,
): Promise<{ readonly count?: number; readonly facts: readonly string[] }> {
  const contracts = new Set(tokens.filter((token) => !isNative(token)).map(({ address }) => address.toLowerCase()));
  // Asked by token where few are meant; a long list of addresses is more than nodes take.
  const address = contracts.size <= 20 ? { address: [...contracts].map((one) => getAddress(one)) } : {};
  const { logs, blocks } = await readEvents(reader, async (range) => {
    const asked = { event: TRANSFER, strict: true, ...address, ...range } as const;
    const [out, into] = await Promise.all([
      reader.client.getLogs({ ...asked, args: { from: owner } }),
      reader.client.getLogs({ ...asked, args: { to: owner } }),
    ]);
    return [...out, ...into];
  });
  if (logs === undefined) return { facts: [`the node did not give the Transfer events of ${blocks}`] };
  // A payment to oneself is found from both ends.
  const once = new Map(logs.map((log) => [`${log.transactionHash} ${log.logIndex}`, log]));
  const listed = [...once.values()]
    .filter(({ address: token, transactionHash }) => contracts.has(token.toLowerCase()) && !except.has(transactionHash))
    // Anybody may move nothing in our name, to have an address of theirs copied from here.
    .filter(({ args }) => args.value > 0n)
    .sort((a, b) =>
      a.blockNumber === b.blockNumber ? b.logIndex - a.logIndex : a.blockNumber < b.blockNumber ? 1 : -1,
    );
  const facts = listed.slice(0, most).map(({ address: token, args, blockNumber, transactionHash }) => {
    const out = args.from.toLowerCase() === owner.toLowerCase();
    const [verb, other] = out ? (["sent", `to ${args.to}`] as const) : (["received", `from ${args.from}`] as const);
    return `block ${blockNumber}: ${verb} ${sayAmount(reader.tokens, token, args.value)} ${other} (${transactionHash})`;
  });
  const left = `looked at: Transfer events of ${blocks}; payments of ${reader.tokens.native.symbol} itself leave none, tokens on no list are left out`;
  return { count: listed.length, facts: [...facts, left] };
}
