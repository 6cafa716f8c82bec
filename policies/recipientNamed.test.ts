import { type Address, zeroAddress } from "viem";
import { expect, test } from "vitest";
import type { Effect } from "../src/domain/effect.ts";
import type { Evidence } from "../src/domain/evidence.ts";
import { FRIEND, OWNER, POOL, STRANGER, testEvidence, USDC } from "./lib/testEvidence.ts";
import { recipientNamed } from "./recipientNamed.ts";

const grounding = (field: string, value: string) => ({ field, value, turn: 0, start: 0, end: 1, text: value });
const judge = (effect: Effect, evidence: Partial<Evidence> = {}, contacts: { name: string; address: string }[] = []) =>
  recipientNamed.check(testEvidence([{ to: USDC.address, effect }], { evidence }), contacts).length;
const transfer = (to: Address): Effect => ({ type: "transfer", asset: USDC.address, to, amount: 1n });
const named: Partial<Evidence> = { groundings: [grounding("actions[0].to", FRIEND.toLowerCase())] };

test.each<[string, Effect, Partial<Evidence>, number]>([
  ["named in the owner's words", transfer(FRIEND), named, 0],
  ["in the address book", transfer(FRIEND), { contacts: [{ name: "Ann", address: FRIEND }] }, 0],
  ["to oneself", transfer(OWNER), {}, 0],
  ["nobody named", transfer(STRANGER), {}, 1],
  ["somebody else named", transfer(STRANGER), named, 1],
  ["named as something else", transfer(FRIEND), { groundings: [grounding("actions[0].asset", FRIEND)] }, 1],
  [
    "the zero address, even if named",
    transfer(zeroAddress),
    { groundings: [grounding("actions[0].to", zeroAddress)] },
    1,
  ],
  [
    "a token contract, even if named",
    transfer(USDC.address),
    { groundings: [grounding("actions[0].to", USDC.address)] },
    1,
  ],
  ["a pool, even if named", transfer(POOL), { groundings: [grounding("actions[0].to", POOL)] }, 1],
])("behavior: transfer %s", (_, effect, evidence, expected) => {
  expect(judge(effect, evidence)).toBe(expected);
});

test("behavior: the mandate's own contacts count as named", () => {
  expect(judge(transfer(FRIEND), {}, [{ name: "Ann", address: FRIEND.toUpperCase().replace("0X", "0x") }])).toBe(0);
});

test.each<[string, (party: Address) => Effect]>([
  ["supply", (party) => ({ type: "supply", protocol: "t", asset: USDC.address, amount: 1n, onBehalfOf: party })],
  ["repay", (party) => ({ type: "repay", protocol: "t", asset: USDC.address, amount: 1n, onBehalfOf: party })],
  ["withdraw", (party) => ({ type: "withdraw", protocol: "t", asset: USDC.address, amount: 1n, recipient: party })],
  [
    "borrow",
    (party) => ({
      type: "borrow",
      protocol: "t",
      asset: USDC.address,
      amount: 1n,
      recipient: OWNER,
      onBehalfOf: party,
    }),
  ],
  [
    "swap",
    (party) => ({
      type: "swap",
      protocol: "t",
      side: "sell",
      sell: USDC.address,
      buy: POOL,
      sellAmount: 1n,
      buyAmount: 1n,
      recipient: party,
    }),
  ],
])("behavior: %s is for the owner only, a named person included", (_, effect) => {
  expect(judge(effect(OWNER))).toBe(0);
  expect(judge(effect(FRIEND), named)).toBe(1);
});

test("behavior: a withdrawal from somebody else's position", () => {
  const effect: Effect = {
    type: "withdraw",
    protocol: "t",
    asset: USDC.address,
    amount: 1n,
    recipient: OWNER,
    owner: STRANGER,
  };
  expect(judge(effect)).toBe(1);
});
