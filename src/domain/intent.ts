import { z } from "zod";

/** Longest decimal: 78 digits of a uint256 and as many places; longer ones only cost time. */
const DECIMAL_LIMIT = 160;
const decimal = z
  .string()
  .max(DECIMAL_LIMIT)
  .regex(/^\d+(\.\d+)?$/, 'a decimal string such as "1.5"');
const asset = z.string().min(1).max(64);
const protocol = z.string().min(1).max(64);
const decimalAmount = (unit: "token" | "usd" | "percent" | "health-factor") =>
  z.strictObject({ unit: z.literal(unit), value: decimal });

/** An amount as the owner said it; resolved to base units by the planner. */
export const amountSchema = z.discriminatedUnion("unit", [
  decimalAmount("token"),
  decimalAmount("usd"),
  decimalAmount("percent"),
  decimalAmount("health-factor"),
  z.strictObject({ unit: z.literal("all") }),
  z.strictObject({ unit: z.literal("previous") }),
]);

const lending = { asset, amount: amountSchema, protocol: protocol.optional() };
const rangeSchema = z.strictObject({ lower: decimal, upper: decimal });

const simpleActions = [
  z.strictObject({
    type: z.literal("swap"),
    sell: asset,
    buy: asset,
    amount: amountSchema,
    side: z.enum(["sell", "buy"]),
    limitPrice: decimal.optional(),
  }),
  z.strictObject({ type: z.literal("transfer"), asset, amount: amountSchema, to: z.string().min(1).max(256) }),
  z.strictObject({
    type: z.literal("earn"),
    source: asset,
    asset,
    amount: amountSchema,
    objective: z.literal("max-yield").default("max-yield"),
    risk: z.enum(["low", "medium", "high"]).optional(),
    protocols: z.array(protocol).optional(),
  }),
  z.strictObject({ type: z.literal("supply"), ...lending }),
  z.strictObject({ type: z.literal("withdraw"), ...lending }),
  z.strictObject({ type: z.literal("borrow"), ...lending }),
  z.strictObject({ type: z.literal("repay"), ...lending }),
  z.strictObject({ type: z.literal("set-collateral"), asset, enabled: z.boolean(), protocol: protocol.optional() }),
  z.strictObject({ type: z.literal("stake"), asset, amount: amountSchema, into: asset.optional() }),
  z.strictObject({ type: z.literal("unstake"), asset, amount: amountSchema, into: asset.optional() }),
  z.strictObject({
    type: z.enum(["add-liquidity", "remove-liquidity"]),
    assets: z.array(asset).length(2),
    amount: amountSchema.optional(),
    amounts: z.array(amountSchema).length(2).optional(),
    feeBps: decimal.optional(),
    range: rangeSchema.optional(),
    protocol: protocol.optional(),
  }),
  z.strictObject({ type: z.literal("approve"), asset, spender: z.string().min(1), amount: amountSchema.optional() }),
  z.strictObject({ type: z.literal("revoke"), asset, spender: z.string().min(1) }),
  z.strictObject({
    type: z.literal("allocate"),
    targets: z.array(z.strictObject({ asset, percent: decimal })).min(1),
    driftPercent: decimal.optional(),
    every: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal("move"),
    asset,
    amount: amountSchema,
    from: protocol.optional(),
    to: protocol.optional(),
  }),
  z.strictObject({ type: z.literal("bridge"), asset, amount: amountSchema, toChain: z.string().min(1) }),
  z.strictObject({
    type: z.literal("protect"),
    protocol: protocol.optional(),
    below: decimal,
    target: decimal.optional(),
    using: z.array(asset).optional(),
    budget: amountSchema.optional(),
  }),
  z.strictObject({
    type: z.literal("optimize"),
    assets: z.union([z.array(asset), asset]),
    every: z.string().optional(),
    minGainBps: decimal.optional(),
    risk: z.enum(["low", "medium", "high"]).optional(),
    protocols: z.array(protocol).optional(),
  }),
  z.strictObject({ type: z.literal("notify") }),
] as const;

/** One verb that can stand inside `then` of a standing wish. */
export const simpleActionSchema = z.discriminatedUnion("type", simpleActions);

/** What a standing wish may wait for. */
export const conditionTypes = [
  "price-above",
  "price-below",
  "yield-above",
  "yield-below",
  "balance-above",
  "balance-below",
  "health-factor-below",
  "gas-below",
  "time",
] as const;

export const conditionSchema = z.strictObject({
  type: z.enum(conditionTypes),
  asset: asset.optional(),
  protocol: protocol.optional(),
  value: z.string().min(1),
});

/** One verb of an intent (intent.md). */
export const actionSchema = z.discriminatedUnion("type", [
  ...simpleActions,
  z.strictObject({
    type: z.literal("recur"),
    every: z.string().min(1),
    then: z.array(simpleActionSchema).min(1).max(8),
    until: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal("when"),
    condition: conditionSchema,
    then: z.array(simpleActionSchema).min(1).max(8),
  }),
]);

export const constraintsSchema = z.strictObject({
  maxSlippageBps: decimal.optional(),
  maxGasUsd: decimal.optional(),
  minReceive: decimal.optional(),
  protocols: z.strictObject({ allow: z.array(protocol).optional(), deny: z.array(protocol).optional() }).optional(),
  chain: z.string().optional(),
  deadline: z.string().optional(),
  risk: z.enum(["low", "medium", "high"]).optional(),
});

/** What the owner wants, typed. Actions in order, 1 to 8. */
export const intentSchema = z.strictObject({
  actions: z.array(actionSchema).min(1).max(8),
  constraints: constraintsSchema.optional(),
});

/** What a question may be about. */
export const questionTopics = [
  "balance",
  "portfolio",
  "position",
  "health-factor",
  "price",
  "yield",
  "quote",
  "gas",
  "token-safety",
  "contract",
  "transaction",
  "approvals",
  "automations",
  "history",
  "usage",
  "help",
] as const;

/** Parts of a wish that a clarification may ask for. */
export const missingFields = [
  "amount",
  "sell",
  "buy",
  "asset",
  "to",
  "protocol",
  "below",
  "every",
  "condition",
  "spender",
  "action",
] as const;

/** What may be said of an earlier plan or a standing automation. */
export const controlVerbs = ["approve", "cancel", "pause", "resume", "status"] as const;

export const questionSchema = z.strictObject({
  topic: z.enum(questionTopics),
  asset: asset.optional(),
  protocol: protocol.optional(),
  /** The one address or transaction hash that is asked about. */
  subject: z.string().optional(),
  /** Quote and yield: how much is given, where the owner said so. */
  amount: amountSchema.optional(),
  /** Quote: what is wanted for it. */
  buy: asset.optional(),
});

/** Fields whose absence makes a wish incomplete. */
export const missingField = z.enum(missingFields);

/** The public form of what was understood (intent.md). */
export const understandingSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("act"), intent: intentSchema }),
  z.strictObject({ kind: z.literal("ask"), question: questionSchema }),
  z.strictObject({
    kind: z.literal("clarify"),
    missing: z.array(missingField),
    prompt: z.string(),
    options: z.array(z.string()).optional(),
    draft: z.unknown().optional(),
  }),
  z.strictObject({
    kind: z.literal("control"),
    verb: z.enum(controlVerbs),
    subject: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal("refuse"), reason: z.string() }),
  z.strictObject({ kind: z.literal("talk"), text: z.string() }),
]);

export type Amount = z.infer<typeof amountSchema>;
export type Action = z.infer<typeof actionSchema>;
export type SimpleAction = z.infer<typeof simpleActionSchema>;
export type ActionType = Action["type"];
export type ActionOf<T extends ActionType> = Extract<Action, { type: T }>;
export type Constraints = z.infer<typeof constraintsSchema>;
export type Intent = z.infer<typeof intentSchema>;
export type Question = z.infer<typeof questionSchema>;
export type Understanding = z.infer<typeof understandingSchema>;

/** One turn of a conversation as callers send it. */
export type Message = { readonly role: "user" | "assistant" | "system" | "tool"; readonly content: string };
