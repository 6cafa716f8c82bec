/** Hex digits that a wallet shows of an address, and that a person compares. */
const DIGITS = 40;
/**
 * Equal digits in front and behind from which two addresses look alike: four and four is what wallets show; three and
 * four covers those that show less. Two random addresses agree so far with probability 2^-28.
 */
const ENOUGH = [
  [4, 4],
  [3, 4],
  [4, 3],
] as const;

/** True when two different addresses begin and end the same, so that a person takes one for the other. */
export function looksAlike(a: string, b: string): boolean {
  const [one, other] = [digitsOf(a), digitsOf(b)];
  if (one.length !== DIGITS || other.length !== DIGITS || one === other) return false;
  return ENOUGH.some(
    ([front, back]) => one.slice(0, front) === other.slice(0, front) && one.slice(-back) === other.slice(-back),
  );
}

function digitsOf(address: string): string {
  return address.toLowerCase().replace(/^0x/, "");
}
