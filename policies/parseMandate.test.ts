import { expect, test } from "vitest";
import { defaultMandate } from "./mandate.ts";
import { MandateInvalidError, parseMandate } from "./parseMandate.ts";

const text = (change: object) => JSON.stringify({ ...defaultMandate, ...change });

function factsOf(given: string): string {
  try {
    parseMandate(given);
  } catch (error) {
    if (error instanceof MandateInvalidError) return error.facts.join("\n");
    throw error;
  }
  return "";
}

test("default: what was written is what is read", () => {
  expect(parseMandate(text({}))).toEqual(defaultMandate);
});

test.each([
  ["not JSON", "{", ""],
  ["empty", "", ""],
  ["another version", text({ version: 2 }), "version"],
  ["a field with a typo", text({ maxSlipageBps: 5 }), "maxSlipageBps"],
  ["a missing limit", text({ spend: undefined }), "spend"],
  ["a negative limit", text({ maxSlippageBps: -1 }), "maxSlippageBps"],
  ["a number where a decimal string belongs", text({ spend: { perActionUsd: 5, perDayUsd: "5" } }), "perActionUsd"],
  ["no chain", text({ chains: [] }), "chains"],
  ["limits the wrong way round", text({ priceImpact: { warnBps: 9, denyBps: 5 } }), "warnBps"],
  ["losses the wrong way round", text({ valueLoss: { warnBps: 9, denyBps: 5 } }), "valueLoss"],
  ["sandwich limits the wrong way round", text({ sandwich: { noteUsd: "9", warnUsd: "5" } }), "sandwich"],
  ["a health factor below one", text({ healthFactor: { warn: "1.5", deny: "0.9" } }), "at least 1"],
  ["more per action than per day", text({ spend: { perActionUsd: "9", perDayUsd: "5" } }), "perActionUsd"],
])("error: MandateInvalidError, %s", (_, given, fact) => {
  expect(() => parseMandate(given)).toThrow(MandateInvalidError);
  expect(factsOf(given)).toContain(fact);
});
