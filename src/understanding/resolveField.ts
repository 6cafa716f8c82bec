import { IntendantError } from "../domain/error.ts";
import type { Grounding } from "../domain/grounding.ts";
import { guardUnit } from "./amountGuards.ts";
import { COUNTED_PERIODS, type Field, type FieldKind, PERIODS } from "./draftShape.ts";
import { CHAIN_TOKEN, PROTOCOL_TOKEN } from "./lexicon/protocols.ts";
import { fromDecimal, fromShare, rational, times, toDecimal, toPercent } from "./rational.ts";
import { resolveScaled } from "./resolveScaled.ts";
import type { Span } from "./spans.ts";

/** Everything a field needs: spans by reference, and where its proof of words goes. */
export type Resolving = {
  readonly spans: ReadonlyMap<string, readonly Span[]>;
  readonly groundings: Grounding[];
  /** The owner's whole last message: what grounds a token that an assistant offered and the owner picked. */
  readonly lastTurn: { readonly turn: number; readonly text: string };
  /** The other asset of a swap, and the asset that the action before puts out: for "wrapped", "unwrapped", "previous". */
  readonly counterpart?: string | undefined;
  readonly output?: string | undefined;
  /** Path of the field, for the grounding. */
  readonly path: string;
  /** Name of the missing field to ask for when the value cannot be had. */
  readonly asks: string;
};

type Resolver = (value: unknown, at: Resolving) => unknown;

const SIMPLE: Readonly<Partial<Record<FieldKind, readonly unknown[]>>> = {
  side: ["sell", "buy"],
  boolean: [true, false],
  risk: ["low", "medium", "high"],
};

const RESOLVERS: Readonly<Partial<Record<FieldKind, Resolver>>> = {
  asset: resolveAsset,
  swapped: (value, at) => (value === "any:stablecoin" ? value : resolveAsset(value, at)),
  assetOrClass: (value, at) => (value === "any:stablecoin" ? value : resolveAsset(value, at)),
  amount: resolveAmount,
  number: (value, at) => resolveNumber(value, at, "plain"),
  bps: (value, at) => resolveNumber(value, at, "bps"),
  recipient: (value, at) => ground(pick(value, at, ["address", "ens"]), at),
  spender: (value, at) => ground(pick(value, at, ["protocol", "address", "ens"]), at),
  protocol: (value, at) => ground(pick(value, at, ["protocol"]), at),
  chain: (value, at) => ground(pick(value, at, ["chain"]), at),
  date: (value, at) => ground(pick(value, at, ["date"]), at),
  every: resolveEvery,
  pair: (value, at) => array(value, at, 2, 2).map((entry) => resolveAsset(entry, at)),
  assets: (value, at) =>
    array(value, at, 1, 8).map((entry) => (entry === "any:stablecoin" ? entry : resolveAsset(entry, at))),
  protocols: (value, at) => array(value, at, 1, 6).map((entry) => ground(pick(entry, at, ["protocol"]), at)),
  range: resolveRange,
};

/** Resolves one field of an untrusted draft to its public value. @throws {DraftInvalidError} */
export function resolveField(field: Pick<Field, "kind">, value: unknown, at: Resolving): unknown {
  const simple = SIMPLE[field.kind];
  if (simple !== undefined) {
    if (!simple.includes(value)) throw invalid(at, `${show(value)} is not one of ${simple.join(", ")}`);
    return value;
  }
  const resolver = RESOLVERS[field.kind];
  if (resolver === undefined) throw invalid(at, `no reading for ${field.kind}`);
  return resolver(value, at);
}

/** The span behind a reference of one of the given kinds; the owner's latest wording of it. */
export function pick(value: unknown, at: Resolving, kinds: readonly Span["kind"][]): Span {
  const all = typeof value === "string" ? at.spans.get(value) : undefined;
  if (all === undefined) throw invalid(at, `${show(value)} points at nothing`);
  const span = all.findLast((one) => one.owner) ?? all.at(-1);
  if (span === undefined || !kinds.includes(span.kind))
    throw invalid(at, `${show(value)} is not a ${kinds.join(" or ")}`);
  return span;
}

/** Records which of the owner's words stand behind a value, and returns the value. */
export function ground(span: Span, at: Resolving, value: string = span.value): string {
  const { groundings, lastTurn, path } = at;
  groundings.push(
    span.owner
      ? { field: path, value, turn: span.turn, start: span.start, end: span.end, text: span.text }
      : { field: path, value, turn: lastTurn.turn, start: 0, end: lastTurn.text.length, text: lastTurn.text },
  );
  return value;
}

/** Wrapping pairs, unwrapped to wrapped (Reading 8). */
const WRAPPED: readonly (readonly [string, string])[] = [
  ["ETH", "WETH"],
  ["stETH", "wstETH"],
];

/** An asset that the words name only through another one; its grounding is that other one's. */
function resolveImplied(value: string, at: Resolving): string {
  const { counterpart, output } = at;
  const implied =
    value === "previous"
      ? output
      : WRAPPED.map(([plain, wrapped]) => (value === "wrapped" ? [plain, wrapped] : [wrapped, plain])).find(
          ([from]) => from === counterpart,
        )?.[1];
  if (implied === undefined) throw invalid(at, `nothing that "${value}" could name`);
  return implied;
}

function resolveAsset(value: unknown, at: Resolving): string {
  if (value === "wrapped" || value === "unwrapped" || value === "previous") return resolveImplied(value, at);
  const span = pick(value, at, ["token", "protocol", "chain", "address"]);
  if (span.letter === "q") throw new LookAlikeError(at.asks, span.text);
  if (span.kind === "token") return ground(span, at);
  if (span.kind === "address") {
    if (span.letter === "z" || span.letter === "x") throw invalid(at, "an address that is no token");
    return ground(span, at);
  }
  const symbol = span.kind === "protocol" ? PROTOCOL_TOKEN[span.value] : CHAIN_TOKEN[span.value];
  if (symbol === undefined) throw invalid(at, `${span.value} has no token of its own`);
  return ground(span, at, symbol);
}

/** Exact value of a number or fraction span. "bps" turns percent into basis points; "percent" turns shares into percent. */
export function resolveNumber(value: unknown, at: Resolving, as: "plain" | "bps" | "percent"): string {
  const span = pick(value, at, ["number", "fraction"]);
  if (!span.owner) throw new NotOwnersWordsError(at.asks, span.text);
  if (span.letter === "v") throw new UncertainNumberError(at.asks, span.text);
  const exact = span.kind === "fraction" ? fromShare(span.value) : fromDecimal(span.value);
  if (as === "percent" && span.kind === "fraction") return ground(span, at, toPercent(exact));
  if (as === "bps" && span.unit !== "bps") return ground(span, at, toDecimal(times(exact, rational(100))));
  return ground(span, at, toDecimal(exact));
}

function resolveAmount(value: unknown, at: Resolving): { readonly unit: string; readonly value?: string } {
  if (value === "all" || value === "previous") return { unit: value };
  const [unit, ref] = single(value, at);
  const scaled = resolveScaled(unit, ref, at);
  if (scaled !== undefined) return scaled;
  if (unit !== "token" && unit !== "usd" && unit !== "percent" && unit !== "health") throw invalid(at, `unit ${unit}`);
  guardUnit(unit, pick(ref, at, ["number", "fraction"]), at);
  const public_ = unit === "health" ? "health-factor" : unit;
  return { unit: public_, value: resolveNumber(ref, at, unit === "percent" ? "percent" : "plain") };
}

function resolveEvery(value: unknown, at: Resolving): string {
  if (typeof value === "string" && PERIODS.some((period) => period === value)) return value;
  const [unit, ref] = single(value, at);
  if (unit === "at" || unit === "weekdays") {
    const [hour = "0", minute = "0"] = ground(pick(ref, at, ["time"]), at)
      .split(":")
      .map((part) => String(Number(part)));
    return `${minute} ${hour} * * ${unit === "at" ? "*" : "1-5"}`;
  }
  const template = COUNTED_PERIODS[unit];
  if (template === undefined) throw invalid(at, `period ${unit}`);
  const count = resolveNumber(ref, at, "plain");
  if (!/^[1-9]\d{0,3}$/.test(count) || (unit === "monthday" && Number(count) > 31))
    throw invalid(at, `period of ${count}`);
  return `${template[0]}${count}${template[1]}`;
}

function resolveRange(value: unknown, at: Resolving): { readonly lower: string; readonly upper: string } {
  const [a, b] = array(value, at, 2, 2);
  return { lower: resolveNumber(a, at, "plain"), upper: resolveNumber(b, at, "plain") };
}

/** The one entry of an object with exactly one key. */
export function single(value: unknown, at: Resolving): readonly [string, unknown] {
  const entries = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) throw invalid(at, `${show(value)} is not one of the known forms`);
  return entry;
}

/** An untrusted array within bounds. */
export function array(value: unknown, at: Resolving, least: number, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length < least || value.length > most)
    throw invalid(at, `${show(value)} is no list of ${least} to ${most}`);
  return value;
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 60);
}

function invalid(at: Resolving, fact: string): DraftInvalidError {
  return new DraftInvalidError(at.asks, `${at.path}: ${fact}`);
}

/** A draft that cannot be turned into an intent: the field to ask the owner for, and why. */
export class DraftInvalidError extends IntendantError {
  override readonly code: string = "draft_invalid";
  readonly asks: string;
  /** Why, in words for the owner; empty where the question alone says it. */
  readonly reason: string;

  constructor(asks: string, fact: string, reason = "") {
    super(reason === "" ? "The wish was not understood; say it again with the missing part." : reason, {
      facts: [fact],
    });
    this.asks = asks;
    this.reason = reason;
  }
}

/** A symbol that imitates a listed one (Reading 12). */
export class LookAlikeError extends DraftInvalidError {
  override readonly code = "look_alike_symbol";

  constructor(asks: string, text: string) {
    super(asks, text, `"${text}" imitates a listed symbol; name the token again.`);
  }
}

/** "1.500" in an English sentence (Reading 13). */
export class UncertainNumberError extends DraftInvalidError {
  override readonly code = "uncertain_number";

  constructor(asks: string, text: string) {
    super(asks, text, `"${text}" can be read in two ways; write the number without a thousands mark.`);
  }
}

/** A value that only an assistant's turn brought in (Reading 3). */
export class NotOwnersWordsError extends DraftInvalidError {
  override readonly code = "not_owners_words";

  constructor(asks: string, text: string) {
    super(asks, text, `"${text}" was not said by you; say it yourself.`);
  }
}
