import fc from "fast-check";
import { expect, test } from "vitest";
import { allocate, independentSets } from "./split.ts";

const scores = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.bigInt({ min: -50n, max: 1000n })), { maxLength: 8 })
  .map((entries) => new Map(entries));

test("default: allocate finds what trying every combination finds", () => {
  fc.assert(
    fc.property(fc.array(scores, { minLength: 1, maxLength: 4 }), (paths) => {
      const whole = 8;
      let best: bigint | undefined;
      const tryAll = (at: number, left: number, total: bigint): void => {
        if (at === paths.length) {
          if (left === 0 && (best === undefined || total > best)) best = total;
          return;
        }
        tryAll(at + 1, left, total);
        for (const [share, score] of paths[at] ?? []) if (share <= left) tryAll(at + 1, left - share, total + score);
      };
      tryAll(0, whole, 0n);
      const found = allocate(paths, whole);
      expect(found?.total).toBe(best);
      if (found === undefined) return;
      expect(found.shares.reduce((a, b) => a + b, 0)).toBe(whole);
      const worth = found.shares.reduce((sum, share, index) => sum + (paths[index]?.get(share) ?? 0n), 0n);
      expect(worth).toBe(found.total);
    }),
  );
});

test("behavior: independent sets have no conflict, cannot grow, and are all there", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 12 }),
      (n, pairs) => {
        const conflict = (a: number, b: number) =>
          pairs.some(([x, y]) => x !== y && ((x === a && y === b) || (x === b && y === a)));
        const sets = independentSets(n, conflict, 1000);
        const key = (set: readonly number[]) => [...set].sort().join();
        const expected = new Set<string>();
        for (let bits = 1; bits < 1 << n; bits++) {
          const set = Array.from({ length: n }, (_, i) => i).filter((i) => bits & (1 << i));
          const free = (i: number) => set.every((other) => other === i || !conflict(i, other));
          const others = Array.from({ length: n }, (_, i) => i).filter((i) => !set.includes(i));
          if (set.every(free) && !others.some(free)) expected.add(key(set));
        }
        expect(new Set(sets.map(key))).toEqual(expected);
        expect(sets.length).toBe(expected.size);
      },
    ),
  );
});
