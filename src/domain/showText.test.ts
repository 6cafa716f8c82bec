import { expect, test } from "vitest";
import { showText } from "./showText.ts";

test("default: plain names stand in quotes", () => {
  expect(showText("USD Coin")).toBe('"USD Coin"');
});

test("behavior: nothing hides, nothing leaves the quotes, nothing is long", () => {
  expect(showText('a"\n\u202eb\\')).toBe('"a\\u{22}\\u{a}\\u{202e}b\\u{5c}"');
  expect(showText("U\u0405DC")).toBe('"U\\u{405}DC"');
  expect(showText("x".repeat(1_000_000))).toBe(`"${"x".repeat(32)}…"`);
  expect(showText("🙂🙂🙂", 2)).toBe('"\\u{1f642}\\u{1f642}…"');
});
