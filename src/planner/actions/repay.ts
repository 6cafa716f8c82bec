import { UNWRAP_AMOUNT_AT, unwrapCall } from "../../chain/weth.ts";
import type { ActionOf } from "../../domain/intent.ts";
import type { Quote, ResolvedAction } from "../../domain/quote.ts";
import { isNative, type Token } from "../../domain/token.ts";
import { resolveAmount } from "../amounts/resolveAmount.ts";
import { targetOf } from "../amounts/targetOf.ts";
import { resolveAsset } from "../assets/resolveAsset.ts";
import { asErc20 } from "../assets/wrapped.ts";
import { addQuote, canBind, protocolOf } from "../calls.ts";
import { convert } from "../convert.ts";
import { addCall, addNotes, closeAction } from "../draft.ts";
import { InsufficientPositionError } from "../errors.ts";
import { formatAmount, protocolName } from "../format.ts";
import { spend } from "../funds.ts";
import { CALL_GAS } from "../gas.ts";
import type { Entry } from "../lending/accounts.ts";
import { marketOfEntry } from "../lending/marketOfEntry.ts";
import { entrySource, pickEntry } from "../lending/pickEntry.ts";
import { leastOf } from "../steps/supplyInto.ts";
import type { Context, Draft, Sized } from "../types.ts";
import { isTouched, movePosition } from "../wallet.ts";

/** Repays a debt: an amount, a share of the debt, all of it, or until a health factor. The native coin is wrapped first. */
export async function planRepay(
  context: Context,
  draft: Draft,
  action: ActionOf<"repay">,
  actionIndex: number,
): Promise<Draft> {
  const { reader } = context;
  const wanted = await resolveAsset(reader, action.asset);
  const token = asErc20(reader.tokens, wanted);
  const { entry, assumptions } = await pickEntry(context, draft, { token, side: "borrowed", named: action.protocol });
  const target = targetOf(context, draft, { verb: "repay", market: await marketOfEntry(context, entry), token });
  const base = async () => ({ amount: entry.amount, source: entrySource(context, entry, "debt") });
  const previous = action.amount.unit === "previous";
  const request = { amount: action.amount, token: previous ? wanted : token, actionIndex, base, target };
  const resolved = await resolveAmount(context, draft, request);
  const sized = withinDebt(context, entry, resolved.sized, previous);
  const plan = sized.everything ? repayAll : repayPart;
  const paidIn = previous ? resolved.sized.token : wanted;
  const repaid = await plan(context, resolved.draft, { entry, sized, wanted: paidIn, actionIndex });
  const told = addNotes(repaid.draft, {
    assumptions,
    sentences: [
      `repay ${sized.everything ? `all ${formatAmount(entry.amount, token)}` : formatAmount(sized.amount, token)} on ${protocolName(entry.protocol)}`,
    ],
  });
  return closeAction(told, { actionIndex, pays: [{ token: paidIn, max: repaid.max }], gets: [] }, undefined);
}

/** 0.01 % of the debt: over eight hours of interest at 10 % a year. */
const INTEREST_ROOM = 10_000n;

type RepayStep = { readonly entry: Entry; readonly sized: Sized; readonly wanted: Token; readonly actionIndex: number };
type Repaid = { readonly draft: Draft; readonly max: bigint };

/** An amount above the debt is an error; proceeds above it repay everything and the rest stays in the wallet. */
function withinDebt(context: Context, entry: Entry, sized: Sized, previous: boolean): Sized {
  if (sized.amount < entry.amount) return sized;
  if (sized.amount === entry.amount || sized.everything || (previous && sized.min >= entry.amount))
    return { ...leastOf(sized), everything: true };
  if (previous) return leastOf(sized);
  throw new InsufficientPositionError(
    `You owe ${formatAmount(entry.amount, entry.token)} on ${protocolName(entry.protocol)} and this repays ${formatAmount(sized.amount, entry.token)}: repay less, or all of it.`,
    { facts: [`owed ${entry.amount}`, `repay ${sized.amount}`, `block ${context.reader.block}`] },
  );
}

async function repayPart(
  context: Context,
  draft: Draft,
  { entry, sized, wanted, actionIndex }: RepayStep,
): Promise<Repaid> {
  const funded = await convert(context, draft, {
    sized: { ...sized, token: wanted },
    wanted: entry.token,
    actionIndex,
  });
  const quoted = await quoteRepay(context, draft, entry, funded.sized.amount);
  const loose = funded.sized.bound !== undefined && (!canBind(context, quoted) || funded.sized.max > entry.amount);
  const used = loose ? leastOf(funded.sized) : funded.sized;
  const quote = loose ? await quoteRepay(context, draft, entry, used.amount) : quoted;
  const spent = await spend(context, funded.draft, entry.token, used.min);
  const called = await addQuote(context, spent, { quote, actionIndex, bound: used.bound });
  return { draft: owes(called, entry, -used.min), max: used.max };
}

/** Everything, with room for the interest until it is mined; what is not pulled is taken back (allowance, wrapped coin). */
async function repayAll(context: Context, draft: Draft, { entry, wanted, actionIndex }: RepayStep): Promise<Repaid> {
  const quote = await quoteRepay(context, draft, entry, "all");
  const ceiling = quote.approvals.reduce((sum, one) => sum + one.amount, 0n);
  const native = isNative(wanted);
  const sized: Sized = { token: wanted, amount: ceiling, min: ceiling, max: ceiling, everything: false };
  const funded = native ? (await convert(context, draft, { sized, wanted: entry.token, actionIndex })).draft : draft;
  const wrapIndex = draft.calls.length;
  const spent = await spend(context, funded, entry.token, entry.amount);
  const called = owes(await addQuote(context, spent, { quote, actionIndex }), entry, -entry.amount);
  const room = `Up to ${formatAmount(ceiling, entry.token)} may be taken: the debt and a small reserve for interest until it is mined.`;
  const told = addNotes(called, { assumptions: [room] });
  const repayIndex = called.calls.findLastIndex((call) => call.role === "action");
  if (!native) return { draft: told, max: ceiling };
  const rest = { from: [wrapIndex, repayIndex], max: ceiling, actionIndex };
  return { draft: context.lateBinding ? unwrapRest(told, entry, rest) : keepRest(told, entry), max: ceiling };
}

type Rest = { readonly from: readonly number[]; readonly max: bigint; readonly actionIndex: number };

/** The reserve that interest did not use goes back to the native coin: what wrap and repay left, to the unit. */
function unwrapRest(draft: Draft, { token, amount }: Entry, { from, max, actionIndex }: Rest): Draft {
  const rest = max > amount ? max - amount : 0n;
  return addCall(draft, {
    call: unwrapCall(token.address, rest),
    role: "unwrap",
    label: `Unwrap what is left of the ${token.symbol}`,
    protocol: "weth",
    actionIndex,
    gas: CALL_GAS.unwrap,
    bound: { from, asset: token.address, min: 0n, max },
    amountAt: UNWRAP_AMOUNT_AT,
  });
}

/** How much is left is only known when the debt is repaid, which a wallet's batch cannot wait for. */
function keepRest(draft: Draft, { token }: Entry): Draft {
  return addNotes(draft, {
    assumptions: [`What interest does not use of the reserve stays in the wallet as ${token.symbol}.`],
  });
}

async function quoteRepay(context: Context, draft: Draft, entry: Entry, amount: bigint | "all"): Promise<Quote> {
  const action: ResolvedAction = { type: "repay", marketId: entry.marketId, asset: entry.token, amount };
  const afterEarlierActions = isTouched(draft.ledger, entry.protocol);
  const protocol = protocolOf(context, entry.protocol);
  const quote = await protocol.quote(context.reader, action, context.account, { afterEarlierActions });
  const [approval] = quote.approvals;
  if (amount !== "all" || entry.onChain || approval === undefined) return quote;
  // The pinned block does not know the debt of earlier actions yet: approve that one, with room for interest.
  const most = entry.amount + entry.amount / INTEREST_ROOM + 2n;
  return { ...quote, pays: [{ token: entry.token, amount: entry.amount }], approvals: [{ ...approval, amount: most }] };
}

function owes(draft: Draft, { protocol, marketId, token }: Entry, delta: bigint): Draft {
  return { ...draft, ledger: movePosition(draft.ledger, { protocol, marketId, token, side: "borrowed", delta }) };
}
