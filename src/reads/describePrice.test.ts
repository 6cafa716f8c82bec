import { expect, test } from "vitest";
import { sayPrice } from "./describePrice.ts";

test.each([
  [300_000_000_000n, "3000.00"],
  [100_000_000n, "1.00"],
  [99_985_000n, "0.99985"],
  [123n, "0.00000123"],
])("default: %s", (usdE8, said) => expect(sayPrice(usdE8)).toBe(said));
