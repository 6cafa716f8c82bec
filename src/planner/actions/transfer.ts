import { type Address, getAddress, isAddress } from "viem";
import { ERC20_AMOUNT_AT } from "../../chain/erc20.ts";
import type { ActionOf } from "../../domain/intent.ts";
import { isNative } from "../../domain/token.ts";
import { resolveAmount } from "../amounts/resolveAmount.ts";
import { walletBase } from "../amounts/walletBase.ts";
import { resolveAsset } from "../assets/resolveAsset.ts";
import { sendCall } from "../calls.ts";
import { convert } from "../convert.ts";
import { addCall, addNotes, closeAction } from "../draft.ts";
import { RecipientUnresolvedError } from "../errors.ts";
import { formatAmount } from "../format.ts";
import { spendSized } from "../funds.ts";
import { CALL_GAS } from "../gas.ts";
import type { Context, Draft } from "../types.ts";

/** Sends a token or the native coin. Names need a resolver; without one RecipientUnresolvedError. */
export async function planTransfer(
  context: Context,
  draft: Draft,
  action: ActionOf<"transfer">,
  actionIndex: number,
): Promise<Draft> {
  const [token, to] = await Promise.all([resolveAsset(context.reader, action.asset), recipientOf(context, action.to)]);
  const request = { amount: action.amount, token, actionIndex, base: () => walletBase(context, draft, token) };
  const resolved = await resolveAmount(context, draft, request);
  const { draft: funded, sized } = await convert(context, resolved.draft, {
    sized: resolved.sized,
    wanted: token,
    actionIndex,
  });
  const spent = await spendSized(context, funded, sized);
  const native = isNative(token);
  const sent = addCall(spent, {
    call: sendCall(token, to, sized.amount),
    role: "action",
    label: `Send ${formatAmount(sized.amount, token)} to ${to}`,
    protocol: native ? "native" : "erc20",
    actionIndex,
    gas: native ? CALL_GAS.native : CALL_GAS.erc20,
    bound: sized.bound,
    amountAt: native ? "value" : ERC20_AMOUNT_AT,
  });
  const told = addNotes(sent, {
    sentences: [`send ${formatAmount(sized.amount, token)} to ${to}`],
    assumptions: isAddress(action.to) ? [] : [`${action.to} is ${to}.`],
  });
  const pays = [{ token: resolved.sized.token, max: sized.max }];
  return closeAction(told, { actionIndex, pays, gets: [] }, undefined);
}

async function recipientOf(context: Context, to: string): Promise<Address> {
  if (isAddress(to)) return getAddress(to);
  if (isAddress(to, { strict: false }))
    throw new RecipientUnresolvedError(`The letters of ${to} do not match its checksum: check the address for a typo.`);
  const found = await context.resolveRecipient?.(to);
  if (found !== undefined) return found;
  throw new RecipientUnresolvedError(
    `"${to}" is no address and no name that resolves here: give the recipient's address.`,
  );
}
