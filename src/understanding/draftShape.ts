/** How a field of the draft is spelt and resolved. */
export type FieldKind =
  | "asset"
  | "swapped"
  | "assetOrClass"
  | "amount"
  | "amountOrPair"
  | "number"
  | "bps"
  | "recipient"
  | "spender"
  | "protocol"
  | "chain"
  | "date"
  | "every"
  | "side"
  | "boolean"
  | "risk"
  | "pair"
  | "assets"
  | "protocols"
  | "range"
  | "targets"
  | "condition"
  | "conditionValue"
  | "then";

export type Field = {
  /** Key in the draft. */
  readonly key: string;
  /** Key in the public form. */
  readonly as: string;
  readonly kind: FieldKind;
  /** True where null ("not said") is allowed. */
  readonly optional: boolean;
};

/** "key:kind" or "key:kind:publicKey"; a "?" after the kind allows null. Order is the order in the draft. */
const SHAPES = {
  swap: "sell:swapped buy:swapped amount:amount side:side limit:number?:limitPrice",
  transfer: "asset:asset amount:amount to:recipient",
  earn: "source:asset asset:assetOrClass amount:amount",
  supply: "asset:asset amount:amount protocol:protocol?",
  withdraw: "asset:asset amount:amount protocol:protocol?",
  borrow: "asset:asset amount:amount protocol:protocol?",
  repay: "asset:asset amount:amount protocol:protocol?",
  "set-collateral": "asset:asset enabled:boolean protocol:protocol?",
  stake: "asset:asset amount:amount into:asset?",
  unstake: "asset:asset amount:amount into:asset?",
  "add-liquidity": "assets:pair amount:amountOrPair fee:bps?:feeBps range:range?",
  "remove-liquidity": "assets:pair amount:amountOrPair fee:bps?:feeBps range:range?",
  approve: "asset:asset spender:spender amount:amount?",
  revoke: "asset:asset spender:spender",
  allocate: "targets:targets drift:number?:driftPercent every:every?",
  move: "asset:asset amount:amount from:protocol? to:protocol?",
  bridge: "asset:asset amount:amount chain:chain:toChain",
  protect: "protocol:protocol? below:number target:number? using:assets? budget:amount?",
  optimize: "assets:assets every:every? gain:bps?:minGainBps risk:risk? protocols:protocols?",
  recur: "every:every then:then until:date?",
  when: "if:condition asset:asset? value:conditionValue then:then",
  notify: "",
} as const;

export type DraftActionType = keyof typeof SHAPES;

/** Fields of every action of the draft, in the order in which they are written. */
export const ACTION_FIELDS: ReadonlyMap<string, readonly Field[]> = new Map(
  Object.entries(SHAPES).map(([type, shape]) => [type, parse(shape)]),
);

/** Constraints of the draft: a list of objects with one key each, in this order. */
export const CONSTRAINT_FIELDS: readonly Field[] = parse(
  "slippage:bps:maxSlippageBps gas:number:maxGasUsd receive:number:minReceive allow:protocols deny:protocols chain:chain deadline:date risk:risk",
);

/** Fields of a question. */
export const QUESTION_FIELDS: readonly Field[] = parse("asset:assetOrClass? protocol:protocol?");

/** Periods that need no number of the owner's. */
export const PERIODS = [
  "day",
  "week",
  "week:monday",
  "week:tuesday",
  "week:wednesday",
  "week:thursday",
  "week:friday",
  "week:saturday",
  "week:sunday",
  "month",
  "month:1",
  "PT1H",
  "PT12H",
  "P2D",
  "P2W",
  "P3M",
  "P6M",
  "P1Y",
] as const;

/** Periods with a number: key in the draft and the template of the public form. */
export const COUNTED_PERIODS: Readonly<Record<string, readonly [before: string, after: string]>> = {
  minutes: ["PT", "M"],
  hours: ["PT", "H"],
  days: ["P", "D"],
  weeks: ["P", "W"],
  months: ["P", "M"],
  years: ["P", "Y"],
  monthday: ["month:", ""],
};

function parse(shape: string): readonly Field[] {
  if (shape === "") return [];
  return shape.split(" ").map((field) => {
    const [key = "", kind = "", as = key] = field.split(":");
    return { key, as, kind: kind.replace("?", "") as FieldKind, optional: kind.endsWith("?") };
  });
}
