import type { ActionOf } from "../../domain/intent.ts";
import type { LendMarket } from "../../domain/market.ts";
import { sameToken, type Token } from "../../domain/token.ts";
import { resolveAmount } from "../amounts/resolveAmount.ts";
import { targetOf } from "../amounts/targetOf.ts";
import { walletBase } from "../amounts/walletBase.ts";
import { resolveAsset } from "../assets/resolveAsset.ts";
import { asErc20 } from "../assets/wrapped.ts";
import { convert } from "../convert.ts";
import { addNotes, closeAction } from "../draft.ts";
import { formatAmount, protocolName } from "../format.ts";
import { assertFunds } from "../funds.ts";
import { type ChosenMarket, chooseSupply } from "../lending/chooseSupply.ts";
import { supplyInto } from "../steps/supplyInto.ts";
import type { Context, Draft } from "../types.ts";

/** Supplies an asset: to the protocol named, else where it earns most after costs. The native coin is wrapped first. */
export async function planSupply(
  context: Context,
  draft: Draft,
  action: ActionOf<"supply">,
  actionIndex: number,
): Promise<Draft> {
  const { reader } = context;
  const token = await resolveAsset(reader, action.asset);
  const lent = asErc20(reader.tokens, token);
  const choice = { token: lent, named: action.protocol, actionIndex };
  const aimed = action.amount.unit === "health-factor" ? await chooseSupply(context, draft, choice) : undefined;
  const resolved = await resolveAmount(context, draft, {
    amount: action.amount,
    token,
    actionIndex,
    base: () => walletBase(context, draft, token),
    ...(aimed === undefined
      ? {}
      : { target: targetOf(context, draft, { verb: "supply", market: aimed.market, token: lent }) }),
  });
  const paid = resolved.sized.token;
  await assertFunds(context, resolved.draft, resolved.sized);
  const chosen: ChosenMarket =
    aimed ?? (await chooseSupply(context, resolved.draft, { ...choice, amount: resolved.sized.amount }));
  const funded = await convert(context, resolved.draft, { sized: resolved.sized, wanted: lent, actionIndex });
  const supplied = await supplyInto(context, funded.draft, { market: chosen.market, sized: funded.sized, actionIndex });
  const told = addNotes(supplied.draft, {
    alternatives: chosen.alternatives,
    assumptions: [...chosen.assumptions, ...collateralNote(chosen.market, lent)],
    sentences: [`supply ${formatAmount(supplied.sized.amount, paid)} to ${protocolName(chosen.market.protocol)}`],
  });
  const pays = [{ token: paid, max: supplied.sized.max }];
  return closeAction(told, { actionIndex, pays, gets: [] }, undefined);
}

function collateralNote(market: LendMarket, token: Token): readonly string[] {
  if (market.collateral === undefined || !sameToken(market.collateral, token)) return [];
  return [`${token.symbol} goes in as collateral of ${market.label} and earns nothing there.`];
}
