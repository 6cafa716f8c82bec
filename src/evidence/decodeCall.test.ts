import { expect, test } from "vitest";
import { approveCall, transferCall } from "../chain/erc20.ts";
import { unwrapCall, wrapCall } from "../chain/weth.ts";
import type { Call } from "../domain/call.ts";
import type { Effect } from "../domain/effect.ts";
import type { Protocol } from "../protocols/protocol.ts";
import { decodeCall } from "./decodeCall.ts";

const WETH = "0x3000000000000000000000000000000000000001";
const TOKEN = "0x3000000000000000000000000000000000000002";
const PERSON = "0x1000000000000000000000000000000000000002";
const effect: Effect = { type: "set-collateral", protocol: "a", asset: TOKEN, enabled: true };
const protocol = (id: string, answer?: Effect) =>
  ({ id, decode: () => answer }) as Pick<Protocol, "id" | "decode"> as Protocol;
const decode = (call: Call, protocols: readonly Protocol[] = []) =>
  decodeCall({ protocols, wrappedNative: WETH }, call, 3);

test.each<[string, Call, string, string]>([
  ["native payment", { to: PERSON, data: "0x", value: 5n }, "transfer", "native"],
  ["approval", approveCall(TOKEN, PERSON, 5n), "approve", "erc20"],
  ["token transfer", transferCall(TOKEN, PERSON, 5n), "transfer", "erc20"],
  ["wrap", wrapCall(WETH, 5n), "wrap", "weth"],
  ["unwrap", unwrapCall(WETH, 5n), "unwrap", "weth"],
])("default: %s", (_, call, type, by) => {
  expect(decode(call)).toMatchObject({ callIndex: 3, effect: { type }, decodedBy: by });
});

test("behavior: the one protocol that knows the call names it", () => {
  const call: Call = { to: TOKEN, data: "0x12345678", value: 0n };
  expect(decode(call, [protocol("a", effect), protocol("b")])).toEqual({ callIndex: 3, effect, decodedBy: "a" });
});

test("behavior: two meanings are no meaning", () => {
  const call: Call = { to: TOKEN, data: "0x12345678", value: 0n };
  expect(decode(call, [protocol("a", effect), protocol("b", effect)])).toEqual({ callIndex: 3 });
  expect(decode(approveCall(TOKEN, PERSON, 5n), [protocol("a", effect)])).toEqual({ callIndex: 3 });
});

test("behavior: what nobody knows stays undecoded", () => {
  expect(decode({ to: TOKEN, data: "0x12345678", value: 0n })).toEqual({ callIndex: 3 });
  expect(decode({ to: PERSON, data: "0x", value: 0n })).toEqual({ callIndex: 3 });
  expect(decode({ ...approveCall(TOKEN, PERSON, 5n), value: 1n })).toEqual({ callIndex: 3 });
});
