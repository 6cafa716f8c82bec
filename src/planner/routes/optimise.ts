import type { SwapVenue } from "../../protocols/swapVenue.ts";
import type { Curves } from "./curves.ts";
import type { GasValue } from "./gasValue.ts";
import type { Candidate } from "./paths.ts";
import { type Allocation, allocate, independentSets, type Scores } from "./split.ts";

export type Share = { readonly candidate: Candidate; readonly percent: number };
export type Split = { readonly shares: readonly Share[]; readonly total: bigint };

type Scope = {
  readonly curves: Curves;
  readonly side: "sell" | "buy";
  /** undefined: gas cannot be valued, so splitting cannot be justified. */
  readonly gasValue: GasValue;
  /** Gas units that using a venue costs once: its base and the approval. */
  readonly venueGas: (venue: SwapVenue) => bigint;
};

const COARSE = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100] as const;
/** Paths kept for splitting, by what a tenth and by what the whole of the amount gets. */
const KEEP_BY_TENTH = 12;
const KEEP_BY_WHOLE = 3;
/** Sets of paths without a common pool that are compared, and refined to 1 %. */
const MOST_SETS = 64;
const REFINED_SETS = 2;
/** Shares tried around the last answer, in percent. */
const REFINEMENTS = [
  [-9, -6, -3, 0, 3, 6, 9],
  [-2, -1, 0, 1, 2],
] as const;
const ALL = Array.from({ length: 100 }, (_, index) => index + 1);
/** No further leg costs less gas than this. */
const LEAST_LEG_GAS = 60_000n;

/**
 * The split with the best value after gas, in steps of 1 %: coarse prices at 10 % steps choose among all sets of paths
 * without a common pool, the best sets are priced again around their answer, first at 3 %, then at 1 % steps.
 * undefined: nothing fills.
 */
export async function optimise(candidates: readonly Candidate[], scope: Scope): Promise<Split | undefined> {
  await scope.curves.ask(candidates.map((candidate) => ({ candidate, percents: [10, 100] })));
  const single = better(candidates.map((candidate) => solve([candidate], [100], scope)));
  if (scope.gasValue === undefined || (single && !mayPay(candidates, single, scope))) return single;
  const kept = shortlist(candidates.filter(mayHelp(single, scope)), scope);
  await scope.curves.ask(kept.map((candidate) => ({ candidate, percents: COARSE })));
  const sets = independentSets(kept.length, (a, b) => sharePool(kept[a], kept[b]), MOST_SETS);
  let best = sets
    .flatMap(
      (set) =>
        solve(
          set.flatMap((index) => kept[index] ?? []),
          COARSE,
          scope,
        ) ?? [],
    )
    .sort((a, b) => (a.total > b.total ? -1 : a.total < b.total ? 1 : 0))
    .slice(0, REFINED_SETS);
  for (const offsets of REFINEMENTS) best = await refine(best, offsets, scope);
  return better([...best, single]);
}

/** Around each answer; paths without a share may get a small one. Never worse than before: the answer stays priced. */
async function refine(splits: readonly Split[], offsets: readonly number[], scope: Scope): Promise<Split[]> {
  const windows = splits.map(({ shares }) =>
    shares.map(({ candidate, percent }) => ({
      candidate,
      percents: offsets.map((offset) => percent + offset).filter((share) => share >= 1 && share <= 100),
    })),
  );
  await scope.curves.ask(windows.flat());
  return splits.map(
    (split) =>
      better([
        split,
        solve(
          split.shares.map(({ candidate }) => candidate),
          ALL,
          scope,
        ),
      ]) ?? split,
  );
}

/** False when even the spot price of the best path, for all of the amount, would gain less than the gas of one more leg. */
function mayPay(candidates: readonly Candidate[], single: Split, scope: Scope): boolean {
  const whole = wholeOf(single, scope);
  if (whole === undefined) return true;
  const gains = candidates.flatMap((candidate) => {
    const spot = spotOf(candidate, scope);
    return spot === undefined ? [] : [scope.side === "sell" ? spot - whole : whole - spot];
  });
  const least = scope.gasValue?.(LEAST_LEG_GAS) ?? 0n;
  return gains.length === 0 || gains.some((gain) => gain >= least);
}

/**
 * Drops paths whose spot price is worse than what the best single path pays for its last unit: a share of theirs could
 * only lose. Marginal price = average² ÷ spot, as on a curve of constant product; 0.1 % of grace for other curves.
 */
function mayHelp(single: Split | undefined, scope: Scope): (candidate: Candidate) => boolean {
  const whole = wholeOf(single, scope);
  const chosen = single?.shares[0]?.candidate;
  const best = chosen && spotOf(chosen, scope);
  if (whole === undefined || best === undefined || best === 0n) return () => true;
  const last = (whole * whole) / best;
  return (candidate) => {
    const spot = spotOf(candidate, scope);
    if (spot === undefined) return true;
    return scope.side === "sell" ? spot * 1001n >= last * 1000n : spot * 1000n <= last * 1001n;
  };
}

const wholeOf = (single: Split | undefined, { curves }: Scope): bigint | undefined => {
  const candidate = single?.shares[0]?.candidate;
  return candidate && curves.at(candidate, 100)?.amount;
};

/** The whole amount at the path's price for the first unit, from a tenth and the whole (1 ÷ price is linear in size). */
function spotOf(candidate: Candidate, { curves }: Scope): bigint | undefined {
  const tenth = curves.at(candidate, 10)?.amount;
  const whole = curves.at(candidate, 100)?.amount;
  if (tenth === undefined || whole === undefined || whole <= tenth) return undefined;
  return (9n * tenth * whole) / (whole - tenth);
}

/** Exact best shares over the prices known, for every choice of venues (each venue costs its base gas once). */
function solve(set: readonly Candidate[], percents: readonly number[], scope: Scope): Split | undefined {
  const venues = [...new Set(set.map(({ venue }) => venue))];
  const answers = subsets(venues).map((allowed): Split | undefined => {
    const scores = set.map((candidate) =>
      allowed.includes(candidate.venue) ? scoresOf(candidate, percents, scope) : new Map<number, bigint>(),
    );
    const found: Allocation | undefined = allocate(scores, 100);
    if (found === undefined) return undefined;
    const base = allowed.reduce((gas, venue) => gas + scope.venueGas(venue), 0n);
    return {
      total: found.total - (scope.gasValue?.(base) ?? 0n),
      shares: set.map((candidate, index) => ({ candidate, percent: found.shares[index] ?? 0 })),
    };
  });
  return better(answers);
}

/** What each share is worth, gas of the leg taken off: positive amounts got, negative amounts paid. */
function scoresOf(candidate: Candidate, percents: readonly number[], scope: Scope): Scores {
  const scores = new Map<number, bigint>();
  for (const percent of percents) {
    const quote = scope.curves.at(candidate, percent);
    if (quote === undefined) continue;
    const worth = scope.side === "sell" ? quote.amount : -quote.amount;
    scores.set(percent, worth - (scope.gasValue?.(quote.gas) ?? 0n));
  }
  return scores;
}

function shortlist(candidates: readonly Candidate[], scope: Scope): readonly Candidate[] {
  const by = (percent: number, most: number) =>
    candidates
      .map((candidate) => ({ candidate, score: scoresOf(candidate, [percent], scope).get(percent) }))
      .filter((entry): entry is { candidate: Candidate; score: bigint } => entry.score !== undefined)
      .sort((a, b) => (a.score > b.score ? -1 : a.score < b.score ? 1 : 0))
      .slice(0, most)
      .map(({ candidate }) => candidate);
  return [...new Set([...by(10, KEEP_BY_TENTH), ...by(100, KEEP_BY_WHOLE)])];
}

function better(splits: readonly (Split | undefined)[]): Split | undefined {
  return splits.reduce((best, split) => (split && (!best || split.total > best.total) ? split : best), undefined);
}

function sharePool(a: Candidate | undefined, b: Candidate | undefined): boolean {
  const pools = new Set(a?.path.pools.map((pool) => pool.id.toLowerCase()));
  return b?.path.pools.some((pool) => pools.has(pool.id.toLowerCase())) ?? false;
}

/** Non-empty subsets; venues are few. */
function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  const masks = Array.from({ length: 2 ** items.length - 1 }, (_, index) => index + 1);
  return masks.map((mask) => items.filter((_, index) => (mask >> index) & 1));
}
