/** A seeded source of numbers in [0, 1). */
export type Rng = () => number;

/** Mulberry32 (Tommy Ettinger, public domain): small, fast, the same on every machine. */
export function createRng(seed: number): Rng {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** An integer from `low` to `high`, both included. */
export function int(rng: Rng, low: number, high: number): number {
  return low + Math.floor(rng() * (high - low + 1));
}

/** True with probability `p`. */
export function chance(rng: Rng, p: number): boolean {
  return rng() < p;
}

/** One element, all equally likely. The list is never empty by construction of the grammars. */
export function pick<T>(rng: Rng, list: readonly T[]): T {
  return list[Math.floor(rng() * list.length)] as T;
}

/** One element of `[weight, value]` pairs. */
export function pickWeighted<T>(rng: Rng, list: readonly (readonly [number, T])[]): T {
  let total = 0;
  for (const [weight] of list) total += weight;
  let at = rng() * total;
  for (const [weight, value] of list) {
    at -= weight;
    if (at < 0) return value;
  }
  return (list[list.length - 1] as readonly [number, T])[1];
}

/** `count` different elements in random order. */
export function sample<T>(rng: Rng, list: readonly T[], count: number): T[] {
  const rest = [...list];
  const out: T[] = [];
  while (out.length < count && rest.length > 0) out.push(...rest.splice(Math.floor(rng() * rest.length), 1));
  return out;
}
