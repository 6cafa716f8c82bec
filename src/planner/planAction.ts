import type { Action } from "../domain/intent.ts";
import { planBorrow } from "./actions/borrow.ts";
import { planEarn } from "./actions/earn.ts";
import { planMove } from "./actions/move.ts";
import { planRepay } from "./actions/repay.ts";
import { planRevoke } from "./actions/revoke.ts";
import { planSetCollateral } from "./actions/setCollateral.ts";
import { planSupply } from "./actions/supply.ts";
import { planSwap } from "./actions/swap.ts";
import { planTransfer } from "./actions/transfer.ts";
import { planWithdraw } from "./actions/withdraw.ts";
import { UnsupportedActionError } from "./errors.ts";
import type { Context, Draft } from "./types.ts";

/** Appends one action to the draft. Throws UnsupportedActionError for verbs that cannot be planned yet. */
export function planAction(context: Context, draft: Draft, action: Action, actionIndex: number): Promise<Draft> {
  switch (action.type) {
    case "swap":
      return planSwap(context, draft, action, actionIndex);
    case "transfer":
      return planTransfer(context, draft, action, actionIndex);
    case "earn":
      return planEarn(context, draft, action, actionIndex);
    case "supply":
      return planSupply(context, draft, action, actionIndex);
    case "withdraw":
      return planWithdraw(context, draft, action, actionIndex);
    case "borrow":
      return planBorrow(context, draft, action, actionIndex);
    case "repay":
      return planRepay(context, draft, action, actionIndex);
    case "set-collateral":
      return planSetCollateral(context, draft, action, actionIndex);
    case "revoke":
      return planRevoke(context, draft, action, actionIndex);
    case "move":
      return planMove(context, draft, action, actionIndex);
    default:
      throw new UnsupportedActionError(
        `"${action.type}" cannot be planned yet: swap, transfer, supply, withdraw, borrow, repay, set-collateral, revoke, move and earn can.`,
        { facts: [`action ${actionIndex}`] },
      );
  }
}
