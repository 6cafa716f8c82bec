import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonEnd } from "./jsonEnd.ts";

describe("jsonEnd", () => {
  test("default", () => {
    const end = jsonEnd();
    expect(['{"a":', '"}"', ",", '"b":[1', "]"].map((piece) => end.push(piece))).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(end.push("}")).toBe(true);
  });

  test("behavior: ends exactly with the last character of any object, however it is cut", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.integer({ min: 1, max: 5 }), (value, size) => {
        const text = JSON.stringify(value);
        const end = jsonEnd();
        for (let at = 0; at < text.length; at += size) {
          expect(end.push(text.slice(at, at + size))).toBe(at + size >= text.length);
        }
      }),
    );
  });
});
