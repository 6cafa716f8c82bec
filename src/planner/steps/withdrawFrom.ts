import { MAX_UINT256 } from "../../domain/effect.ts";
import type { Quote, ResolvedAction } from "../../domain/quote.ts";
import { addQuote, callsOf, protocolOf } from "../calls.ts";
import { InsufficientPositionError } from "../errors.ts";
import { formatAmount, protocolName } from "../format.ts";
import { receive } from "../funds.ts";
import type { Entry } from "../lending/accounts.ts";
import type { Context, Draft, Output, Sized } from "../types.ts";
import { isTouched, movePosition } from "../wallet.ts";

type WithdrawStep = { readonly entry: Entry; readonly sized: Sized; readonly actionIndex: number };

export type Withdrawn = { readonly draft: Draft; readonly quote: Quote; readonly output: Output };

/**
 * Interest that may still arrive with "everything" between the plan's block and the mined one: 0.1 % bounds the binding
 * (a plan lives minutes; 0.1 % is over three days at 10 % a year).
 */
const INTEREST_ROOM = 1_000n;

/** Takes funds out of a position into the wallet. Throws InsufficientPositionError when less is there. */
export async function withdrawFrom(context: Context, draft: Draft, step: WithdrawStep): Promise<Withdrawn> {
  const { entry, sized, actionIndex } = step;
  if (sized.amount > entry.amount)
    throw new InsufficientPositionError(
      `${protocolName(entry.protocol)} holds ${formatAmount(entry.amount, entry.token)} of yours and this withdraws ${formatAmount(sized.amount, entry.token)}: withdraw less, or all of it.`,
      { facts: [`have ${entry.amount}`, `need ${sized.amount}`, `block ${context.reader.block}`] },
    );
  const quote = await quoteWithdraw(context, draft, entry, sized);
  const quotedGets = quote.gets[0]?.amount ?? sized.amount;
  // Earlier actions changed the position: the pinned block's own figure for "everything" is not the one that counts.
  const quoted = sized.everything && !entry.onChain ? entry.amount : quotedGets;
  const called = await addQuote(context, draft, { quote, actionIndex });
  const { protocol, marketId, token } = entry;
  const gone = sized.everything ? entry.amount : sized.amount;
  const ledger = movePosition(called.ledger, { protocol, marketId, token, side: "supplied", delta: -gone });
  const max = sized.everything ? quoted + quoted / INTEREST_ROOM + 2n : quoted;
  const output = { token, quoted, min: quoted, max, from: [called.calls.length - 1] };
  return { draft: receive({ ...called, ledger }, token, quoted), quote, output };
}

async function quoteWithdraw(context: Context, draft: Draft, entry: Entry, sized: Sized): Promise<Quote> {
  const action = (amount: bigint | "all"): ResolvedAction => ({
    type: "withdraw",
    marketId: entry.marketId,
    asset: entry.token,
    amount,
  });
  const protocol = protocolOf(context, entry.protocol);
  const terms = { afterEarlierActions: isTouched(draft.ledger, entry.protocol) };
  const ask = (amount: bigint | "all") => protocol.quote(context.reader, action(amount), context.account, terms);
  if (!sized.everything) return ask(sized.amount);
  const all = await ask("all");
  // A figure of the pinned block would leave out what earlier actions add: name the amount, unless the call says "everything".
  return entry.onChain || saysEverything(context, all) ? all : ask(entry.amount);
}

/** True when the calldata itself means everything, whatever that is when mined. */
function saysEverything(context: Context, quote: Quote): boolean {
  const protocol = protocolOf(context, quote.protocol);
  return callsOf(context, quote).every((call) => {
    const effect = protocol.decode(call);
    return effect?.type === "withdraw" && effect.amount === MAX_UINT256 && effect.shares === undefined;
  });
}
