import type { Position } from "../../domain/market.ts";
import { sameToken, type Token } from "../../domain/token.ts";
import { maxOf } from "../decimal.ts";
import type { Context, Draft } from "../types.ts";
import { type PositionDelta, positionDelta } from "../wallet.ts";

/** One asset supplied to, or owed in, one place, after the plan's earlier actions. */
export type Entry = {
  readonly protocol: string;
  readonly marketId: string;
  readonly token: Token;
  readonly amount: bigint;
  /** Supplied entries: counts as collateral. */
  readonly collateral: boolean;
  /** True when the pinned block already shows it to the unit. */
  readonly onChain: boolean;
};

/** What the owner has supplied (`supplied`) or owes (`borrowed`), everywhere, at this point of the plan. */
export async function entries(context: Context, draft: Draft, side: PositionDelta["side"]): Promise<readonly Entry[]> {
  const positions = await context.reads.positions();
  const known = positions.flatMap((position) => entriesOf(position, side));
  const added = draft.ledger.positions
    .filter((change) => change.side === side && !known.some((entry) => isAt(entry, change)))
    .map((change) => ({ ...placeOf(change), amount: 0n, collateral: true }))
    .filter((entry, index, all) => all.findIndex((other) => isAt(other, entry)) === index);
  return [...known, ...added]
    .map((entry) => {
      const delta = positionDelta(draft.ledger, { ...entry, side });
      return { ...entry, amount: maxOf(entry.amount + delta, 0n), onChain: delta === 0n };
    })
    .filter((entry) => entry.amount > 0n);
}

type Place = Pick<Entry, "protocol" | "marketId" | "token">;

function entriesOf(position: Position, side: PositionDelta["side"]): readonly Omit<Entry, "onChain">[] {
  const place = (token: Token) => ({
    protocol: position.protocol,
    // Aave and Spark hold one account over all reserves; there the asset is the market.
    marketId: position.marketId ?? token.address,
    token,
  });
  if (side === "borrowed")
    return position.borrowed.map(({ asset, amount }) => ({ ...place(asset), amount, collateral: false }));
  return position.supplied.map(({ asset, amount, collateral }) => ({ ...place(asset), amount, collateral }));
}

function placeOf({ protocol, marketId, token }: PositionDelta): Place {
  return { protocol, marketId, token };
}

function isAt(a: Place, b: Place): boolean {
  return (
    a.protocol === b.protocol && a.marketId.toLowerCase() === b.marketId.toLowerCase() && sameToken(a.token, b.token)
  );
}
