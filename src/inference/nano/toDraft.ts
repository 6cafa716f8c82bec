import { IntendantError } from "../../domain/error.ts";
import {
  ACTION_FIELDS,
  CONSTRAINT_FIELDS,
  COUNTED_PERIODS,
  type Field,
  PERIODS,
  QUESTION_FIELDS,
} from "../../understanding/draftShape.ts";
import { CHAIN_TOKEN, PROTOCOL_TOKEN } from "../../understanding/lexicon/protocols.ts";
import { fromDecimal, rational, times, toDecimal, toPercent } from "../../understanding/rational.ts";
import { outputOf } from "../../understanding/resolveIntent.ts";
import type { Span } from "../../understanding/spans.ts";

type Value = Readonly<Record<string, unknown>>;

/** Units of time and ordinal endings in the corpus's languages. */
const PERIOD_AFTER =
  /^[ -]?(hours?|hrs?|h\b|days?|d\b|weeks?|wks?|months?|minutes?|mins?|years?|st\b|nd\b|rd\b|th\b|er\b|º|ª|\.|tag|stund|woche|monat|minut|d[ií]as?|horas?|semanas?|mes|heures?|jours?|semaines?|mois|or[ea]\b|giorn|settiman|mes[ei]|saat|gün|hafta|ay\b|jam|hari|minggu|bulan|tanggal|час|дн|недел|месяц|числ|小时|个小时|天|周|个月|月|日|号|時間|か月|ヶ月|週)/;

/** Finds the span behind each value of a label; used references are remembered so that equal values go in order. */
class Finder {
  readonly spans: readonly Span[];
  readonly lastTurn: number;
  readonly used = new Set<string>();
  /** What the action before puts out. */
  output: string | undefined;

  readonly texts: readonly string[];

  constructor(spans: readonly Span[], texts: readonly string[]) {
    this.texts = texts;
    this.spans = spans.filter((span) => span.ref !== "");
    this.lastTurn = Math.max(-1, ...spans.filter((span) => span.owner).map((span) => span.turn));
  }

  /** True when the words after a number make it a count of time or a day of the month. */
  isPeriod(span: Span): boolean {
    return PERIOD_AFTER.test((this.texts[span.turn] ?? "").slice(span.end, span.end + 14).toLowerCase());
  }

  /** Latest owner's turn first, unused before used, in order of the text. */
  find(field: string, wanted: string, fits: (span: Span) => number): string {
    let best: Span | undefined;
    let score = 0;
    for (const span of this.spans) {
      const fit = fits(span);
      if (fit === 0) continue;
      const points = fit * 1000 + (span.owner ? 500 : 0) + (this.used.has(span.ref) ? 0 : 200) + span.turn * 2;
      if (points > score) {
        best = span;
        score = points;
      }
    }
    if (best === undefined) throw new UnreachableError(field, wanted);
    this.used.add(best.ref);
    return best.ref;
  }
}

/** Writes the draft that a perfect model would give for a labelled request. @throws {UnreachableError} */
export function toDraft(label: Value, spans: readonly Span[], texts: readonly string[]): Value {
  const finder = new Finder(spans, texts);
  const kind = label["kind"];
  if (kind === "act") {
    const actions = sequenceOf(list(label["actions"]), finder);
    return { kind, actions, constraints: constraintsOf(label["constraints"], finder) };
  }
  if (kind === "ask") {
    const question: Record<string, unknown> = { kind, topic: label["topic"] };
    for (const field of QUESTION_FIELDS)
      question[field.key] = label[field.as] === undefined ? null : writeValue(field, label[field.as], finder);
    return question;
  }
  if (kind === "clarify") return { kind, missing: label["missing"] };
  if (kind === "control") return { kind, verb: label["verb"] };
  if (kind === "refuse" || kind === "talk") return { kind };
  throw new UnreachableError("kind", String(kind));
}

function sequenceOf(actions: readonly Value[], finder: Finder): readonly Value[] {
  let output: string | undefined;
  return actions.map((action) => {
    finder.output = output;
    const draft = actionOf(action, finder);
    output = outputOf(action);
    return draft;
  });
}

function actionOf(action: Value, finder: Finder): Value {
  const type = String(action["type"]);
  const fields = ACTION_FIELDS.get(type);
  if (fields === undefined) throw new UnreachableError("type", type);
  if (type === "when") return whenOf(action, finder);
  const draft: Record<string, unknown> = { type };
  for (const field of fields) {
    const said = field.kind === "amountOrPair" ? (action["amounts"] ?? action["amount"]) : action[field.as];
    if (said === undefined && !field.optional) throw new UnreachableError(`${type}.${field.as}`, "absent in the label");
    draft[field.key] =
      said === undefined
        ? null
        : field.kind === "swapped"
          ? swappedOf(field, action, finder)
          : writeValue(field, said, finder);
  }
  const known = new Set(["type", "objective", "amounts", ...fields.map((field) => field.as)]);
  const extra = Object.keys(action).find((key) => !known.has(key));
  if (extra !== undefined) throw new UnreachableError(`${type}.${extra}`, "no such field in the draft");
  return draft;
}

const WRAPPED: Readonly<Record<string, readonly [from: string, draft: string]>> = {
  WETH: ["ETH", "wrapped"],
  wstETH: ["stETH", "wrapped"],
  ETH: ["WETH", "unwrapped"],
  stETH: ["wstETH", "unwrapped"],
};

/** A side of a swap; a wrapping that names one coin only says the other through it. */
function swappedOf(field: Field, action: Value, finder: Finder): string {
  const symbol = String(action[field.as]);
  try {
    return assetOf(symbol, finder);
  } catch (error) {
    const [from, word] = WRAPPED[symbol] ?? [];
    if (word === undefined || from !== action[field.key === "sell" ? "buy" : "sell"]) throw error;
    return word;
  }
}

function whenOf(action: Value, finder: Finder): Value {
  const condition = action["condition"] as Value;
  const type = String(condition["type"]);
  const asset = condition["asset"] === undefined ? null : assetOf(String(condition["asset"]), finder);
  const value =
    type === "time"
      ? dateOf(String(condition["value"]), finder)
      : numberOf("condition.value", String(condition["value"]), finder);
  return { type: "when", if: type, asset, value, then: sequenceOf(list(action["then"]), finder) };
}

function constraintsOf(said: unknown, finder: Finder): readonly Value[] {
  if (said === undefined) return [];
  const constraints = said as Value;
  const protocols = (constraints["protocols"] ?? {}) as Value;
  const known = new Set(["protocols", ...CONSTRAINT_FIELDS.map((field) => field.as)]);
  const extra = Object.keys(constraints).find((key) => !known.has(key));
  if (extra !== undefined) throw new UnreachableError(`constraints.${extra}`, "no such field in the draft");
  return CONSTRAINT_FIELDS.flatMap((field) => {
    const value = field.kind === "protocols" ? protocols[field.as] : constraints[field.as];
    return value === undefined ? [] : [{ [field.key]: writeValue(field, value, finder) }];
  });
}

function writeValue(field: Field, said: unknown, finder: Finder): unknown {
  switch (field.kind) {
    case "asset":
    case "assetOrClass":
      return assetOf(String(said), finder);
    case "pair":
    case "assets":
      return (Array.isArray(said) ? said : [said]).map((entry) => assetOf(String(entry), finder));
    case "amount":
      return amountOf(said as Value, finder);
    case "amountOrPair":
      return Array.isArray(said)
        ? said.map((entry) => amountOf(entry as Value, finder))
        : amountOf(said as Value, finder);
    case "number":
      return numberOf(field.as, String(said), finder);
    case "bps":
      return bpsOf(field.as, String(said), finder);
    case "recipient":
      return plainOf(field.as, String(said), ["address", "ens"], finder);
    case "spender":
      return plainOf(field.as, String(said), ["protocol", "address", "ens"], finder);
    case "protocol":
      return plainOf(field.as, String(said), ["protocol"], finder);
    case "protocols":
      return (said as readonly unknown[]).map((entry) => plainOf(field.as, String(entry), ["protocol"], finder));
    case "chain":
      return plainOf(field.as, String(said), ["chain"], finder);
    case "date":
      return dateOf(String(said), finder);
    case "every":
      return everyOf(String(said), finder);
    case "range": {
      const { lower, upper } = said as Value;
      return [numberOf("range", String(lower), finder), numberOf("range", String(upper), finder)];
    }
    case "targets":
      return targetsOf(list(said), finder);
    case "then":
      return sequenceOf(list(said), finder);
    default:
      return said;
  }
}

function assetOf(symbol: string, finder: Finder): string {
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

function amountOf(amount: Value, finder: Finder): unknown {
  const unit = String(amount["unit"]);
  const value = String(amount["value"]);
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
  const ref = finder.find("amount", `${value} ${unit}`, (span) => {
    if (!same(span, value) || (span.kind === "number" && span.unit !== undefined && span.unit !== "usd")) return 0;
    const money = span.unit === "usd";
    return money === usd ? 3 : 1;
  });
  return { [unit]: ref };
}

function numberOf(field: string, value: string, finder: Finder): string {
  return finder.find(field, value, (span) => (same(span, value) ? (span.kind === "number" ? 3 : 1) : 0));
}

function bpsOf(field: string, value: string, finder: Finder): string {
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

function plainOf(field: string, value: string, kinds: readonly Span["kind"][], finder: Finder): string {
  return finder.find(field, value.slice(0, 24), (span) =>
    kinds.includes(span.kind) && span.value.toLowerCase() === value.toLowerCase() ? 3 : 0,
  );
}

function dateOf(value: string, finder: Finder): string {
  return finder.find("date", value, (span) => (span.kind === "date" && value.startsWith(span.value) ? 3 : 0));
}

function everyOf(value: string, finder: Finder): unknown {
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

function targetsOf(targets: readonly Value[], finder: Finder): readonly Value[] {
  const equal = targets.every((target) => target["percent"] === targets[0]?.["percent"]);
  const written = targets.map((target) => {
    const percent = String(target["percent"]);
    const asset = assetOf(String(target["asset"]), finder);
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
  const [over = "0", under = "1"] = share.split("/");
  return toPercent(rational(BigInt(over), BigInt(under)));
}

function same(span: Span, value: string): boolean {
  if (span.kind === "number") return span.letter === "" && span.value === value;
  if (span.kind !== "fraction") return false;
  const [over = "0", under = "1"] = span.value.split("/");
  return toDecimal(rational(BigInt(over), BigInt(under))) === value;
}

function list(value: unknown): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

/** A value of a label that no span of the text carries. */
export class UnreachableError extends IntendantError {
  readonly code = "label_unreachable";
  readonly field: string;

  constructor(field: string, wanted: string) {
    super("Mend the label or teach the masker this spelling.", { facts: [`${field} = ${wanted}`] });
    this.field = field;
  }
}
