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

const SUPPLIES = [10n ** 24n, 10n ** 6n, 10n ** 12n];

/** A sensible value for a parameter, by its type and name; another one for each variant. */
export function guessValue({ type, name = "" }: AbiParameter, guess: Guess): unknown {
  if (type.endsWith("]")) return [];
  if (type === "address") return guessAddress(name, guess);
  if (type === "bool") return true;
  if (type === "string") return /symb/i.test(name) ? guess.symbol : `${guess.symbol} Token`;
  if (type === "bytes") return "0x";
  if (/^bytes\d+$/.test(type)) return `0x${"00".repeat(Number(type.slice(5)))}`;
  if (/^u?int/.test(type)) return guessNumber(name, guess);
  return undefined;
}

function guessAddress(name: string, { deployer, router, factory, coin, logic }: Guess): Address {
  if (/router/i.test(name)) return router;
  if (/factory/i.test(name)) return factory;
  if (/weth|underlying|l1token|^_?memo$/i.test(name)) return coin;
  if (/logic|impl|proxied|_game/i.test(name)) return logic ?? deployer;
  return deployer;
}

function guessNumber(name: string, { now, variant }: Guess): bigint {
  if (/decimal/i.test(name)) return 18n;
  if (/time|start|end|after|unlock|until|deadline/i.test(name)) return now + (variant % 2 === 0 ? 60n : -86_400n);
  if (/suppl|amount|initial|balance|total|cap|max/i.test(name)) return SUPPLIES[variant % SUPPLIES.length] ?? 1n;
  if (/fee|tax|percent|rate/i.test(name)) return 1n;
  return variant === 0 ? 1n : 10n ** 18n;
}
