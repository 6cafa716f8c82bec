import type { ActionType } from "../domain/intent.ts";
import { exactUnits, floorUnits, minOf, parseDecimal } from "./decimal.ts";
import { GasCapError, InsufficientFundsError } from "./errors.ts";
import { formatAmount, formatUsd } from "./format.ts";
import type { Context, Draft } from "./types.ts";
import { walletDelta } from "./wallet.ts";

/** Gas units of the calls that the planner itself adds, base fee of a transaction (21,000) included, rounded up. */
export const CALL_GAS = {
  approve: 60_000n,
  reset: 40_000n,
  wrap: 50_000n,
  unwrap: 50_000n,
  native: 21_000n,
  erc20: 70_000n,
};

/** Gas units set aside per verb when "all" of the native coin is asked for. */
const RESERVE_UNITS: Partial<Record<ActionType, bigint>> = { transfer: 70_000n, earn: 1_200_000n, move: 900_000n };
const RESERVE_UNITS_OTHER = 700_000n;

/** Fees may double between planning and mining, and wallets lock gas limit × fee cap: the reserve is three times the estimate. */
const RESERVE_FACTOR = 3n;
const CHECK_FACTOR = 2n;

/** Wei that stay in the wallet when all of the native coin is used. */
export function gasReserveWei({ intent, reader }: Context): bigint {
  const units = intent.actions.reduce((sum, action) => sum + (RESERVE_UNITS[action.type] ?? RESERVE_UNITS_OTHER), 0n);
  return units * reader.gasPriceWei * RESERVE_FACTOR;
}

/** Cost of gas units in US dollars, 1e8 = $1. */
export async function gasUsdE8(context: Context, units: bigint): Promise<bigint> {
  const native = await context.reads.price(context.reader.tokens.native);
  return (units * context.reader.gasPriceWei * native.usdE8) / 10n ** 18n;
}

/** Throws InsufficientFundsError when the coin left does not pay the gas twice over, GasCapError above the owner's cap. */
export async function checkGas(context: Context, draft: Draft): Promise<void> {
  const { reader, reads, intent } = context;
  const { native } = reader.tokens;
  const balance = await reads.balanceOf(native);
  const left = balance + minOf(walletDelta(draft.ledger, native), 0n);
  const needed = draft.gas * reader.gasPriceWei * CHECK_FACTOR;
  if (left < needed)
    throw new InsufficientFundsError(
      `Gas needs up to ${formatAmount(needed, native)} and ${formatAmount(left < 0n ? 0n : left, native)} would be left: use a smaller amount or add ${native.symbol}.`,
      { facts: [`have ${balance}`, `need ${needed} for gas`, `gas ${draft.gas}`] },
    );
  const cap = intent.constraints?.maxGasUsd;
  if (cap === undefined) return;
  const cost = await gasUsdE8(context, draft.gas);
  const limit = floorUnits(parseDecimal(cap), 8);
  if (cost > limit)
    throw new GasCapError(
      `Gas would cost about ${formatUsd(cost)}, more than your limit of $${cap}: wait or raise the limit.`,
      {
        facts: [
          `gas ${draft.gas}`,
          `gas price ${reader.gasPriceWei} wei`,
          `limit ${exactUnits(parseDecimal(cap), 8) ?? limit}`,
        ],
        retry: "fresh-quote",
      },
    );
}
