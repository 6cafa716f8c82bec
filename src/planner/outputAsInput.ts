import type { Output, Sized } from "./types.ts";

/** What an earlier action leaves, as the amount of a later one: bound late unless it is known to the unit. */
export function outputAsInput({ token, quoted: amount, min, max, from }: Output): Sized {
  const bound = min === max ? {} : { bound: { from, asset: token.address, min, max } };
  return { token, amount, min, max, everything: false, ...bound };
}
