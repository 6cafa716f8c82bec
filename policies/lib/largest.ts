/** The largest of some amounts; 0 of none. */
export function largest(amounts: readonly bigint[]): bigint {
  return amounts.reduce((most, amount) => {
    if (amount > most) return amount;
    return most;
  }, 0n);
}
