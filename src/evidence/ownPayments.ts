import { getAddress } from "viem";
import type { Payment } from "../domain/evidence.ts";
import type { Plan } from "../domain/plan.ts";
import type { Receipt } from "../domain/receipt.ts";
import { type DecodeOptions, decodeCall } from "./decodeCall.ts";

/** A plan that was carried out here, and its receipts. */
export type Executed = { readonly plan: Plan; readonly receipts: readonly Receipt[] };

/** Transfers among the mined calls of our own plans, with what really left by them. */
export function ownPayments(options: DecodeOptions, executed: readonly Executed[]): readonly Payment[] {
  return executed.flatMap(({ plan, receipts }) =>
    receipts.flatMap((receipt): readonly Payment[] => {
      const call = plan.calls[receipt.callIndex];
      if (call === undefined || receipt.status !== "success") return [];
      const { effect } = decodeCall(options, call, receipt.callIndex);
      if (effect?.type !== "transfer") return [];
      const moved = receipt.changes.find(({ asset }) => getAddress(asset) === getAddress(effect.asset))?.delta ?? 0n;
      if (moved >= 0n) return [];
      return [{ to: getAddress(effect.to), asset: effect.asset, amount: -moved, txHash: receipt.txHash }];
    }),
  );
}
