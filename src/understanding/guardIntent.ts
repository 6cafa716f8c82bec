import { getAddress } from "viem";
import type { Action, Amount, Intent, SimpleAction } from "../domain/intent.ts";
import { guardPeriod } from "./guardPeriod.ts";
import { DraftInvalidError } from "./resolveField.ts";
import type { Span } from "./spans.ts";

/** What the guards may look at: the intent, the spans, and the turn of the owner's last message. */
export type Guarded = {
  readonly intent: Intent;
  readonly spans: readonly Span[];
  /** Those of them that are no idle part of a quotation. */
  readonly own: readonly Span[];
  readonly lastTurn: number;
  readonly used: ReadonlySet<string>;
  /** All of the owner's turns, joined. */
  readonly said: string;
};

/**
 * Checks by code that hold for every model, after the draft has been resolved. None of them reads the words as a
 * model would; each compares the intent with facts that masking established.
 *
 * @throws {MustRefuseError} where the reading is certain that it must not be done
 * @throws {DraftInvalidError} where a person has to say more
 */
export function guardIntent(guarded: Guarded): void {
  const { intent } = guarded;
  guardSlippage(intent);
  guardSequence(intent.actions, guarded);
  guardUnusedWords(guarded);
  guardLimits(guarded);
}

/** Most a swap may fall behind its quote by the owner's own words; beyond it a sandwich takes the difference (Reading 2). */
const EXTREME_SLIPPAGE_BPS = 2_000;

function guardSlippage({ constraints }: Intent): void {
  if (Number(constraints?.maxSlippageBps ?? 0) > EXTREME_SLIPPAGE_BPS)
    throw new MustRefuseError("Such slippage invites others to take the difference: name a limit of 20 % or less.");
}

function guardSequence(actions: readonly (Action | SimpleAction)[], guarded: Guarded): void {
  for (const [index, action] of actions.entries()) {
    if ("amount" in action && action.amount !== undefined) guardAmount(action.amount, index);
    if (action.type === "swap") guardSwap(action);
    if (action.type === "transfer") guardRecipient(action.to, guarded);
    if (action.type === "approve" || action.type === "revoke") guardSpender(action, guarded);
    if (action.type === "protect" && !(Number(action.below) > 1 && Number(action.below) < 100)) {
      throw new DraftInvalidError("below", `a guard below ${action.below} cannot help`);
    }
    if ("every" in action && action.every !== undefined) guardPeriod(action.every, guarded.said);
    if (action.type === "recur" || action.type === "when") guardSequence(action.then, guarded);
  }
}

function guardAmount(amount: Amount, index: number): void {
  if (amount.unit === "previous" && index === 0)
    throw new DraftInvalidError("amount", "nothing comes before the first action");
  if (amount.unit === "all" || amount.unit === "previous") return;
  if (/^0(\.0*)?$/.test(amount.value)) throw new DraftInvalidError("amount", "an amount of nothing");
  if (amount.unit === "percent" && Number(amount.value) > 100)
    throw new DraftInvalidError("amount", `${amount.value} % is more than there is`);
}

function guardSwap(action: Extract<Action, { type: "swap" }>): void {
  if (action.sell.toLowerCase() === action.buy.toLowerCase())
    throw new DraftInvalidError("buy", `${action.buy} for itself`);
  const share = action.amount.unit === "percent" || action.amount.unit === "all" || action.amount.unit === "previous";
  if (share && action.side === "buy") throw new DraftInvalidError("amount", "a share of what is bought is no amount");
}

function guardRecipient(to: string, { spans }: Guarded): void {
  const span = spans.findLast((one) => one.owner && one.value.toLowerCase() === to.toLowerCase());
  if (span === undefined) throw new DraftInvalidError("to", "the recipient is not in the owner's words");
  if (span.letter === "z") throw new MustRefuseError("What is sent to a burn or zero address is lost for ever.");
  if (span.letter === "k")
    throw new DraftInvalidError(
      "to",
      `${to} is a token's contract`,
      "That address is a token's contract: what is sent there is lost. Name another recipient.",
    );
  if (span.letter === "x" || span.letter === "q")
    throw new DraftInvalidError(
      "to",
      `${to} is not well formed`,
      "The recipient is not a whole address; give it in full.",
    );
  if (span.kind === "address" && !hasTrueChecksum(to))
    throw new DraftInvalidError(
      "to",
      `${to} has a wrong checksum`,
      "The capital letters of that address do not match its checksum, so it may be mistyped; paste it again.",
    );
}

function guardSpender(action: Extract<Action, { type: "approve" | "revoke" }>, { spans }: Guarded): void {
  // Taking a permission away may follow an assistant's list; giving one needs the owner's own word.
  const mayOffer = action.type === "revoke";
  const span = spans.findLast(
    (one) => (one.owner || mayOffer) && one.value.toLowerCase() === action.spender.toLowerCase(),
  );
  if (span === undefined) throw new DraftInvalidError("spender", "the spender is not in the owner's words");
  if (action.type === "revoke" || span.kind === "protocol") return;
  if (span.letter === "z" || span.letter === "x" || span.letter === "q")
    throw new DraftInvalidError("spender", `${action.spender} is not well formed`);
  if (action.amount === undefined || action.amount.unit === "all")
    throw new MustRefuseError("An unlimited approval for an unknown spender can empty the wallet.");
}

/**
 * A follow-up that brings a number or a recipient must use it: a draft that keeps only the earlier one would act on
 * what the owner has just taken back.
 */
function guardUnusedWords({ own: spans, lastTurn, used, intent }: Guarded): void {
  const mine = spans.filter((span) => span.owner);
  const last = mine.filter((span) => span.turn === lastTurn);
  const numbers = last.filter((span) => span.kind === "number" && isFigure(span));
  const stale = mine.some((span) => span.kind === "number" && span.turn < lastTurn && used.has(span.ref));
  if (stale && numbers.length > 0 && !numbers.some((span) => used.has(span.ref))) {
    throw new DraftInvalidError("amount", `"${numbers[0]?.text ?? ""}" of the last message is not used`);
  }
  const recipients = last.filter((span) => span.kind === "address" || span.kind === "ens");
  const sends = intent.actions.some((action) => action.type === "transfer");
  if (sends && recipients.length > 0 && !recipients.some((span) => used.has(span.ref))) {
    throw new DraftInvalidError("to", `"${recipients[0]?.text ?? ""}" of the last message is not used`);
  }
}

const LIMIT_UNITS: ReadonlySet<Span["unit"]> = new Set<Span["unit"]>(["percent", "usd", "bps"]);

/**
 * A percentage or a sum of dollars in the last message that the draft leaves out may be a limit ("slippage 0.1 %", "gas
 * under $4"): without it the plan would be wider than the owner allowed. Of 1,869 written wishes two mention one idly.
 */
function guardLimits({ own: spans, lastTurn, used, intent }: Guarded): void {
  const whole = intent.actions.some((action) => "amount" in action && action.amount?.unit === "all");
  const meant = new Set(spans.filter((span) => used.has(span.ref)).map((span) => span.value));
  const left = spans.find(
    (span) =>
      span.owner &&
      span.turn === lastTurn &&
      span.kind === "number" &&
      LIMIT_UNITS.has(span.unit) &&
      span.ref !== "" &&
      // "100 % of my DAI" is all of it.
      !(whole && span.unit === "percent" && span.value === "100") &&
      !meant.has(span.value),
  );
  if (left !== undefined) throw new WordsLeftOutError(left.text);
}

/** Written in digits, or larger than people use to count or choose ("one more time", "the last of the three"). */
function isFigure(span: Span): boolean {
  return /\d/.test(span.text) || Number(span.value) > 12;
}

/** One case throughout carries no checksum; mixed case must match EIP-55. */
function hasTrueChecksum(address: string): boolean {
  const body = address.slice(2);
  if (!/^[0-9a-fA-F]{40}$/.test(body)) return false;
  if (body === body.toLowerCase() || body === body.toUpperCase()) return true;
  return getAddress(`0x${body.toLowerCase()}`).slice(2) === body;
}

/** A wish that is read with certainty and must not be done. */
export class MustRefuseError extends DraftInvalidError {
  override readonly code = "must_refuse";

  constructor(reason: string) {
    super("action", reason, reason);
  }
}

/** A figure of the owner's that could be a limit, and that the draft does not use. */
export class WordsLeftOutError extends DraftInvalidError {
  override readonly code = "words_left_out";

  constructor(text: string) {
    super("condition", text, `"${text}" was said and it is not clear what it limits; say the wish again with it.`);
  }
}
