import type { Amount } from "../../domain/intent.ts";
import type { AmountResolution } from "../../domain/plan.ts";
import type { Token } from "../../domain/token.ts";
import { sameAsset } from "../assets/wrapped.ts";
import { exactUnits, floorUnits, maxOf, minOf, parseDecimal } from "../decimal.ts";
import { addNotes } from "../draft.ts";
import { AmountPrecisionError, AmountUnitError, AmountZeroError } from "../errors.ts";
import { formatAmount, formatUsd } from "../format.ts";
import { outputAsInput } from "../outputAsInput.ts";
import type { Context, Draft, Sized } from "../types.ts";

/** What percent and all are taken of: wallet balance, position, debt or capacity (intent.md, Readings 7). */
export type Base = {
  readonly amount: bigint;
  readonly source: string;
  /** Part that "all" leaves behind (gas), and in which words. */
  readonly keep?: { readonly amount: bigint; readonly why: string };
};

export type AmountRequest = {
  readonly amount: Amount;
  readonly token: Token;
  readonly actionIndex: number;
  /** Absent where a share of something makes no sense. */
  readonly base?: () => Promise<Base>;
  /** Solves for a target health factor in base units; absent where the verb cannot move one. */
  readonly target?: (targetWad: bigint) => Promise<Base & { readonly rounding: string }>;
};

type Resolved = {
  readonly amount: bigint;
  readonly source: string;
  readonly rounding: string;
  readonly everything?: boolean;
};

/**
 * A typed amount as base units, with where the number comes from and how it was rounded noted on the draft.
 * Throws AmountPrecisionError, AmountUnitError, AmountZeroError, PriceMissingError.
 */
export async function resolveAmount(
  context: Context,
  draft: Draft,
  request: AmountRequest,
): Promise<{ readonly draft: Draft; readonly sized: Sized }> {
  if (request.amount.unit === "previous") return fromPrevious(context, draft, request);
  const resolved = await resolve(context, request, request.amount);
  const { token, actionIndex } = request;
  const said = describe(request.amount, token);
  if (resolved.amount <= 0n)
    throw new AmountZeroError(`"${said}" comes to nothing (${resolved.source}): name another amount.`, {
      facts: [`token ${token.address}`, `block ${context.reader.block}`],
    });
  const { amount, source, rounding } = resolved;
  const resolution: AmountResolution = { actionIndex, said, token, amount, source, rounding };
  const sized: Sized = { token, amount, min: amount, max: amount, everything: resolved.everything ?? false };
  return { draft: addNotes(draft, { resolutions: [resolution] }), sized };
}

type Plain = Exclude<Amount, { unit: "previous" }>;

function resolve(context: Context, request: AmountRequest, amount: Plain): Promise<Resolved> {
  if (amount.unit === "token") return inTokens(request.token, amount.value);
  if (amount.unit === "usd") return inDollars(context, request.token, amount.value);
  if (amount.unit === "health-factor") return toTarget(request, amount.value);
  return ofBase(request, amount);
}

async function inTokens(token: Token, value: string): Promise<Resolved> {
  const amount = exactUnits(parseDecimal(value), token.decimals);
  if (amount === undefined)
    throw new AmountPrecisionError(
      `${token.symbol} has ${token.decimals} decimal places and ${value} has more: use at most ${token.decimals}.`,
      { facts: [`token ${token.address}`] },
    );
  return { amount, source: "as said", rounding: "none" };
}

async function inDollars(context: Context, token: Token, value: string): Promise<Resolved> {
  const { usdE8, source } = await context.reads.price(token);
  const amount = (floorUnits(parseDecimal(value), 18) * 10n ** BigInt(token.decimals)) / (usdE8 * 10n ** 10n);
  const rounding = `rounded down to ${token.decimals} decimals`;
  return { amount, source: `${source}: 1 ${token.symbol} = ${formatUsd(usdE8)}`, rounding };
}

async function toTarget({ target }: AmountRequest, value: string): Promise<Resolved> {
  const targetWad = exactUnits(parseDecimal(value), 18) ?? 0n;
  if (target === undefined || targetWad === 0n)
    throw new AmountUnitError(
      "A health factor is a target for supply, withdraw, borrow and repay: give an amount here.",
    );
  return target(targetWad);
}

async function ofBase({ base, token }: AmountRequest, amount: Plain): Promise<Resolved> {
  if (base === undefined)
    throw new AmountUnitError(
      `How much ${token.symbol} must be a number here: a share of what you hold does not say it.`,
    );
  const { amount: whole, source, keep } = await base();
  const usable = keep === undefined ? whole : maxOf(whole - keep.amount, 0n);
  const all = keep === undefined ? source : `${source}, less ${keep.why}`;
  if (amount.unit === "all") return { amount: usable, source: all, rounding: "none", everything: true };
  const percent = parseDecimal(amount.value);
  const hundred = 100n * 10n ** BigInt(percent.scale);
  if (percent.digits > hundred)
    throw new AmountUnitError(`${amount.value} percent is more than everything: use at most 100.`);
  if (percent.digits === hundred) return { amount: usable, source: all, rounding: "none", everything: true };
  const share = minOf((whole * percent.digits) / hundred, usable);
  return {
    amount: share,
    source: `${amount.value} % of ${source}`,
    rounding: `rounded down to ${token.decimals} decimals`,
  };
}

/** The output of the action before, bound late unless it is known to the unit. */
function fromPrevious(
  context: Context,
  draft: Draft,
  { token, actionIndex }: AmountRequest,
): { draft: Draft; sized: Sized } {
  const { previous } = draft;
  if (previous === undefined)
    throw new AmountUnitError(`Nothing before this action leaves ${token.symbol} in the wallet: give an amount.`);
  if (!sameAsset(context.reader.tokens, previous.token, token))
    throw new AmountUnitError(
      `The action before leaves ${previous.token.symbol}, not ${token.symbol}: name ${previous.token.symbol} or give an amount.`,
    );
  const input = outputAsInput(context, draft, previous);
  const { amount, min, max } = input.sized;
  const source = `output of action ${actionIndex}`;
  const rounding =
    min === max
      ? context.lateBinding || previous.min === previous.max
        ? "none"
        : "the least that must arrive"
      : `what really arrives, between ${formatAmount(min, previous.token)} and ${formatAmount(max, previous.token)}`;
  const resolution = {
    actionIndex,
    said: "the output of the action before",
    token: previous.token,
    amount,
    source,
    rounding,
  };
  return { draft: addNotes(input.draft, { resolutions: [resolution] }), sized: input.sized };
}

/** "usd 1000 of ETH", as resolutions show it. */
function describe(amount: Plain, token: Token): string {
  if (amount.unit === "all") return `all ${token.symbol}`;
  if (amount.unit === "token") return `${amount.value} ${token.symbol}`;
  if (amount.unit === "usd") return `usd ${amount.value} of ${token.symbol}`;
  if (amount.unit === "percent") return `${amount.value} percent of ${token.symbol}`;
  return `${token.symbol} until health factor ${amount.value}`;
}
