import { COUNTED_PERIODS, PERIODS } from "../../understanding/draftShape.ts";
import { CHAIN_TOKEN, PROTOCOL_TOKEN } from "../../understanding/lexicon/protocols.ts";
import {
  fromDecimal,
  fromShare,
  plus,
  type Rational,
  rational,
  times,
  toDecimal,
  toPercent,
} from "../../understanding/rational.ts";
import { FACTORS } from "../../understanding/resolveScaled.ts";
import type { Span } from "../../understanding/spans.ts";
import { type Finder, UnreachableError } from "./spanFinder.ts";

type Value = Readonly<Record<string, unknown>>;

/** Reference of an asset: its own name first, then what the action before puts out. @throws {UnreachableError} */
export function assetOf(symbol: string, finder: Finder): string {
  if (symbol === "any:stablecoin") return symbol;
  const named = finder.spans.some((span) => span.value.toLowerCase() === symbol.toLowerCase());
  if (!named && finder.output === symbol) return "previous";
  return finder.find("asset", symbol, (span) => {
    if (span.kind === "token" && span.letter !== "q" && span.value.toLowerCase() === symbol.toLowerCase()) return 3;
    if (span.kind === "address" && span.value.toLowerCase() === symbol.toLowerCase()) return 2;
    if (span.kind === "protocol" && PROTOCOL_TOKEN[span.value] === symbol) return 1;
    return span.kind === "chain" && CHAIN_TOKEN[span.value] === symbol ? 1 : 0;
  });
}

/** Draft form of an amount; a number beside another measure is never taken. @throws {UnreachableError} */
export function amountOf(amount: Value, finder: Finder): unknown {
  const unit = String(amount.unit);
  const value = String(amount.value);
  if (unit === "all" || unit === "previous") return unit;
  if (unit === "health-factor") return { health: numberOf("amount", value, finder) };
  if (unit === "percent") {
    return {
      percent: finder.find("amount", `${value} %`, (span) => {
        if (span.kind === "fraction" && percentOf(span.value) === value) return 3;
        return span.kind === "number" && same(span, value) ? (span.unit === "percent" ? 3 : 1) : 0;
      }),
    };
  }
  const usd = unit === "usd";
  const fits = (span: Span): number => {
    if (!same(span, value) || (span.kind === "number" && span.unit !== undefined && span.unit !== "usd")) return 0;
    const money = span.unit === "usd";
    return money === usd ? 3 : 1;
  };
  if (!finder.spans.some((span) => fits(span) > 0)) {
    const scaled = scaledOf(value, usd, finder);
    if (scaled !== undefined) return scaled;
  }
  return { [unit]: finder.find("amount", `${value} ${unit}`, fits) };
}

/** An amount that the last message makes of an earlier number: "double it", "half of that", "another 500". */
function scaledOf(value: string, usd: boolean, finder: Finder): unknown {
  const lastTurn = finder.texts.length - 1;
  const last = finder.texts[lastTurn] ?? "";
  const wanted = fromDecimal(value);
  const own = finder.spans.filter((span) => span.owner && (span.kind === "number" || span.kind === "fraction"));
  const bases = own.filter((span) => span.turn < lastTurn && span.kind === "number" && (span.unit === "usd") === usd);
  for (const base of bases.reverse()) {
    for (const [form, { factor, cue }] of Object.entries(FACTORS))
      if (cue.test(last) && equal(times(fromDecimal(base.value), factor), wanted)) return { [form]: base.ref };
    for (const change of own.filter((span) => span.turn === lastTurn)) {
      const exact = change.kind === "number" ? fromDecimal(change.value) : fromShare(change.value);
      const part = change.kind === "number" && change.unit === "percent" ? times(exact, rational(1n, 100n)) : exact;
      if (
        (change.kind === "fraction" || change.unit === "percent") &&
        equal(times(fromDecimal(base.value), part), wanted)
      )
        return { share: [change.ref, base.ref] };
      const known = fromDecimal(base.value);
      if (equal(plus(known, exact), wanted)) return { add: [base.ref, change.ref] };
      if (equal(plus(wanted, exact), known)) return { less: [base.ref, change.ref] };
    }
  }
  return undefined;
}

function equal(a: Rational, b: Rational): boolean {
  return a.over * b.under === b.over * a.under;
}

/** Reference of a plain number. @throws {UnreachableError} */
export function numberOf(field: string, value: string, finder: Finder): string {
  return finder.find(field, value, (span) => (same(span, value) ? (span.kind === "number" ? 3 : 1) : 0));
}

/** Reference of a number in basis points, or of the percent it equals. @throws {UnreachableError} */
export function bpsOf(field: string, value: string, finder: Finder): string {
  return finder.find(field, `${value} bps`, (span) => {
    if (span.kind !== "number") return 0;
    return span.unit === "bps"
      ? same(span, value)
        ? 3
        : 0
      : toDecimal(times(fromDecimal(span.value), rational(100))) === value
        ? 2
        : 0;
  });
}

/** Reference of a name or an address. @throws {UnreachableError} */
export function plainOf(field: string, value: string, kinds: readonly Span["kind"][], finder: Finder): string {
  return finder.find(field, value.slice(0, 24), (span) =>
    kinds.includes(span.kind) && span.value.toLowerCase() === value.toLowerCase() ? 3 : 0,
  );
}

/** Reference of a date. @throws {UnreachableError} */
export function dateOf(value: string, finder: Finder): string {
  return finder.find("date", value, (span) => (span.kind === "date" && value.startsWith(span.value) ? 3 : 0));
}

/** Draft form of a period. @throws {UnreachableError} */
export function everyOf(value: string, finder: Finder): unknown {
  for (const [unit, [before, after]] of Object.entries(COUNTED_PERIODS)) {
    const count =
      value.startsWith(before) && value.endsWith(after) ? value.slice(before.length, value.length - after.length) : "";
    if (!/^\d+$/.test(count)) continue;
    // A number is the period's only where a unit of time or an ordinal ending follows it.
    const counted = finder.spans.some((span) => same(span, count) && finder.isPeriod(span));
    if (!counted && !PERIODS.some((period) => period === value)) return { [unit]: numberOf("every", count, finder) };
    if (counted)
      return { [unit]: finder.find("every", count, (span) => (same(span, count) && finder.isPeriod(span) ? 3 : 0)) };
  }
  if (PERIODS.some((period) => period === value)) return value;
  const clock = /^(\d+) (\d+) \* \* (\*|1-5)$/.exec(value);
  if (clock === null) throw new UnreachableError("every", value);
  const wanted = `${String(clock[2]).padStart(2, "0")}:${String(clock[1]).padStart(2, "0")}`;
  const ref = finder.find("every", value, (span) => (span.kind === "time" && span.value === wanted ? 3 : 0));
  return clock[3] === "*" ? { at: ref } : { weekdays: ref };
}

/** Draft form of portfolio weights. @throws {UnreachableError} */
export function targetsOf(targets: readonly Value[], finder: Finder): readonly Value[] {
  const equal = targets.every((target) => target.percent === targets[0]?.percent);
  const written = targets.map((target) => {
    const percent = String(target.percent);
    const asset = assetOf(String(target.asset), finder);
    try {
      const ref = finder.find("percent", percent, (span) => {
        if (span.kind === "fraction" && percentOf(span.value) === percent) return 3;
        return span.kind === "number" && same(span, percent) ? 2 : 0;
      });
      return { asset, percent: ref };
    } catch {
      return { asset, percent: undefined };
    }
  });
  const unsaid = written.filter((target) => target.percent === undefined).length;
  if (unsaid > 1 && !(equal && unsaid === targets.length))
    throw new UnreachableError("targets", JSON.stringify(targets).slice(0, 60));
  const rest = unsaid === targets.length && unsaid > 1 ? "equal" : "rest";
  return written.map(({ asset, percent }) => ({ asset, percent: percent ?? rest }));
}

function percentOf(share: string): string {
  return toPercent(fromShare(share));
}

function same(span: Span, value: string): boolean {
  if (span.kind === "number") return span.letter === "" && span.value === value;
  if (span.kind !== "fraction") return false;
  return toDecimal(fromShare(span.value)) === value;
}
