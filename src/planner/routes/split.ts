/**
 * Shares one amount out over several paths. Pure.
 *
 * A path's `scores` tell, per share of the whole (in steps, sparse), what that share is worth: what it gives less what
 * its gas costs; share 0 is worth nothing and costs nothing. Paths may not share a pool, so scores add up.
 */
export type Scores = ReadonlyMap<number, bigint>;

export type Allocation = { readonly total: bigint; readonly shares: readonly number[] };

/**
 * The best shares that add up to `whole` steps: exact dynamic programming over the shares each path has a score for.
 * undefined when no combination adds up. Ties go to fewer paths (earlier shares of zero win).
 */
export function allocate(paths: readonly Scores[], whole: number): Allocation | undefined {
  let best: (Allocation | undefined)[] = [{ total: 0n, shares: [] }];
  for (const scores of paths) {
    const next: (Allocation | undefined)[] = Array.from({ length: whole + 1 }, () => undefined);
    best.forEach((partial, used) => {
      if (partial === undefined) return;
      for (const [share, score] of withZero(scores)) {
        if (used + share > whole) continue;
        const total = partial.total + score;
        const rival = next[used + share];
        if (rival === undefined || total > rival.total)
          next[used + share] = { total, shares: [...partial.shares, share] };
      }
    });
    best = next;
  }
  return best[whole];
}

const withZero = (scores: Scores): readonly (readonly [number, bigint])[] => [
  [0, 0n],
  ...[...scores].filter(([share]) => share > 0),
];

/** Every maximal set of items that do not conflict with each other, as indexes. Stops at `most` sets. */
export function independentSets(
  count: number,
  conflict: (a: number, b: number) => boolean,
  most: number,
): readonly (readonly number[])[] {
  const sets: number[][] = [];
  const grow = (chosen: readonly number[], open: readonly number[], closed: readonly number[]): void => {
    if (sets.length >= most) return;
    if (open.length === 0 && closed.length === 0) {
      sets.push([...chosen]);
      return;
    }
    let rest = [...open];
    let done = [...closed];
    for (const item of open) {
      const fits = (other: number) => !conflict(item, other);
      rest = rest.filter((other) => other !== item);
      grow([...chosen, item], rest.filter(fits), done.filter(fits));
      done = [...done, item];
    }
  };
  grow(
    [],
    Array.from({ length: count }, (_, index) => index),
    [],
  );
  return sets;
}
