import type { Grounding } from "../domain/grounding.ts";
import { conditionTypes, type Intent, intentSchema } from "../domain/intent.ts";
import { ACTION_FIELDS, CONSTRAINT_FIELDS, type Field } from "./draftShape.ts";
import { fromDecimal, toDecimal } from "./rational.ts";
import {
  array,
  DraftInvalidError,
  ground,
  pick,
  type Resolving,
  resolveField,
  resolveNumber,
  single,
} from "./resolveField.ts";

/** What a draft's values are resolved against. */
export type Scope = Omit<Resolving, "path" | "asks" | "groundings">;

/** An intent and the owner's words behind its values. */
export type Resolved = { readonly intent: Intent; readonly groundings: readonly Grounding[] };

type Record_ = Readonly<Record<string, unknown>>;

/** Turns the `actions` and `constraints` of an untrusted draft into an intent. @throws {DraftInvalidError} */
export function resolveIntent(draft: Record_, scope: Scope): Resolved {
  const groundings: Grounding[] = [];
  const root: Resolving = { ...scope, groundings, path: "actions", asks: "action" };
  const actions = resolveSequence(array(draft.actions, root, 1, 8), root);
  const constraints = resolveConstraints(draft.constraints, root);
  const parsed = intentSchema.safeParse(constraints === undefined ? { actions } : { actions, constraints });
  if (!parsed.success)
    throw new DraftInvalidError(
      "action",
      parsed.error.issues
        .map((issue) => issue.message)
        .join("; ")
        .slice(0, 200),
    );
  return { intent: parsed.data, groundings };
}

/** Actions in order; each knows what the one before puts out. */
function resolveSequence(entries: readonly unknown[], at: Resolving): readonly Record_[] {
  let output: string | undefined;
  return entries.map((entry, index) => {
    const action = resolveAction(entry, { ...at, output, path: `${at.path}[${index}]`, asks: "action" });
    output = outputOf(action);
    return action;
  });
}

/** Asset in the wallet after an action: bought, withdrawn, borrowed; undefined where nothing comes out. */
export function outputOf(action: Record_): string | undefined {
  if (action.type === "unstake" && action.into === undefined) return "ETH";
  const key = action.type === "swap" ? "buy" : action.type === "stake" || action.type === "unstake" ? "into" : "asset";
  const asset = action[key];
  return typeof asset === "string" ? asset : undefined;
}

function resolveAction(entry: unknown, at: Resolving): Record_ {
  const draft = record(entry, at);
  const type = draft.type;
  const fields = typeof type === "string" ? ACTION_FIELDS.get(type) : undefined;
  if (fields === undefined) throw new DraftInvalidError("action", `${at.path}: unknown verb`);
  const unknown = Object.keys(draft).find((key) => key !== "type" && !fields.some((field) => field.key === key));
  if (unknown !== undefined) throw new DraftInvalidError("action", `${at.path}: unknown field ${unknown.slice(0, 40)}`);
  if (type === "when") return resolveWhen(draft, at);
  const action: Record<string, unknown> = { type };
  for (const field of fields) {
    const value = draft[field.key];
    const here = { ...at, path: `${at.path}.${field.as}`, asks: asksFor(field, at.asks) };
    if (value === undefined || value === null) {
      if (field.optional) continue;
      throw new DraftInvalidError(here.asks, `${here.path} is absent`);
    }
    Object.assign(action, resolvePublic(field, value, withCounterpart(field, draft, here)));
  }
  if (type === "earn") action.objective = "max-yield";
  return action;
}

/** The other side of a swap, for "wrapped" and "unwrapped"; resolved without recording words twice. */
function withCounterpart(field: Field, draft: Record_, at: Resolving): Resolving {
  const own = draft[field.key];
  if (field.kind !== "swapped" || (own !== "wrapped" && own !== "unwrapped")) return at;
  const other = draft[field.key === "sell" ? "buy" : "sell"];
  if (typeof other !== "string" || /wrapped$|^any:/.test(other)) return at;
  return { ...at, counterpart: String(resolveField({ kind: "asset" }, other, { ...at, groundings: [] })) };
}

/** One field of the draft as the keys of the public form. */
function resolvePublic(field: Field, value: unknown, at: Resolving): Record_ {
  if (field.kind === "then") return { [field.as]: resolveThen(value, at) };
  if (field.kind === "targets") return { [field.as]: resolveTargets(value, at) };
  if (field.kind !== "amountOrPair") return { [field.as]: resolveField(field, value, at) };
  if (!Array.isArray(value)) return { amount: resolveField({ kind: "amount" }, value, at) };
  return {
    amounts: array(value, at, 2, 2).map((entry, index) =>
      resolveField({ kind: "amount" }, entry, { ...at, path: at.path.replace(/amount$/, `amounts[${index}]`) }),
    ),
  };
}

function resolveThen(value: unknown, at: Resolving): readonly Record_[] {
  return resolveSequence(array(value, at, 1, 8), at);
}

function resolveWhen(draft: Record_, at: Resolving): Record_ {
  const type = conditionTypes.find((name) => name === draft.if);
  const path = `${at.path}.condition`;
  if (type === undefined) throw new DraftInvalidError("condition", `${path}: unknown condition`);
  const here = { ...at, asks: "condition" };
  const asset = draft.asset;
  const value = { ...here, path: `${path}.value` };
  return {
    type: "when",
    condition: {
      type,
      ...(asset === undefined || asset === null
        ? {}
        : { asset: resolveField({ kind: "asset" }, asset, { ...here, path: `${path}.asset` }) }),
      value: type === "time" ? moment(draft.value, value) : resolveNumber(draft.value, value, "plain"),
    },
    then: resolveThen(draft.then, { ...at, path: `${at.path}.then` }),
  };
}

/** A date, with the hour when the owner named exactly one. */
function moment(value: unknown, at: Resolving): string {
  const span = pick(value, at, ["date"]);
  const hours = [...at.spans.values()].flat().filter((one) => one.kind === "time" && one.owner);
  const [hour] = hours;
  const text =
    hours.length === 1 && hour !== undefined && !span.value.includes("T")
      ? `${span.value}T${hour.value}:00Z`
      : span.value;
  return ground(span, at, text);
}

/** Portfolio weights; "rest" is what is left of 100, "equal" the same share for each. */
function resolveTargets(value: unknown, at: Resolving): readonly Record_[] {
  const entries = array(value, at, 1, 8).map((entry, index) => {
    const here = { ...at, path: `${at.path}[${index}]` };
    const draft = record(entry, here);
    const asset = resolveField({ kind: "assetOrClass" }, draft.asset, {
      ...here,
      path: `${here.path}.asset`,
      asks: "asset",
    });
    const percent = draft.percent;
    const said =
      percent === "rest" || percent === "equal"
        ? percent
        : resolveNumber(percent, { ...here, path: `${here.path}.percent`, asks: "amount" }, "percent");
    return { asset, percent: said };
  });
  const total = entries
    .filter(({ percent }) => /^\d/.test(percent))
    .reduce((sum, { percent }) => sum + millionths(percent), 0n);
  return entries.map(({ asset, percent }) => {
    if (percent === "rest") return { asset, percent: decimal(100_000_000n - total, at) };
    if (percent === "equal") return { asset, percent: decimal(100_000_000n / BigInt(entries.length), at) };
    return { asset, percent };
  });
}

function millionths(text: string): bigint {
  const { over, under } = fromDecimal(text);
  return (over * 1_000_000n) / under;
}

function decimal(value: bigint, at: Resolving): string {
  if (value <= 0n) throw new DraftInvalidError("amount", `${at.path}: shares above 100`);
  return toDecimal({ over: value, under: 1_000_000n }, 6);
}

function resolveConstraints(value: unknown, at: Resolving): Record_ | undefined {
  if (value === undefined || value === null) return undefined;
  const constraints: Record<string, unknown> = {};
  const protocols: Record<string, unknown> = {};
  for (const entry of array(value, { ...at, path: "constraints" }, 0, 8)) {
    const [key, said] = single(entry, at);
    const field = CONSTRAINT_FIELDS.find((one) => one.key === key);
    if (field === undefined) throw new DraftInvalidError("condition", `constraints: unknown ${key.slice(0, 40)}`);
    const nested = field.kind === "protocols";
    const path = nested ? `constraints.protocols.${field.as}` : `constraints.${field.as}`;
    const target = nested ? protocols : constraints;
    const meant = nested ? ownersOwn(said, at) : said;
    if (meant !== undefined) target[field.as] = resolveField(field, meant, { ...at, path, asks: "condition" });
  }
  if (Object.keys(protocols).length > 0) constraints.protocols = protocols;
  return Object.keys(constraints).length === 0 ? undefined : constraints;
}

/** Venues that the owner named; one that only an assistant's summary named limits nothing (Reading 22). */
function ownersOwn(said: unknown, at: Resolving): unknown {
  if (!Array.isArray(said)) return said;
  const own = said.filter((ref) => !isAssistants(ref, at));
  return own.length === 0 && said.length > 0 ? undefined : own;
}

function isAssistants(ref: unknown, { spans }: Resolving): boolean {
  const found = typeof ref === "string" ? spans.get(ref) : undefined;
  return found !== undefined && found.length > 0 && found.every((span) => !span.owner);
}

/** The word of `missing` (intent.md, Reading 14) that asks for a field. */
function asksFor(field: Field, before: string): string {
  const direct: Readonly<Record<string, string>> = {
    sell: "sell",
    buy: "buy",
    source: "sell",
    asset: "asset",
    assets: "asset",
    into: "asset",
    amount: "amount",
    to: field.kind === "recipient" ? "to" : "protocol",
    protocol: "protocol",
    from: "protocol",
    spender: "spender",
    below: "below",
    target: "below",
    every: "every",
    until: "every",
    limit: "condition",
    fee: "protocol",
    budget: "amount",
    targets: "amount",
    using: "asset",
  };
  return direct[field.key] ?? before;
}

function record(value: unknown, at: Resolving): Record_ {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new DraftInvalidError("action", `${at.path} is no object`);
  return Object.fromEntries(Object.entries(value));
}
