import { type Address, type Hex, numberToHex, toFunctionSelector } from "viem";
import { transferCall } from "./trade.ts";
import type { ProbeCall, Target } from "./types.ts";

/** Whom and what adversarial arguments name. */
export type Scene = {
  readonly token: Address;
  readonly seller: Address;
  readonly pair: Address;
  readonly router: Address;
  /** Total supply, base units. */
  readonly supply: bigint;
};

type Word = Address | Hex | bigint;

const HUGE = 1n << 200n;
const GRANT_ROLE = toFunctionSelector("grantRole(bytes32,address)");
const TRANSFER_OWNERSHIP = toFunctionSelector("transferOwnership(address)");
const SUBSETS = 12;
/** A call of the fallback. */
export const EMPTY: Hex = "0x";
/** What anybody offers for tokens outside the pool, wei. */
export const OFFER = 10n ** 17n;

/**
 * Argument lists that make a power show itself whatever its function is called: the seller, the pair or the router with a
 * flag; extreme numbers; amounts of the size of the supply; lists of one address, alone or beside a flag or an amount.
 */
export function argumentLists({ seller, pair, router, supply }: Scene, caller: Address): readonly (readonly Word[])[] {
  // A quarter of the supply, and what passes a cap of a few per cent.
  const [much, some] = [supply / 4n + 1n, supply / 40n + 1n];
  return [
    [seller, 1n, 1n, 1n],
    [seller, 0n, 0n, 0n],
    [pair, 1n, 1n, 1n],
    [pair, 0n, 0n, 0n],
    [router, 1n, 1n, 1n],
    [router, 0n, 0n, 0n],
    [0n, 0n, 0n, 0n],
    [1n, 1n, 1n, 1n],
    [1n, seller, 1n, 1n],
    [0n, seller, 0n, 0n],
    [99n, 99n, 99n, 99n],
    [9_900n, 9_900n, 9_900n, 9_900n],
    // A list of one address, alone or beside a flag, an amount, or a list of amounts.
    [64n, 1n, 1n, seller],
    [32n, 1n, seller, 1n],
    [64n, much, 1n, caller],
    [64n, 128n, 1n, caller, 1n, much],
    // Somebody's tokens for somebody else.
    [seller, caller, 1n, 1n],
    [pair, caller, much / 4n, 1n],
    [much, much, much, much],
    [some, some, some, some],
    [caller, some, some, some],
    [caller, much, much, much],
    [much, caller, much, much],
    [caller, HUGE, HUGE, HUGE],
  ];
}

/** One call of a function with words as its arguments. */
export function callOf(from: Address, to: Address, selector: Hex, words: readonly Word[]): ProbeCall {
  return { from, to, data: `${selector}${words.map(word).join("")}` as Hex };
}

/**
 * Sequences of calls of a caller whom some functions treat otherwise than a stranger. Each of these alone with every
 * argument list; subsets, for powers that another function would switch off; all together with one list each, roles first, so
 * that a power may be granted and then used; and what looks like nothing: a transfer to oneself, another owner.
 */
export function attacks(
  scene: Scene,
  target: Target,
  { caller, privileged }: { readonly caller: Address; readonly privileged: readonly Hex[] },
): readonly (readonly ProbeCall[])[] {
  const roles = roleCalls(target, caller);
  // Some templates are armed by a transfer to oneself; who becomes the owner may be given, or lose, a balance.
  const quiet = [
    [transferCall(scene.token, caller, caller, 0n)],
    ...[scene.seller, scene.pair].map((next) => [callOf(caller, target.at, TRANSFER_OWNERSHIP, [next])]),
  ];
  if (privileged.length === 0) return quiet;
  const lists = argumentLists(scene, caller);
  const every = (selector: Hex) => lists.map((words) => callOf(caller, target.at, selector, words));
  const each = (chosen: readonly Hex[], words: readonly Word[]) =>
    chosen.map((selector) => callOf(caller, target.at, selector, words));
  const alone = privileged.map((selector) => [...roles, ...every(selector)]);
  const some = subsets(privileged).map((chosen) => [...roles, ...chosen.flatMap(every)]);
  // What a role allows is none of the functions that the caller may call without it.
  const together = lists.map((words) => [
    ...roles,
    ...each(privileged, [caller, 1n, 1n, 1n]),
    ...each(target.selectors, words),
  ]);
  return [...alone, ...some, ...together, ...quiet];
}

/** What anybody can do: every function with every argument list, in both orders, and each that takes an offer of ether. */
export function openAttacks(
  scene: Scene,
  { at, selectors }: Target,
  { stranger, payable }: { readonly stranger: Address; readonly payable: readonly Hex[] },
): readonly (readonly ProbeCall[])[] {
  const lists = argumentLists(scene, stranger);
  const all = [
    ...[EMPTY, ...selectors].map((data) => ({ from: stranger, to: at, data })),
    ...selectors.flatMap((selector) => lists.map((words) => callOf(stranger, at, selector, words))),
  ];
  const offers = payable.map((data) => [{ from: stranger, to: at, data, value: OFFER }]);
  return [all, [...all].reverse(), ...offers];
}

/** The caller gives itself every role that the code may name (OpenZeppelin's AccessControl). */
function roleCalls({ at, selectors, hashes }: Target, caller: Address): readonly ProbeCall[] {
  return selectors.includes(GRANT_ROLE) ? hashes.map((role) => callOf(caller, at, GRANT_ROLE, [role, caller])) : [];
}

/** Fixed pseudo-random halves, so that a scan finds the same again. */
function subsets(all: readonly Hex[]): readonly (readonly Hex[])[] {
  if (all.length < 2) return [];
  let state = 0x9e3779b9;
  const toss = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 31 === 1;
  };
  // One function may have to come before another one: every second subset is turned round.
  return Array.from({ length: SUBSETS }, (_, at) => {
    const chosen = all.filter(toss);
    return at % 2 === 0 ? chosen : chosen.reverse();
  }).filter((chosen) => chosen.length > 1);
}

function word(value: Word): string {
  return numberToHex(BigInt(value), { size: 32 }).slice(2);
}
