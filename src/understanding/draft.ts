import { conditionTypes, controlVerbs, missingFields, questionTopics } from "../domain/intent.ts";
import {
  ACTION_FIELDS,
  CONSTRAINT_FIELDS,
  COUNTED_PERIODS,
  type Field,
  PERIODS,
  QUESTION_FIELDS,
} from "./draftShape.ts";
import { FACTORS, PAIRS } from "./resolveScaled.ts";

/** JSON Schema in the subset that the grammar builder enforces: const, enum, oneOf, object with all keys, array. */
export type DraftSchema =
  | { readonly const: string | null }
  | { readonly enum: readonly (string | null | boolean)[] }
  | { readonly type: "string" | "boolean" }
  | { readonly oneOf: readonly DraftSchema[] }
  | {
      readonly type: "object";
      readonly properties: Readonly<Record<string, DraftSchema>>;
      readonly required: readonly string[];
      readonly additionalProperties: false;
    }
  | { readonly type: "array"; readonly items: DraftSchema; readonly minItems: number; readonly maxItems: number }
  | { readonly $ref: string };

/** Schema at the root, with the definitions it refers to. */
export type RootDraftSchema = DraftSchema & { readonly $defs: Readonly<Record<string, DraftSchema>> };

/** Highest index of a reference of each kind that the grammar knows; more spans than these cannot be pointed at. */
const HIGHEST = { N: 24, F: 8, T: 16, A: 6, E: 6, P: 8, C: 4, D: 4, X: 4 } as const;

const refs = (...heads: readonly (keyof typeof HIGHEST)[]): readonly string[] =>
  heads.flatMap((head) => Array.from({ length: HIGHEST[head] }, (_, index) => `${head}${index + 1}`));
const def = (name: string): DraftSchema => ({ $ref: `#/$defs/${name}` });
const object = (properties: Readonly<Record<string, DraftSchema>>): DraftSchema => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const list = (items: DraftSchema, minItems: number, maxItems: number): DraftSchema => ({
  type: "array",
  items,
  minItems,
  maxItems,
});
const orNull = (schema: DraftSchema): DraftSchema => ({ oneOf: [schema, { const: null }] });

const DEFINITIONS: Readonly<Record<string, DraftSchema>> = {
  asset: { enum: [...refs("T", "P", "C", "A"), "previous"] },
  swapped: { enum: [...refs("T", "P", "C", "A"), "previous", "wrapped", "unwrapped", "any:stablecoin"] },
  assetOrClass: { enum: [...refs("T", "P", "C", "A"), "previous", "any:stablecoin"] },
  number: { enum: refs("N", "F") },
  bps: { enum: refs("N", "F") },
  recipient: { enum: refs("A", "E") },
  spender: { enum: refs("P", "A", "E") },
  protocol: { enum: refs("P") },
  chain: { enum: refs("C") },
  date: { enum: refs("D") },
  side: { enum: ["sell", "buy"] },
  boolean: { enum: [true, false] },
  risk: { enum: ["low", "medium", "high"] },
  condition: { enum: conditionTypes },
  conditionValue: { enum: refs("N", "F", "D") },
  amount: {
    oneOf: [
      { enum: ["all", "previous"] },
      ...["token", "usd", "percent", "health", ...Object.keys(FACTORS)].map((unit) =>
        object({ [unit]: def("number") }),
      ),
      ...PAIRS.map((form) => object({ [form]: list(def("number"), 2, 2) })),
    ],
  },
  amountOrPair: { oneOf: [def("amount"), list(def("amount"), 2, 2)] },
  every: {
    oneOf: [
      { enum: PERIODS },
      ...Object.keys(COUNTED_PERIODS).map((unit) => object({ [unit]: def("number") })),
      object({ at: { enum: refs("X") } }),
      object({ weekdays: { enum: refs("X") } }),
    ],
  },
  pair: list(def("asset"), 2, 2),
  assets: list(def("assetOrClass"), 1, 8),
  protocols: list(def("protocol"), 1, 6),
  range: list(def("number"), 2, 2),
  targets: list(object({ asset: def("asset"), percent: { enum: [...refs("N", "F"), "rest", "equal"] } }), 1, 8),
  simple: { oneOf: [...ACTION_FIELDS].filter(([type]) => type !== "recur" && type !== "when").map(action) },
  then: list(def("simple"), 1, 8),
  action: { oneOf: [...ACTION_FIELDS].map(action) },
};

function action([type, fields]: readonly [string, readonly Field[]]): DraftSchema {
  return object({ type: { const: type }, ...Object.fromEntries(fields.map(property)) });
}

function property(field: Field): [string, DraftSchema] {
  return [field.key, field.optional ? orNull(def(field.kind)) : def(field.kind)];
}

/**
 * JSON Schema of the draft: what a model may write. Every key is always present; null means "not said". Values are
 * references to masks, enums or constants, so a model cannot write an address, a number or a symbol of its own.
 */
export const draftJsonSchema: RootDraftSchema = {
  $defs: DEFINITIONS,
  oneOf: [
    object({
      kind: { const: "act" },
      actions: list(def("action"), 1, 8),
      constraints: list(
        { oneOf: CONSTRAINT_FIELDS.map((field) => object(Object.fromEntries([property(field)]))) },
        0,
        8,
      ),
    }),
    object({
      kind: { const: "ask" },
      topic: { enum: questionTopics },
      ...Object.fromEntries(QUESTION_FIELDS.map(property)),
    }),
    object({ kind: { const: "clarify" }, missing: list({ enum: missingFields }, 1, 4) }),
    object({ kind: { const: "control" }, verb: { enum: controlVerbs } }),
    object({ kind: { const: "refuse" } }),
    object({ kind: { const: "talk" } }),
  ],
};
