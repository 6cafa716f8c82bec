import { type Address, encodeFunctionData, erc20Abi, type Hex, parseAbi } from "viem";
import { expect, test } from "vitest";
import { permissionsOfCall } from "../permissions/permissionsOfCall.ts";
import { readTypedData } from "../permissions/permissionsOfTypedData.ts";
import { readCalls } from "./readCalls.ts";
import { readSwaps } from "./swapTerms.ts";

const OWNER: Address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const TOKEN: Address = "0x6B175474E89094C44Da98b954EedeAC495271d0F";
const ROUTER: Address = "0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D";
const known = [{ address: ROUTER, label: "router", role: "target", protocol: "uniswap-v2" } as const];
const PAYLOADS = 20_000;

const abi = parseAbi([
  "function swapExactTokensForTokens(uint256 a, uint256 b, address[] path, address to, uint256 deadline)",
  "function swapExactETHForTokensSupportingFeeOnTransferTokens(uint256 b, address[] path, address to, uint256 deadline) payable",
  "function exactInputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 amountIn, uint256 amountOutMinimum, uint160 limit) params) payable",
  "function multicall(uint256 deadline, bytes[] data) payable",
  "function setApprovalForAll(address operator, bool approved)",
]);
const single = encodeFunctionData({
  abi,
  functionName: "exactInputSingle",
  args: [
    { tokenIn: TOKEN, tokenOut: ROUTER, fee: 500, recipient: OWNER, amountIn: 5n, amountOutMinimum: 4n, limit: 0n },
  ],
});
const v2 = [5n, 4n, [TOKEN, ROUTER], OWNER, 9n] as const;
const seeds: readonly Hex[] = [
  encodeFunctionData({ abi, functionName: "swapExactTokensForTokens", args: v2 }),
  encodeFunctionData({
    abi,
    functionName: "swapExactETHForTokensSupportingFeeOnTransferTokens",
    args: [4n, [TOKEN, ROUTER], OWNER, 9n],
  }),
  single,
  encodeFunctionData({ abi, functionName: "multicall", args: [9n, [single, single]] }),
  encodeFunctionData({ abi, functionName: "setApprovalForAll", args: [OWNER, true] }),
  encodeFunctionData({ abi: erc20Abi, functionName: "transferFrom", args: [OWNER, ROUTER, 5n] }),
];

/** Deterministic: xorshift32. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function mutate(data: Hex, roll: (below: number) => number): Hex {
  let hex = data.slice(2);
  for (let count = roll(3); count >= 0; count--) {
    const at = roll(Math.max(1, hex.length));
    const kind = roll(4);
    if (kind === 0) hex = hex.slice(0, at - (at % 2));
    else if (kind === 1) hex = `${hex.slice(0, at)}${roll(16).toString(16)}${hex.slice(at + 1)}`;
    else if (kind === 2) hex += roll(16).toString(16).repeat(2);
    else hex = hex.slice(0, at) + "f".repeat(Math.min(64, hex.length - at)) + hex.slice(at + 64);
  }
  return `0x${hex.length % 2 === 0 ? hex : `${hex}0`}`;
}

test(`behavior: of ${PAYLOADS} mutated calls none crashes, and what counts as read is known to the last byte`, () => {
  const roll = dice(17);
  let read = 0;
  for (let count = 0; count < PAYLOADS; count++) {
    const data = mutate(seeds[roll(seeds.length)] ?? single, roll);
    const to = count % 2 === 0 ? ROUTER : TOKEN;
    const [one] = readCalls([{ to, data, value: 0n }], [{ callIndex: 0 }], { account: OWNER, known });
    if (one?.whole !== true) continue;
    read += 1;
    // Nothing can be put behind it or taken away without its being unread.
    const more = readCalls([{ to, data: `${data}00`, value: 0n }], [{ callIndex: 0 }], { account: OWNER, known });
    const less = readCalls([{ to, data: data.slice(0, -2) as Hex, value: 0n }], [{ callIndex: 0 }], {
      account: OWNER,
      known,
    });
    expect([more[0]?.whole, less[0]?.whole]).toEqual([false, false]);
    // And it says something that can be judged.
    const judged = one.effect !== undefined || readSwaps(one.call).swaps.length > 0;
    expect(judged || permissionsOfCall(one.call).length > 0 || data.startsWith("0xa22cb465")).toBe(true);
  }
  expect(read).toBeGreaterThan(500);
});

test("behavior: fields that the types do not name never reach a reader, whatever they are called", () => {
  const roll = dice(23);
  const names = ["owner", "spender", "value", "deadline", "__proto__", "constructor", "details", "toString"];
  for (let count = 0; count < 2_000; count++) {
    const signed = names.filter(() => roll(2) === 0);
    const types = { Permit: signed.map((name) => ({ name, type: roll(3) === 0 ? "Permit[]" : "uint256" })) };
    const message = Object.fromEntries(names.map((name) => [name, roll(2) === 0 ? [{ [name]: 1 }] : 1]));
    const data = readTypedData({ types, primaryType: "Permit", domain: {}, message });
    expect(Object.keys(data?.message ?? {}).every((name) => signed.includes(name))).toBe(true);
  }
});
