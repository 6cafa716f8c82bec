import type { AbiParameter, Address } from "viem";

/** What guesses may refer to. */
export type Guess = {
  readonly deployer: Address;
  readonly router: Address;
  readonly factory: Address;
  readonly coin: Address;
  /** A contract of the same file, for parameters that want a logic contract; undefined when there is none. */
  readonly logic?: Address | undefined;
  readonly symbol: string;
  readonly now: bigint;
  /** 0, 1, 2 …: other values when the first ones were refused. */
  readonly variant: number;
};

/** An account besides the deployer; for constructors that refuse the deployer. */
export const OTHER: Address = "0x0de50000000000000000000000000000000a11ce";
/** Where a contract stands that answers every call with the same words. */
export const AGREEABLE: Address = "0xa92eeab1e000000000000000000000000000c0de";

const SUPPLIES = [10n ** 24n, 10n ** 15n, 10n ** 12n, 10n ** 6n];
/** How many variants there are: every supply with each way of filling in addresses. */
export const VARIANTS = 3 * SUPPLIES.length;

/** A sensible value for a parameter, by its type and name; another one for each variant. */
export function guessValue({ type, name = "" }: AbiParameter, guess: Guess): unknown {
  if (type.endsWith("]")) return [];
  if (type === "address") return guessAddress(name, guess);
  // A switch that is named after what it stops is turned off.
  if (type === "bool") return !/paus|halt|froz|freez|lock|stop/i.test(name);
  if (type === "string") return /symb/i.test(name) ? guess.symbol : `${guess.symbol} Token`;
  if (type === "bytes") return "0x";
  if (/^bytes\d+$/.test(type)) return `0x${"00".repeat(Number(type.slice(5)))}`;
  if (/^u?int/.test(type)) return guessNumber(name, guess);
  return undefined;
}

function guessAddress(name: string, { deployer, router, factory, coin, logic, variant }: Guess): Address {
  if (/router/i.test(name)) return router;
  if (/factory/i.test(name)) return factory;
  if (/weth|underlying|l1token|previous/i.test(name) || /^_?[A-Z]{3,}$/.test(name)) return coin;
  if (/logic|impl|proxied/i.test(name)) return logic ?? deployer;
  if (/receiver|service/i.test(name)) return AGREEABLE;
  const way = Math.floor(variant / SUPPLIES.length);
  return way === 0 ? deployer : way === 1 ? OTHER : AGREEABLE;
}

function guessNumber(name: string, { now, variant }: Guess): bigint {
  if (/decimal/i.test(name)) return 18n;
  if (/unlock|until|after/i.test(name)) return 1n;
  if (/time|start|end|deadline/i.test(name)) return now + (variant % 2 === 0 ? 60n : -86_400n);
  if (/suppl|amount|initial|balance|total|cap|max/i.test(name)) return SUPPLIES[variant % SUPPLIES.length] ?? 1n;
  if (/fee|tax|percent|rate/i.test(name)) return 1n;
  return variant === 0 ? 1n : 10n ** 18n;
}
