import { expect, test } from "vitest";
import type { Reader } from "../chain/reader.ts";
import { recentTransfers } from "./recentTransfers.ts";

const OWNER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const TOKEN = {
  chainId: 1,
  address: "0x6B175474E89094C44Da98b954EedeAC495271d0F",
  symbol: "DAI",
  name: "Dai",
  decimals: 18,
  stable: true,
} as const;

test("behavior: a payment to oneself is one movement, though it is found from both ends", async () => {
  const log = {
    address: TOKEN.address,
    transactionHash: "0x01",
    logIndex: 0,
    blockNumber: 5n,
    args: { from: OWNER, to: OWNER, value: 10n ** 18n },
  };
  const reader = {
    block: 9n,
    tokens: { native: { symbol: "ETH" }, byAddress: () => TOKEN },
    client: { getBlock: async () => ({ timestamp: 0n }), getLogs: async () => [log] },
  } as unknown as Reader;
  const { count, facts } = await recentTransfers(reader, { owner: OWNER, tokens: [TOKEN], except: new Set(), most: 8 });
  expect(count).toBe(1);
  expect(facts).toHaveLength(2);
});
