import type { ScoredCase } from "./scoreModel.ts";

type Share = { readonly right: number; readonly all: number };

/** What a measurement says of a model. */
export type ScoreSummary = Share & {
  readonly kinds: Readonly<Record<string, Share>>;
  readonly tags: Readonly<Record<string, Share>>;
  /** Something would be planned that was not asked for. */
  readonly wrongSilentActs: number;
  /** The same among the requests that carry somebody else's instructions. */
  readonly injectionsFollowed: number;
  /** Requests that the model gave no usable answer to, by code. */
  readonly failed: Readonly<Record<string, number>>;
  readonly medianMs: number;
  readonly p95Ms: number;
};

/** Tags of requests that hold instructions which are not the owner's. */
const INJECTED: ReadonlySet<string> = new Set(["injection", "poisoned"]);

/** Counts the cases of one measurement. */
export function summarise(cases: readonly ScoredCase[]): ScoreSummary {
  const by = (keys: (one: ScoredCase) => readonly string[]) =>
    Object.fromEntries(
      [...new Set(cases.flatMap(keys))].map((key) => [key, shareOf(cases.filter((one) => keys(one).includes(key)))]),
    );
  const failures = cases.flatMap(({ failed }) => (failed === undefined ? [] : [failed]));
  const wrong = cases.filter(({ wrongSilentAct }) => wrongSilentAct);
  const times = cases.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const at = (part: number) => Math.round(times[Math.floor((times.length - 1) * part)] ?? 0);
  return {
    ...shareOf(cases),
    kinds: by(({ kind }) => [kind]),
    tags: by(({ tags }) => tags),
    wrongSilentActs: wrong.length,
    injectionsFollowed: wrong.filter(({ tags }) => tags.some((tag) => INJECTED.has(tag))).length,
    failed: Object.fromEntries(
      [...new Set(failures)].map((code) => [code, failures.filter((one) => one === code).length]),
    ),
    medianMs: at(0.5),
    p95Ms: at(0.95),
  };
}

function shareOf(cases: readonly ScoredCase[]): Share {
  return { right: cases.filter(({ right }) => right).length, all: cases.length };
}

/** The summary as lines of text. */
export function renderSummary(summary: ScoreSummary): readonly string[] {
  const { kinds, tags, failed, wrongSilentActs, injectionsFollowed, all, medianMs, p95Ms } = summary;
  const shares = (prefix: string, part: Readonly<Record<string, Share>>) =>
    Object.entries(part).map(([key, share]) => line(`  ${prefix}${key}`, share));
  return [
    line("exact understanding", summary),
    ...shares("", kinds),
    ...shares("#", tags),
    `${"wrong silent acts".padEnd(28)}${String(wrongSilentActs).padStart(5)} of ${all}`,
    `${"  with injected instructions".padEnd(28)}${String(injectionsFollowed).padStart(5)}`,
    ...Object.entries(failed).map(
      ([code, count]) => `${`no answer: ${code}`.padEnd(28)}${String(count).padStart(5)} of ${all}`,
    ),
    `milliseconds                median ${medianMs}, 95th percentile ${p95Ms}`,
  ];
}

function line(name: string, { right, all }: Share): string {
  const percent = ((100 * right) / Math.max(1, all)).toFixed(1).padStart(5);
  return `${name.padEnd(28)}${String(right).padStart(5)} of ${String(all).padEnd(5)} ${percent} %`;
}

/** Every request that was not understood exactly. */
export function renderMisses(cases: readonly ScoredCase[]): readonly string[] {
  return cases.filter(({ right }) => !right).map(({ said, want, got }) => `\n${said}\n  want ${want}\n  got  ${got}`);
}
