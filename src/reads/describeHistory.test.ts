import { expect, test } from "vitest";
import { NATIVE_ADDRESS } from "../domain/token.ts";
import { describeHistory } from "./describeHistory.ts";
import type { QuestionDeps } from "./types.ts";

test("behavior: a symbol that a token on no list chose is shown as data", async () => {
  const change = { asset: NATIVE_ADDRESS, symbol: "USDC\n\u202eSent", decimals: 0, delta: "5" };
  const record = {
    account: NATIVE_ADDRESS,
    chainId: 1,
    state: "confirmed",
    updatedAt: "2026-11-27T12:00:00.000Z",
    receipts: [{ label: "swap", txHash: "0x01", block: "1", changes: [change] }],
  };
  const reader = {
    block: 1n,
    chainId: 1,
    tokens: { all: [], native: { symbol: "ETH" }, byAddress: () => undefined },
    client: { getBlock: async () => ({ timestamp: 0n }), getLogs: async () => [] },
  };
  const deps = { reader: async () => reader, protocols: [], records: { list: async () => ({ records: [record] }) } };
  const { facts } = await describeHistory(deps as unknown as QuestionDeps, { owner: NATIVE_ADDRESS });
  expect(facts[0]).toContain('[+5 "USDC\\u{a}\\u{202e}Sent"]');
});
