import type { ActionOf } from "../../domain/intent.ts";
import type { ResolvedAction } from "../../domain/quote.ts";
import { resolveAsset } from "../assets/resolveAsset.ts";
import { asErc20 } from "../assets/wrapped.ts";
import { addQuote, protocolOf } from "../calls.ts";
import { addNotes, closeAction } from "../draft.ts";
import { UnsupportedActionError } from "../errors.ts";
import { protocolName } from "../format.ts";
import { pickEntry } from "../lending/pickEntry.ts";
import type { Context, Draft } from "../types.ts";
import { isTouched, movePosition } from "../wallet.ts";

/** Switches a supplied asset on or off as collateral, where the protocol knows such a switch. */
export async function planSetCollateral(
  context: Context,
  draft: Draft,
  action: ActionOf<"set-collateral">,
  actionIndex: number,
): Promise<Draft> {
  const token = asErc20(context.reader.tokens, await resolveAsset(context.reader, action.asset));
  const { entry, assumptions } = await pickEntry(context, draft, { token, side: "supplied", named: action.protocol });
  const protocol = protocolOf(context, entry.protocol);
  if (!protocol.actions.includes("set-collateral"))
    throw new UnsupportedActionError(
      `${protocolName(entry.protocol)} has no switch for collateral: withdraw from it or move to Aave v3 or Spark.`,
    );
  const resolved: ResolvedAction = {
    type: "set-collateral",
    marketId: entry.marketId,
    asset: token,
    enabled: action.enabled,
  };
  const afterEarlierActions = isTouched(draft.ledger, entry.protocol);
  const quote = await protocol.quote(context.reader, resolved, context.account, { afterEarlierActions });
  const called = await addQuote(context, draft, { quote, actionIndex });
  // Nothing moves, but later quotes on this account must not judge it by the pinned block.
  const { protocol: id, marketId } = entry;
  const ledger = movePosition(called.ledger, { protocol: id, marketId, token, side: "supplied", delta: 0n });
  const told = addNotes(
    { ...called, ledger },
    {
      assumptions,
      sentences: [
        `${action.enabled ? "use" : "stop using"} ${token.symbol} as collateral on ${protocolName(entry.protocol)}`,
      ],
    },
  );
  return closeAction(told, { actionIndex, pays: [], gets: [] }, undefined);
}
