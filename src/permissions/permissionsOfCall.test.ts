import { encodeFunctionData, type Hex } from "viem";
import { describe, expect, it } from "vitest";
import { controlAbi, PERMIT2, permit2Abi, tokenAbi, wrapperAbi } from "./abis.ts";
import { permissionsOfCall } from "./permissionsOfCall.ts";

const TOKEN = "0x6B175474E89094C44Da98b954EedeAC495271d0F";
const SPENDER = "0x1111111254EEB25477B68fb85Ed929f73A960582";
const OWNER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const SIGNED = { v: 27, r: `0x${"1".repeat(64)}`, s: `0x${"2".repeat(64)}` } as const;
const approve = (amount: bigint) =>
  encodeFunctionData({ abi: tokenAbi, functionName: "approve", args: [SPENDER, amount] });
const of = (data: Hex, to: Hex = TOKEN) => permissionsOfCall({ to, data });

describe("permissionsOfCall", () => {
  it("default: an ERC-20 approval", () => {
    expect(of(approve(500n))).toMatchObject([
      { type: "allowance", by: "approve", token: TOKEN, spender: SPENDER, amount: 500n },
    ]);
  });

  it("behavior: what adds to an allowance counts as one, what takes from it as none", () => {
    const args = [SPENDER, 7n] as const;
    const more = encodeFunctionData({ abi: tokenAbi, functionName: "increaseAllowance", args });
    expect(of(more)).toMatchObject([{ type: "allowance", by: "increase", amount: 7n }]);
    expect(of(encodeFunctionData({ abi: tokenAbi, functionName: "decreaseAllowance", args }))).toEqual([]);
  });

  it("behavior: permits of EIP-2612 and of DAI", () => {
    const { v, r, s } = SIGNED;
    const standard = encodeFunctionData({
      abi: tokenAbi,
      functionName: "permit",
      args: [OWNER, SPENDER, 9n, 1n, v, r, s],
    });
    expect(of(standard)).toMatchObject([{ by: "permit", spender: SPENDER, amount: 9n }]);
    const dai = (allowed: boolean) =>
      encodeFunctionData({ abi: tokenAbi, functionName: "permit", args: [OWNER, SPENDER, 0n, 1n, allowed, v, r, s] });
    expect(of(dai(true))).toMatchObject([{ by: "permit", spender: SPENDER, amount: (1n << 256n) - 1n }]);
    expect(of(dai(false))).toEqual([]);
  });

  it("behavior: an operator of collectibles", () => {
    const set = (on: boolean) =>
      encodeFunctionData({ abi: tokenAbi, functionName: "setApprovalForAll", args: [SPENDER, on] });
    expect(of(set(true))).toEqual([{ type: "operator", collection: TOKEN, operator: SPENDER }]);
    expect(of(set(false))).toEqual([]);
  });

  it("behavior: Permit2, single and batch", () => {
    const data = encodeFunctionData({ abi: permit2Abi, functionName: "approve", args: [TOKEN, SPENDER, 5n, 99] });
    expect(of(data, PERMIT2)).toMatchObject([
      { by: "permit2", token: TOKEN, spender: SPENDER, amount: 5n, endsSeconds: 99n },
    ]);
    const details = [1n, 2n].map((amount) => ({ token: TOKEN, amount, expiration: 50, nonce: 0 }) as const);
    const batch = encodeFunctionData({
      abi: permit2Abi,
      functionName: "permit",
      args: [OWNER, { details, spender: SPENDER, sigDeadline: 1n }, "0x"],
    });
    expect(of(batch, PERMIT2)).toMatchObject([{ amount: 1n }, { amount: 2n }]);
    expect(of("0x12345678", PERMIT2)).toMatchObject([{ type: "unread", target: PERMIT2 }]);
  });

  it("behavior: power over contracts, and over a proxy through its admin", () => {
    const give = encodeFunctionData({ abi: controlAbi, functionName: "transferOwnership", args: [SPENDER] });
    expect(of(give)).toEqual([{ type: "control", contract: TOKEN, by: "transferOwnership", to: SPENDER }]);
    const upgrade = encodeFunctionData({ abi: controlAbi, functionName: "upgrade", args: [OWNER, SPENDER] });
    expect(of(upgrade)).toEqual([{ type: "control", contract: OWNER, by: "upgrade", to: SPENDER }]);
  });

  it("behavior: calls inside calls are opened", () => {
    const inner = { target: TOKEN, allowFailure: true, callData: approve(3n) } as const;
    const batch = encodeFunctionData({ abi: wrapperAbi, functionName: "aggregate3", args: [[inner]] });
    const twice = encodeFunctionData({ abi: wrapperAbi, functionName: "multicall", args: [[batch, approve(4n)]] });
    expect(of(twice, OWNER)).toMatchObject([
      { token: TOKEN, amount: 3n },
      { token: OWNER, amount: 4n },
    ]);
    const foreign = encodeFunctionData({
      abi: wrapperAbi,
      functionName: "execTransaction",
      args: [TOKEN, 0n, approve(1n), 1, 0n, 0n, 0n, OWNER, OWNER, "0x"],
    });
    expect(of(foreign)).toMatchObject([{ type: "unread" }]);
  });

  it("behavior: calls nested too deeply, and cut-off ones, stay unread", () => {
    let data = approve(1n);
    for (let depth = 0; depth < 6; depth++)
      data = encodeFunctionData({ abi: wrapperAbi, functionName: "multicall", args: [[data]] });
    expect(of(data)).toMatchObject([{ type: "unread", why: "calls nested too deeply" }]);
    expect(of(approve(1n).slice(0, 60) as Hex)).toMatchObject([{ type: "unread", why: "a cut-off call" }]);
    expect(of(data.slice(0, 90) as Hex)).toMatchObject([{ type: "unread" }]);
  });

  it("behavior: what permits nothing gives nothing", () => {
    expect(of("0x")).toEqual([]);
    expect(of(`0xa9059cbb${"0".repeat(128)}`)).toEqual([]);
  });
});
