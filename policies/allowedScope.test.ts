import { expect, test } from "vitest";
import type { Constraints } from "../src/domain/intent.ts";
import { allowedScope } from "./allowedScope.ts";
import { codesOf, DAI, ORPHAN, OWNER, ROUTER, testEvidence, USDC } from "./lib/testEvidence.ts";
import { defaultMandate, type Mandate } from "./mandate.ts";

function judge(limits: Partial<Mandate>, buy = DAI.address, protocols?: Constraints["protocols"]) {
  const effect = {
    type: "swap",
    protocol: "uniswap-v3",
    side: "sell",
    sell: USDC.address,
    buy,
    sellAmount: 1n,
    buyAmount: 1n,
    recipient: OWNER,
  } as const;
  const actions = [{ type: "swap", sell: "USDC", buy: "DAI", amount: { unit: "all" }, side: "sell" } as const];
  const intent = { actions, ...(protocols && { constraints: { protocols } }) };
  return codesOf(
    allowedScope.check(testEvidence([{ to: ROUTER, effect }], { intent }), { ...defaultMandate, ...limits }),
  );
}

test.each<[string, Partial<Mandate>, readonly string[]]>([
  ["everything of the default mandate", {}, []],
  ["the protocol is listed", { protocols: ["uniswap-v3"] }, []],
  ["the protocol is not listed", { protocols: ["aave-v3"] }, ["allowed-scope.protocol"]],
  ["no protocol is listed", { protocols: [] }, ["allowed-scope.protocol"]],
  ["another chain", { chains: [1] }, ["allowed-scope.chain"]],
  ["the token by symbol", { tokens: ["DAI"] }, []],
  ["the token by address", { tokens: [DAI.address.toLowerCase()] }, []],
  ["only other tokens", { tokens: ["USDC"] }, ["allowed-scope.token"]],
])("behavior: %s", (_, limits, expected) => {
  expect(judge(limits)).toEqual(expected);
});

test("behavior: a token outside the registry needs its address in the mandate, whatever it calls itself", () => {
  expect(judge({ tokens: "listed" }, ORPHAN)).toEqual(["allowed-scope.token"]);
  expect(judge({ tokens: "scanned" }, ORPHAN)).toEqual([]);
  expect(judge({ tokens: ["DAI"] }, ORPHAN)).toEqual(["allowed-scope.token"]);
  expect(judge({ tokens: [ORPHAN] }, ORPHAN)).toEqual([]);
});

test("behavior: the intent's own limits hold besides the mandate's", () => {
  expect(judge({}, DAI.address, { deny: ["uniswap-v3"] })).toEqual(["allowed-scope.protocol"]);
  expect(judge({}, DAI.address, { allow: ["uniswap-v2"] })).toEqual(["allowed-scope.protocol"]);
  expect(judge({}, DAI.address, { allow: ["uniswap-v3"] })).toEqual([]);
});
