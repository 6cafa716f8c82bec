import { describe, expect, test } from "vitest";
import { inWords, money, normal, spell } from "./numbers.ts";
import { createRng } from "./random.ts";
import { share } from "./shares.ts";

/** Reads digits, grouping and size letters, independently of how they were written; words are left to the table below. */
function readDigits(text: string): number | undefined {
  const found = /^\$? ?(?:US\$)?([\d.,]+)(k|m| grand| thousand| million| mil)?$/i.exec(text.replace("US$", ""));
  if (found === null) return undefined;
  const digits = found[1] ?? "";
  const decimal = /,\d{1,2}$/.test(digits)
    ? digits.replace(/\./g, "").replace(",", ".")
    : digits.replace(/,(?=\d{3})/g, "");
  const size =
    { k: 1e3, grand: 1e3, thousand: 1e3, m: 1e6, million: 1e6, mil: 1e6 }[(found[2] ?? "").trim().toLowerCase()] ?? 1;
  return Number(decimal) * size;
}

describe("spell", () => {
  test.each(["2000", "1500", "0.5", "0.05", "12500", "7500.50", "1234.56", "20000000", "3", "250"])(
    "default: %s in digits reads back to its value",
    (value) => {
      const rng = createRng(1);
      let read = 0;
      for (let round = 0; round < 300; round += 1) {
        const spelled = spell(rng, value);
        expect(spelled.value).toBe(normal(value));
        const number = readDigits(spelled.text);
        if (number === undefined) continue;
        read += 1;
        expect(number, spelled.text).toBeCloseTo(Number(value), 9);
      }
      expect(read).toBeGreaterThan(50);
    },
  );

  test("behavior: a thousands point that an English reader could take for a decimal point never appears", () => {
    const rng = createRng(2);
    for (const value of ["1500", "2000", "12345", "1000000"])
      for (let round = 0; round < 300; round += 1) expect(spell(rng, value).text).not.toMatch(/^\d{1,3}\.\d{3}$/);
  });
});

describe("inWords", () => {
  test.each([
    [7, ["seven"]],
    [42, ["forty-two", "forty two"]],
    [100, ["one hundred", "a hundred"]],
    [250, ["two hundred and fifty", "two hundred fifty"]],
    [1500, ["fifteen hundred", "one thousand five hundred", "a thousand five hundred"]],
    [12000, ["twelve thousand"]],
    [2000000, ["two million"]],
  ] as const)("default: %i", (value, expected) => {
    const rng = createRng(3);
    for (let round = 0; round < 50; round += 1) expect(expected as readonly string[]).toContain(inWords(rng, value));
  });
});

describe("money", () => {
  test.each(["1000", "1250.75", "5", "0.5", "25000"])("default: $%s reads back", (value) => {
    const rng = createRng(4);
    for (let round = 0; round < 100; round += 1) expect(readDigits(money(rng, value))).toBeCloseTo(Number(value), 9);
  });
});

describe("share", () => {
  test("default: fractions and percents carry the value of their words", () => {
    const rng = createRng(5);
    const known = new Map([
      ["half", "50"],
      ["a third", "33.333333"],
      ["two thirds", "66.666667"],
      ["a quarter", "25"],
      ["3/4", "75"],
      ["an eighth", "12.5"],
    ]);
    for (let round = 0; round < 2000; round += 1) {
      const drawn = share(rng);
      const expected = known.get(drawn.text) ?? /^([\d.]+) ?(?:%|percent|per cent|pct)$/.exec(drawn.text)?.[1];
      if (expected !== undefined) expect(drawn.value).toBe(expected);
    }
  });
});
