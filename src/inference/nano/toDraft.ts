import { ACTION_FIELDS, CONSTRAINT_FIELDS, type Field, QUESTION_FIELDS } from "../../understanding/draftShape.ts";
import { outputOf } from "../../understanding/resolveIntent.ts";
import type { Span } from "../../understanding/spans.ts";
import { amountOf, assetOf, bpsOf, dateOf, everyOf, numberOf, plainOf, targetsOf } from "./draftValues.ts";
import { Finder, UnreachableError } from "./spanFinder.ts";

type Value = Readonly<Record<string, unknown>>;

/** Writes the draft that a perfect model would give for a labelled request. @throws {UnreachableError} */
export function toDraft(label: Value, spans: readonly Span[], texts: readonly string[]): Value {
  const finder = new Finder(spans, texts);
  const kind = label.kind;
  if (kind === "act") {
    const actions = sequenceOf(list(label.actions), finder);
    return { kind, actions, constraints: constraintsOf(label.constraints, finder) };
  }
  if (kind === "ask") {
    const question: Record<string, unknown> = { kind, topic: label.topic };
    for (const field of QUESTION_FIELDS)
      question[field.key] = label[field.as] === undefined ? null : writeValue(field, label[field.as], finder);
    return question;
  }
  if (kind === "clarify") return { kind, missing: label.missing };
  if (kind === "control") return { kind, verb: label.verb };
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
  const type = String(action.type);
  const fields = ACTION_FIELDS.get(type);
  if (fields === undefined) throw new UnreachableError("type", type);
  if (type === "when") return whenOf(action, finder);
  const draft: Record<string, unknown> = { type };
  for (const field of fields) {
    const said = field.kind === "amountOrPair" ? (action.amounts ?? action.amount) : action[field.as];
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
  const condition = action.condition as Value;
  const type = String(condition.type);
  const asset = condition.asset === undefined ? null : assetOf(String(condition.asset), finder);
  const value =
    type === "time"
      ? dateOf(String(condition.value), finder)
      : numberOf("condition.value", String(condition.value), finder);
  return { type: "when", if: type, asset, value, then: sequenceOf(list(action.then), finder) };
}

function constraintsOf(said: unknown, finder: Finder): readonly Value[] {
  if (said === undefined) return [];
  const constraints = said as Value;
  const protocols = (constraints.protocols ?? {}) as Value;
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

function list(value: unknown): readonly Value[] {
  return Array.isArray(value) ? value : [];
}
