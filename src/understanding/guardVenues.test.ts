import { expect, test } from "vitest";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

const read = (content: string, key: "allow" | "deny") => {
  const messages = [{ role: "user", content }] as const;
  const action = { type: "swap", sell: "T1", buy: "T2", amount: { token: "N1" }, side: "sell", limit: null };
  const draft = { kind: "act", actions: [action], constraints: [{ [key]: ["P1"] }] };
  return toUnderstanding(draft, mask(messages), messages).understanding;
};

test.each([
  "change 100 usdc for eth, avoid curve",
  "change 100 usdc for eth but not on uniswap v2",
  "change 100 usdc for eth, stay away from sushiswap",
  "change 100 usdc for eth. don't use the balancer pools",
])("behavior: a venue that is ruled out is never the allowed one: %s", (text) => {
  expect(read(text, "allow")).toMatchObject({ kind: "clarify", missing: ["protocol"] });
  expect(read(text, "deny").kind).toBe("act");
});

test.each(["change 100 usdc for eth, only on curve", "no rush: change 100 usdc for eth on uniswap v2"])(
  "default: a venue that is named is allowed: %s",
  (text) => expect(read(text, "allow").kind).toBe("act"),
);
