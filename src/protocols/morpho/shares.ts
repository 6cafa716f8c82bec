/** Virtual shares and assets that keep share prices honest (morpho-blue SharesMathLib). */
const VIRTUAL_SHARES = 10n ** 6n;
const VIRTUAL_ASSETS = 1n;

/** One side of a market: assets in base units and the shares that stand for them. */
export type Pot = { readonly assets: bigint; readonly shares: bigint };

/** Assets that `shares` are worth, rounded down: what a lender gets. */
export function toAssetsDown(shares: bigint, pot: Pot): bigint {
  return (shares * (pot.assets + VIRTUAL_ASSETS)) / (pot.shares + VIRTUAL_SHARES);
}

/** Assets that `shares` are worth, rounded up: what a borrower owes. */
export function toAssetsUp(shares: bigint, pot: Pot): bigint {
  return divideUp(shares * (pot.assets + VIRTUAL_ASSETS), pot.shares + VIRTUAL_SHARES);
}

/** Shares that `assets` are, rounded down: what a deposit gets and a repayment burns. */
export function toSharesDown(assets: bigint, pot: Pot): bigint {
  return (assets * (pot.shares + VIRTUAL_SHARES)) / (pot.assets + VIRTUAL_ASSETS);
}

/** Shares that `assets` are, rounded up: what a withdrawal burns and a loan adds. */
export function toSharesUp(assets: bigint, pot: Pot): bigint {
  return divideUp(assets * (pot.shares + VIRTUAL_SHARES), pot.assets + VIRTUAL_ASSETS);
}

function divideUp(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}
