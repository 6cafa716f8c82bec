import fc from "fast-check";
import { expect, test } from "vitest";
import { looksAlike } from "./lookAlike.ts";

const known = "0xAbC1230000000000000000000000000000d4E5f6";

test.each([
  ["four in front, four behind", "0xabc199999999999999999999999999999999e5f6", true],
  ["three in front, four behind", "0xabc999999999999999999999999999999999e5f6", true],
  ["four in front, three behind", "0xabc19999999999999999999999999999999995f6", true],
  ["three and three", "0xabc99999999999999999999999999999999995f6", false],
  ["four in front only", "0xabc1999999999999999999999999999999999999", false],
  ["four behind only", "0x999999999999999999999999999999999999e5f6", false],
  ["itself, written otherwise", known.toLowerCase(), false],
  ["no address", "0xabc1e5f6", false],
])("behavior: %s", (_, other, expected) => {
  expect(looksAlike(known, other)).toBe(expected);
  expect(looksAlike(other, known)).toBe(expected);
});

test("behavior: any address with the same ends and another middle looks alike", () => {
  const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${count}}$`));
  fc.assert(
    fc.property(digits(4), digits(4), digits(32), digits(32), (front, back, one, other) => {
      expect(looksAlike(`0x${front}${one}${back}`, `0x${front}${other}${back}`)).toBe(one !== other);
    }),
  );
});
