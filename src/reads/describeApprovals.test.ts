import { decodeFunctionData, encodeFunctionResult, getAddress, type Hex, pad, toHex } from "viem";
import { expect, test } from "vitest";
import { multicall3Abi } from "../chain/abis/multicall3.ts";
import { describeApprovals } from "./describeApprovals.ts";
import type { ReadDeps } from "./types.ts";

const address = (number: number) => getAddress(pad(toHex(number), { size: 20 }));
const OWNER = address(1);
const DAI = { chainId: 1, address: address(2), symbol: "DAI", name: "Dai", decimals: 18, stable: true };
const STRANGER = address(3);
const BURNER = address(4);
const HONEST = address(5);

/** Every contract lets everybody take 7, but the burner, in whose company nothing is answered. */
async function call({ data }: { data: Hex }): Promise<{ data: Hex }> {
  const { args } = decodeFunctionData({ abi: multicall3Abi, data });
  const calls = (args?.[0] ?? []) as readonly { target: Hex }[];
  if (calls.some(({ target }) => target === BURNER) && calls.length > 2) throw new RangeError("out of gas");
  const result = calls.map(({ target }) => ({ success: target !== BURNER, returnData: pad("0x07", { size: 32 }) }));
  return { data: encodeFunctionResult({ abi: multicall3Abi, functionName: "aggregate3", result }) };
}

const approvals = async (tokens: readonly Hex[]) => {
  const reader = {
    block: 9n,
    chainId: 1,
    addresses: { multicall3: address(9) },
    tokens: {
      all: [],
      native: { symbol: "ETH" },
      byAddress: (asset: Hex) => (asset === DAI.address ? DAI : undefined),
    },
    client: {
      call,
      getBlock: async () => ({ timestamp: 0n }),
      getLogs: async () => tokens.map((token) => ({ address: token, args: { owner: OWNER, spender: STRANGER } })),
      multicall: async () => [],
    },
  };
  const deps = { reader: async () => reader, protocols: [], prices: async () => new Map() } as unknown as ReadDeps;
  return await describeApprovals(deps, { owner: OWNER });
};

test("behavior: a contract that burns all gas hides no approval beside it", async () => {
  const { text, facts } = await approvals([DAI.address, BURNER, BURNER, HONEST, address(6)]);
  expect(text).toMatch(/^3 approvals are open/);
  expect(facts[0]).toContain("0.000000000000000007 DAI");
});

test("behavior: events of invented tokens push no listed token out, and what is left out is said", async () => {
  const invented = Array.from({ length: 300 }, (_, index) => address(1_000 + index));
  const { facts } = await approvals([DAI.address, ...invented]);
  expect(facts[0]).toContain("DAI");
  expect(facts.at(-1)).toBe("left out: 101 more pairs of those events, tokens on no list last");
});
