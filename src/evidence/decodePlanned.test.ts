import { expect, test } from "vitest";
import { approveCall, ERC20_AMOUNT_AT, transferCall } from "../chain/erc20.ts";
import { UNWRAP_AMOUNT_AT, unwrapCall, wrapCall } from "../chain/weth.ts";
import type { Binding, Call } from "../domain/call.ts";
import { decodePlanned } from "./decodePlanned.ts";

const WETH = "0x3000000000000000000000000000000000000001";
const TOKEN = "0x3000000000000000000000000000000000000002";
const PERSON = "0x1000000000000000000000000000000000000002";
const binding = (at: Binding["at"], min = 4n, max = 9n): Binding => ({ at, from: [0], asset: TOKEN, min, max });
const decode = (call: Call, ...bindings: readonly Binding[]) => {
  const planned = { ...call, role: "action", label: "", protocol: "", actionIndex: 0, bindings } as const;
  return decodePlanned({ protocols: [], wrappedNative: WETH }, planned, 1).effect?.type;
};

test.each<[string, Call, Binding]>([
  ["transfer", transferCall(TOKEN, PERSON, 5n), binding(ERC20_AMOUNT_AT)],
  ["approve", approveCall(TOKEN, PERSON, 5n), binding(ERC20_AMOUNT_AT)],
  ["wrap", wrapCall(WETH, 5n), binding("value")],
  ["unwrap", unwrapCall(WETH, 5n), binding(UNWRAP_AMOUNT_AT, 0n)],
  ["transfer", { to: PERSON, data: "0x", value: 5n }, binding("value")],
])("default: the amount of %s may be bound", (type, call, bound) => {
  expect(decode(call, bound)).toBe(type);
});

test.each<[string, Call, readonly Binding[]]>([
  ["the recipient's word", transferCall(TOKEN, PERSON, 5n), [binding(4)]],
  ["between two words", transferCall(TOKEN, PERSON, 5n), [binding(ERC20_AMOUNT_AT - 1)]],
  ["beyond the end", transferCall(TOKEN, PERSON, 5n), [binding(ERC20_AMOUNT_AT + 32)]],
  ["the spender's word", approveCall(TOKEN, PERSON, 5n), [binding(4)]],
  ["coins beside a token call", transferCall(TOKEN, PERSON, 5n), [binding("value")]],
  ["two amounts", transferCall(TOKEN, PERSON, 5n), [binding(ERC20_AMOUNT_AT), binding(ERC20_AMOUNT_AT)]],
])("behavior: a binding of %s leaves the call undecoded", (_, call, bindings) => {
  expect(decode(call, ...bindings)).toBeUndefined();
});
