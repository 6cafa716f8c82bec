import type { Address } from "viem";
import type { Token } from "../domain/token.ts";

/** One predicted change of what the owner holds or owes in a protocol. */
export type PositionDelta = {
  readonly protocol: string;
  readonly marketId: string;
  readonly token: Token;
  readonly side: "supplied" | "borrowed";
  /** Base units, signed. */
  readonly delta: bigint;
};

/**
 * The virtual wallet: what the plan's earlier actions change, on top of the pinned block.
 * Credits count the least that must arrive, so that nothing later relies on more.
 */
export type Ledger = {
  /** Signed base units by lower-case address. */
  readonly wallet: ReadonlyMap<string, bigint>;
  /** Allowance after the planned calls, by "token:spender" in lower case; absent = as on chain. */
  readonly allowances: ReadonlyMap<string, bigint>;
  readonly positions: readonly PositionDelta[];
};

/** Nothing planned yet. */
export const emptyLedger: Ledger = { wallet: new Map(), allowances: new Map(), positions: [] };

/** Predicted change of a token's wallet balance so far. */
export function walletDelta(ledger: Ledger, token: Token): bigint {
  return ledger.wallet.get(token.address.toLowerCase()) ?? 0n;
}

/** The ledger after `amount` (signed base units) of a token arrives or leaves. */
export function moveFunds(ledger: Ledger, token: Token, amount: bigint): Ledger {
  const wallet = new Map(ledger.wallet);
  wallet.set(token.address.toLowerCase(), walletDelta(ledger, token) + amount);
  return { ...ledger, wallet };
}

/** The ledger after a position changes. */
export function movePosition(ledger: Ledger, change: PositionDelta): Ledger {
  return { ...ledger, positions: [...ledger.positions, change] };
}

/** Allowance the planned calls leave; undefined = untouched, read the chain. */
export function plannedAllowance(ledger: Ledger, token: Token, spender: Address): bigint | undefined {
  return ledger.allowances.get(allowanceKey(token, spender));
}

/** The ledger after the allowance becomes `amount`. */
export function setAllowance(ledger: Ledger, token: Token, spender: Address, amount: bigint): Ledger {
  const allowances = new Map(ledger.allowances);
  allowances.set(allowanceKey(token, spender), amount);
  return { ...ledger, allowances };
}

/** Sum of the planned changes of one position. */
export function positionDelta(
  ledger: Ledger,
  at: {
    readonly protocol: string;
    readonly marketId: string;
    readonly token: Token;
    readonly side: PositionDelta["side"];
  },
): bigint {
  return ledger.positions
    .filter(
      (one) =>
        one.protocol === at.protocol &&
        one.side === at.side &&
        one.marketId.toLowerCase() === at.marketId.toLowerCase() &&
        one.token.address.toLowerCase() === at.token.address.toLowerCase(),
    )
    .reduce((sum, one) => sum + one.delta, 0n);
}

/** True when an earlier action of the plan changed the owner's account in this protocol. */
export function isTouched(ledger: Ledger, protocol: string): boolean {
  return ledger.positions.some((one) => one.protocol === protocol);
}

function allowanceKey(token: Token, spender: Address): string {
  return `${token.address}:${spender}`.toLowerCase();
}
