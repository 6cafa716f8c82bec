import { expect, test } from "vitest";
import { intentSchema } from "./intent.ts";

const swap = (value: string) => ({
  actions: [{ type: "swap", sell: "USDC", buy: "ETH", amount: { unit: "token", value }, side: "sell" }],
});

test("default: every amount that a token can hold", () => {
  expect(intentSchema.safeParse(swap(`${(1n << 256n) - 1n}`)).success).toBe(true);
  expect(intentSchema.safeParse(swap(`0.${"0".repeat(77)}1`)).success).toBe(true);
});

test.each(["-1", "1e18", "0x10", ".5", "1.", "", " 1", "Infinity", "1,000", "9".repeat(1_000_000)])(
  "behavior: no amount: %.20s",
  (value) => {
    expect(intentSchema.safeParse(swap(value)).success).toBe(false);
  },
);
