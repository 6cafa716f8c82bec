import { type Address, decodeFunctionData, type Hex, parseEventLogs } from "viem";
import { erc20Abi } from "../../chain/abis/erc20.ts";
import type { Call } from "../../domain/call.ts";
import type { Plan } from "../../domain/plan.ts";
import { NATIVE_ADDRESS } from "../../domain/token.ts";
import type { StepLog } from "../types.ts";

/** One allowance to read. */
export type AllowancePair = { readonly token: Address; readonly spender: Address };

/** What is read around every call: assets (native first) and allowances. Addresses in lower case, no repeats. */
export type Watch = { readonly assets: readonly Address[]; readonly pairs: readonly AllowancePair[] };

/** First watch list: the native coin, every token and call target of the plan, and what the caller adds. */
export function firstWatch(plan: Plan, extra: readonly Address[]): Watch {
  const named = [
    ...plan.expectations.flatMap((entry) => [...entry.pays, ...entry.gets]),
    ...plan.quotes.flatMap((quote) => [...quote.pays, ...quote.gets, ...quote.approvals]),
    ...plan.resolutions,
  ].map((entry) => entry.token.address);
  const bound = plan.calls.flatMap((call) => call.bindings.map((binding) => binding.asset));
  const targets = plan.calls.map((call) => call.to);
  return {
    assets: unique([NATIVE_ADDRESS, ...named, ...bound, ...targets, ...extra]),
    pairs: uniquePairs(plan.calls.flatMap(approvalOf)),
  };
}

/**
 * Adds what events of the simulated calls name: any token the owner sent or got, any allowance the owner gave.
 * A backend without events (`logs` undefined) gets the `blind` list instead.
 */
export function widenWatch(
  watch: Watch,
  logs: readonly StepLog[] | undefined,
  owner: Address,
  blind: readonly Address[],
): Watch {
  if (!logs) return { ...watch, assets: unique([...watch.assets, ...blind]) };
  const mine = logs.filter((log) => log.topics.slice(1, 3).some((topic) => isAddressWord(topic, owner)));
  const events = parseEventLogs({ abi: erc20Abi, logs: mine.map(toViemLog), strict: false });
  const approvals = events.filter((event) => event.eventName === "Approval");
  const pairs = approvals.flatMap(({ address, args }) =>
    args.owner && args.spender && same(args.owner, owner) ? [{ token: address, spender: args.spender }] : [],
  );
  const moved = mine.filter((log) => log.topics[0] === TRANSFER).map((log) => log.address);
  return {
    assets: unique([...watch.assets, ...moved]),
    pairs: uniquePairs([...watch.pairs, ...pairs]),
  };
}

/** keccak256("Transfer(address,address,uint256)"): ERC-20 and ERC-721 alike. */
export const TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

/** True when an event's topic holds this address. */
export function isAddressWord(topic: Hex, address: Address): boolean {
  return same(`0x${topic.slice(26)}`, address);
}

function approvalOf(call: Call): readonly AllowancePair[] {
  try {
    const { functionName, args } = decodeFunctionData({ abi: erc20Abi, data: call.data });
    return functionName === "approve" ? [{ token: call.to, spender: args[0] }] : [];
  } catch {
    return []; // another function
  }
}

function toViemLog(log: StepLog) {
  const zero = `0x${"0".repeat(64)}` as const;
  return {
    address: log.address,
    topics: log.topics as [Hex, ...Hex[]],
    data: log.data,
    blockHash: zero,
    blockNumber: 0n,
    logIndex: 0,
    transactionHash: zero,
    transactionIndex: 0,
    removed: false,
  };
}

function unique(addresses: readonly Address[]): readonly Address[] {
  return [...new Set(addresses.map((address) => address.toLowerCase() as Address))];
}

function uniquePairs(pairs: readonly AllowancePair[]): readonly AllowancePair[] {
  const byKey = new Map(pairs.map(({ token, spender }) => [`${token}${spender}`.toLowerCase(), { token, spender }]));
  return [...byKey.values()];
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
