import { isNative, type Token } from "../domain/token.ts";
import { InsufficientFundsError } from "./errors.ts";
import { formatAmount } from "./format.ts";
import type { Context, Draft, Sized } from "./types.ts";
import { moveFunds, walletDelta } from "./wallet.ts";

/** What the wallet surely holds at this point of the plan. */
export async function available(context: Context, draft: Draft, token: Token): Promise<bigint> {
  return (await context.reads.balanceOf(token)) + walletDelta(draft.ledger, token);
}

/** Takes an amount out of the virtual wallet; throws InsufficientFundsError when it is not there. */
export async function spend(context: Context, draft: Draft, token: Token, amount: bigint): Promise<Draft> {
  const have = await available(context, draft, token);
  if (have < amount) throw await shortOf(context, token, have, amount);
  return { ...draft, ledger: moveFunds(draft.ledger, token, -amount) };
}

/** Takes a sized amount out: of a bound one the least that must have arrived, which is what the wallet counted. */
export function spendSized(context: Context, draft: Draft, sized: Sized): Promise<Draft> {
  return spend(context, draft, sized.token, sized.bound === undefined ? sized.amount : sized.min);
}

/** Throws InsufficientFundsError when a sized amount is not there: asked before markets are, whose refusals would hide it. */
export async function assertFunds(context: Context, draft: Draft, sized: Sized): Promise<void> {
  await spendSized(context, draft, sized);
}

/** Puts an amount into the virtual wallet. */
export function receive(draft: Draft, token: Token, amount: bigint): Draft {
  return { ...draft, ledger: moveFunds(draft.ledger, token, amount) };
}

async function shortOf(context: Context, token: Token, have: bigint, need: bigint): Promise<InsufficientFundsError> {
  const { native, wrappedNative } = context.reader.tokens;
  const twin = isNative(token) ? wrappedNative : token.address === wrappedNative.address ? native : undefined;
  const twinHeld = twin === undefined ? undefined : await context.reads.balanceOf(twin);
  const facts = [`have ${have}`, `need ${need}`, `token ${token.address}`, `block ${context.reader.block}`];
  if (twin !== undefined && twinHeld !== undefined) facts.push(`${twin.symbol} held: ${twinHeld}`);
  return new InsufficientFundsError(
    `The wallet holds ${formatAmount(have < 0n ? 0n : have, token)} and this needs ${formatAmount(need, token)}: use a smaller amount or add ${token.symbol}.`,
    { facts },
  );
}
