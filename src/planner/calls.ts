import type { Address } from "viem";
import { approveCall, ERC20_AMOUNT_AT, transferCall } from "../chain/erc20.ts";
import type { Call } from "../domain/call.ts";
import type { Quote } from "../domain/quote.ts";
import type { Token } from "../domain/token.ts";
import { isNative } from "../domain/token.ts";
import type { Protocol, ProtocolCall } from "../protocols/protocol.ts";
import { addCall } from "./draft.ts";
import { UnknownProtocolError } from "./errors.ts";
import { formatAmount, protocolName } from "./format.ts";
import { CALL_GAS } from "./gas.ts";
import type { BoundAmount, Context, Draft } from "./types.ts";
import { plannedAllowance, setAllowance } from "./wallet.ts";

/** Transfer of the native coin or an ERC-20. */
export function sendCall(token: Token, to: Address, amount: bigint): Call {
  return isNative(token) ? { to, data: "0x", value: amount } : transferCall(token.address, to, amount);
}

/** The protocol of that id; UnknownProtocolError when the registry has none. */
export function protocolOf(context: Context, id: string): Protocol {
  const protocol = context.protocols.find((one) => one.id === id);
  if (protocol !== undefined) return protocol;
  throw new UnknownProtocolError(
    `There is no protocol "${id}" here: use ${context.protocols.map((one) => one.id).join(", ")}.`,
  );
}

/** Calls of a quote, as its protocol builds them. */
export function callsOf(context: Context, quote: Quote): readonly ProtocolCall[] {
  return protocolOf(context, quote.protocol).calls(quote, context.account, context.deadlineSeconds);
}

/** True when the quote's calls can take a late-bound amount: exactly one place for it. */
export function canBind(context: Context, quote: Quote): boolean {
  return callsOf(context, quote).filter((call) => call.amountAt !== undefined).length === 1;
}

type QuoteCalls = {
  readonly quote: Quote;
  readonly actionIndex: number;
  readonly bound?: BoundAmount | undefined;
};

/** Appends approvals (exact, with a reset where one is left over), the protocol's calls, and a reset where less may be pulled than was approved. */
export async function addQuote(
  context: Context,
  draft: Draft,
  { quote, actionIndex, bound }: QuoteCalls,
): Promise<Draft> {
  let next = draft;
  for (const approval of quote.approvals)
    next = await approve(context, next, { ...approval, protocol: quote.protocol, actionIndex, bound });
  const calls = callsOf(context, quote);
  const gasEach = quote.gas / BigInt(Math.max(calls.length, 1));
  for (const { label, amountAt, ...call } of calls)
    next = addCall(next, {
      call,
      role: "action",
      label,
      protocol: quote.protocol,
      actionIndex,
      gas: gasEach,
      bound,
      amountAt,
    });
  for (const approval of quote.approvals)
    next = settleAllowance(next, { ...approval, actionIndex, left: approval.amount > pulled(quote, approval.token) });
  return { ...next, quotes: [...next.quotes, quote] };
}

type Approval = {
  readonly token: Token;
  readonly spender: Address;
  readonly amount: bigint;
  readonly protocol: string;
  readonly actionIndex: number;
  readonly bound?: BoundAmount | undefined;
};

/**
 * Sets the allowance to exactly what is pulled. Any other allowance that stands is first reset to zero: USDT and its
 * kin revert when one non-zero allowance replaces another, and no list of such tokens is complete.
 */
async function approve(context: Context, draft: Draft, approval: Approval): Promise<Draft> {
  const { token, spender, amount, protocol, actionIndex, bound } = approval;
  const current = plannedAllowance(draft.ledger, token, spender) ?? (await context.reads.allowance(token, spender));
  if (current === amount && bound === undefined) return draft;
  const to = protocolName(protocol);
  const common = { protocol: "erc20", actionIndex };
  const cleared =
    current === 0n
      ? draft
      : addCall(draft, {
          ...common,
          ...resetOf(token, spender),
          label: `Take back the allowance of ${token.symbol} to ${to}`,
        });
  return addCall(cleared, {
    ...common,
    call: approveCall(token.address, spender, amount),
    role: "approve",
    label: `Approve ${formatAmount(amount, token)} to ${to}`,
    gas: CALL_GAS.approve,
    bound,
    amountAt: ERC20_AMOUNT_AT,
  });
}

type Settlement = {
  readonly token: Token;
  readonly spender: Address;
  readonly actionIndex: number;
  readonly left: boolean;
};

function settleAllowance(draft: Draft, { token, spender, actionIndex, left }: Settlement): Draft {
  const settled = { ...draft, ledger: setAllowance(draft.ledger, token, spender, 0n) };
  if (!left) return settled;
  const label = `Take back what is left of the ${token.symbol} allowance`;
  return addCall(settled, { protocol: "erc20", actionIndex, ...resetOf(token, spender), label });
}

function resetOf(token: Token, spender: Address) {
  return { call: approveCall(token.address, spender, 0n), role: "reset", gas: CALL_GAS.reset } as const;
}

function pulled(quote: Quote, token: Token): bigint {
  return quote.pays.filter((one) => one.token.address === token.address).reduce((sum, one) => sum + one.amount, 0n);
}
