import { expect, test } from "vitest";
import { printable } from "./printable.ts";

test("default: plain text, its lines and other scripts stay", () => {
  expect(printable("1 USDC\n\u2192 \u00fc")).toBe("1 USDC\n\u2192 \u00fc");
});

test("behavior: nothing commands the terminal, turns the reading around or is endless", () => {
  expect(printable("\u001b[2J\u009b1m\r\u202e\u2066")).toBe("\\u001b[2J\\u009b1m\\u000d\\u202e\\u2066");
  expect(printable("x".repeat(500))).toHaveLength(401);
});
