import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Token } from "../domain/token.ts";
import {
  emptyLedger,
  isTouched,
  moveFunds,
  movePosition,
  plannedAllowance,
  positionDelta,
  setAllowance,
  walletDelta,
} from "./wallet.ts";

const token = (address: Token["address"]): Token => ({
  chainId: 1,
  address,
  symbol: "T",
  name: "T",
  decimals: 18,
  stable: false,
});
const dai = token("0x6B175474E89094C44Da98b954EedeAC495271d0F");
const daiLower = token("0x6b175474e89094c44da98b954eedeac495271d0f");
const usdc = token("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48");
const spender = usdc.address;

describe("moveFunds", () => {
  test("default", () => {
    const ledger = moveFunds(moveFunds(emptyLedger, dai, 10n), dai, -3n);
    expect(walletDelta(ledger, dai)).toBe(7n);
    expect(walletDelta(ledger, usdc)).toBe(0n);
  });

  test("behavior: the spelling of an address does not matter, and the old ledger stays as it was", () => {
    const before = moveFunds(emptyLedger, dai, 5n);
    const after = moveFunds(before, daiLower, 5n);
    expect(walletDelta(after, dai)).toBe(10n);
    expect(walletDelta(before, dai)).toBe(5n);
  });

  test("behavior: the delta is the sum of all moves", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })), (moves) => {
        const ledger = moves.reduce((sum, amount) => moveFunds(sum, dai, amount), emptyLedger);
        expect(walletDelta(ledger, dai)).toBe(moves.reduce((sum, amount) => sum + amount, 0n));
      }),
    );
  });
});

describe("setAllowance", () => {
  test("default", () => {
    const ledger = setAllowance(emptyLedger, dai, spender, 9n);
    expect(plannedAllowance(ledger, daiLower, spender)).toBe(9n);
    expect(plannedAllowance(ledger, usdc, spender)).toBeUndefined();
  });
});

describe("movePosition", () => {
  const at = { protocol: "aave-v3", marketId: dai.address, token: dai, side: "supplied" } as const;

  test("default", () => {
    const ledger = movePosition(movePosition(emptyLedger, { ...at, delta: 10n }), { ...at, delta: -4n });
    expect(positionDelta(ledger, { ...at, marketId: daiLower.address })).toBe(6n);
  });

  test("behavior: sides, markets and protocols are apart", () => {
    const ledger = movePosition(emptyLedger, { ...at, delta: 10n });
    expect(positionDelta(ledger, { ...at, side: "borrowed" })).toBe(0n);
    expect(positionDelta(ledger, { ...at, protocol: "spark" })).toBe(0n);
    expect(positionDelta(ledger, { ...at, marketId: usdc.address })).toBe(0n);
  });

  test("behavior: a change of nothing still marks the account as changed", () => {
    const ledger = movePosition(emptyLedger, { ...at, delta: 0n });
    expect(isTouched(ledger, "aave-v3")).toBe(true);
    expect(isTouched(ledger, "spark")).toBe(false);
  });
});
