import { encodeErrorResult, parseAbi } from "viem";
import { describe, expect, test } from "vitest";
import {
  BorrowCapacityError,
  HealthFactorTooLowError,
  InsufficientMarketLiquidityError,
  MarketFrozenError,
  ProtocolRefusedError,
  SupplyCapError,
} from "../shared/lendingErrors.ts";
import { aaveErrorsAbi, refusal } from "./refusal.ts";

const asset = {
  chainId: 1,
  address: "0x0000000000000000000000000000000000000001",
  symbol: "USDC",
  name: "USD Coin",
  decimals: 6,
  stable: true,
} as const;
const facts = {
  protocol: "Aave v3",
  asset,
  amount: 5_000_000n,
  position: 1n,
  room: 2_500_000n,
  liquidity: 3n,
  capacity: 1_500_000n,
  healthBefore: 1_500_000_000_000_000_000n,
  healthAfter: 900_000_000_000_000_000n,
};
const solidity = parseAbi(["error Error(string)", "error Panic(uint256)"]);
const text = (reason: string) => encodeErrorResult({ abi: solidity, errorName: "Error", args: [reason] });

describe("refusal", () => {
  test.each([
    ["28", MarketFrozenError],
    ["35", HealthFactorTooLowError],
    ["36", BorrowCapacityError],
    ["51", SupplyCapError],
  ])("default: v3.0's %s", (number, type) => {
    expect(refusal(text(number), facts)).toBeInstanceOf(type);
  });

  test.each([
    ["ReserveFrozen", MarketFrozenError],
    ["HealthFactorLowerThanLiquidationThreshold", HealthFactorTooLowError],
    ["CollateralCannotCoverNewBorrow", BorrowCapacityError],
    ["SupplyCapExceeded", SupplyCapError],
  ])("default: v3.4's %s", (errorName, type) => {
    expect(refusal(encodeErrorResult({ abi: aaveErrorsAbi, errorName }), facts)).toBeInstanceOf(type);
  });

  test("behavior: the text tells both numbers", () => {
    expect(refusal(text("36"), facts).message).toContain("1.5 USDC");
    expect(refusal(text("35"), facts).facts).toEqual(["health factor now 1.5", "afterwards 0.9"]);
  });

  test("behavior: an underflow in v3.0's strategy is missing liquidity", () => {
    const panic = encodeErrorResult({ abi: solidity, errorName: "Panic", args: [17n] });
    expect(refusal(panic, facts)).toBeInstanceOf(InsufficientMarketLiquidityError);
  });

  test("error: ProtocolRefusedError names a reason without a class", () => {
    const error = refusal(text("89"), facts);
    expect(error).toBeInstanceOf(ProtocolRefusedError);
    expect(error.facts[0]).toBe("Aave: SILOED_BORROWING_VIOLATION (89)");
    expect(refusal(undefined, facts)).toBeInstanceOf(ProtocolRefusedError);
  });
});
