import { isNative, type Token } from "../../domain/token.ts";
import { formatAmount } from "../format.ts";
import { available } from "../funds.ts";
import { gasReserveWei } from "../gas.ts";
import type { Context, Draft } from "../types.ts";
import type { Base } from "./resolveAmount.ts";

/** Wallet balance at this point of the plan; of the native coin without what gas needs. */
export async function walletBase(context: Context, draft: Draft, token: Token): Promise<Base> {
  const held = await available(context, draft, token);
  const source = `wallet balance at block ${context.reader.block}`;
  if (!isNative(token)) return { amount: held, source };
  const reserve = gasReserveWei(context);
  return { amount: held, source, keep: { amount: reserve, why: `${formatAmount(reserve, token)} kept for gas` } };
}
