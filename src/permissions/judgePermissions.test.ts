import { describe, expect, it } from "vitest";
import type { Permission } from "../domain/permission.ts";
import { judgePermissions, type PermissionFacts } from "./judgePermissions.ts";
import { judgeTypedData } from "./judgeTypedData.ts";

const OWNER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const TOKEN = "0x6B175474E89094C44Da98b954EedeAC495271d0F";
const [POOL, STRANGER, KEY, THIEF, MINE] = ["1", "2", "3", "4", "5"].map((one) => `0x${one.repeat(40)}` as const) as [
  `0x${string}`,
  `0x${string}`,
  `0x${string}`,
  `0x${string}`,
  `0x${string}`,
];
const facts: PermissionFacts = {
  owner: OWNER,
  chainId: 1,
  nowSeconds: 1_000n,
  standing: (address) => (address === KEY ? "key" : address === MINE ? "unknown" : "contract"),
  known: (address) => (address === POOL ? "Uniswap" : undefined),
  delegate: (address) => (address === POOL ? "a wallet" : undefined),
  flagged: (address) => (address === THIEF ? "drainer" : undefined),
  need: () => 100n,
  valueUsdE8: ({ token, amount }) => (token === TOKEN ? amount * 100_000_000n : undefined),
};
const allowance = (spender: `0x${string}`, amount: bigint, endsSeconds?: bigint): Permission => ({
  type: "allowance",
  by: "approve",
  token: TOKEN,
  spender,
  amount,
  unlimitedFrom: 1n << 95n,
  ...(endsSeconds === undefined ? {} : { endsSeconds }),
});
const judged = (permission: Permission, changed: Partial<PermissionFacts> = {}) =>
  judgePermissions([permission], { ...facts, ...changed }).map(({ code, severity }) => `${code} ${severity}`);
const order = (gets: bigint, to: `0x${string}` = OWNER): Permission => ({
  type: "order",
  gives: [{ token: TOKEN, amount: 100n }],
  gets: [{ token: TOKEN, amount: gets, to }],
  endsSeconds: 9n,
});

describe("judgePermissions", () => {
  it("default: what is needed, for a known protocol, is nothing to say of", () => {
    expect(judged(allowance(POOL, 100n))).toEqual([]);
  });

  it.each<[string, Permission, readonly string[]]>([
    ["an allowance taken back", allowance(STRANGER, 0n), []],
    ["the owner's own", allowance(OWNER, 5n), []],
    ["without a limit, known", allowance(POOL, 1n << 200n), ["permission.unlimited warn"]],
    [
      "without a limit, unknown",
      allowance(STRANGER, 1n << 200n),
      ["permission.unknown-spender warn", "permission.unlimited danger"],
    ],
    ["more than needed", allowance(POOL, 101n), ["permission.over-need warn"]],
    ["an account", allowance(KEY, 5n), ["permission.spender-is-account danger"]],
    ["not readable", allowance(MINE, 5n), ["permission.spender-unread danger"]],
    ["a thief", allowance(THIEF, 5n), ["permission.flagged block"]],
    ["long-lived", allowance(POOL, 5n, 1_000n + 40n * 86_400n), ["permission.long-lived warn"]],
    ["an operator, known", { type: "operator", collection: TOKEN, operator: POOL }, ["permission.operator warn"]],
    [
      "an operator, unknown",
      { type: "operator", collection: TOKEN, operator: STRANGER },
      ["permission.unknown-spender danger"],
    ],
    ["an order at a fair price", order(95n), []],
    ["an order at a loss", order(70n), ["permission.order-for-nothing danger"]],
    ["an order that pays others", order(95n, STRANGER), ["permission.order-pays-others danger"]],
    [
      "an order for nothing",
      { type: "order", gives: [{ token: TOKEN, amount: 1n }], gets: [], endsSeconds: 1n },
      ["permission.order-for-nothing block"],
    ],
    [
      "a delegation everywhere",
      { type: "delegation", chainId: 0n, delegate: POOL },
      ["permission.delegation-everywhere block", "permission.delegation warn"],
    ],
    [
      "a delegation to a stranger",
      { type: "delegation", chainId: 1n, delegate: STRANGER },
      ["permission.delegation block"],
    ],
    ["a delegation taken back", { type: "delegation", chainId: 1n, delegate: `0x${"0".repeat(40)}` }, []],
    [
      "control",
      { type: "control", contract: TOKEN, by: "transferOwnership", to: STRANGER },
      ["permission.control danger"],
    ],
    ["unread", { type: "unread", why: "bytes" }, ["permission.unread block"]],
  ])("behavior: %s", (_, permission, expected) => {
    expect(judged(permission)).toEqual(expected);
  });

  it("behavior: a signature that moves tokens by itself", () => {
    const release = (to: `0x${string}`, amount: bigint): Permission => ({
      type: "release",
      by: "permit2",
      token: TOKEN,
      amount,
      to,
      endsSeconds: 5n,
    });
    expect(judged(release(POOL, 100n))).toEqual([]);
    expect(judged(release(POOL, 101n))).toEqual(["permission.release warn"]);
    expect(judged(release(POOL, 100n), { need: () => undefined })).toEqual(["permission.release warn"]);
    expect(judged(release(STRANGER, 1n))).toEqual(["permission.unknown-spender danger"]);
    expect(judged(release(KEY, 1n))).toEqual(["permission.spender-is-account danger"]);
  });

  it("behavior: an order without a price is shown", () => {
    expect(judged(order(95n), { valueUsdE8: () => undefined })).toEqual(["permission.order-unpriced warn"]);
  });
});

describe("judgeTypedData", () => {
  const message = { owner: OWNER, spender: POOL, value: 5, deadline: 1 };
  const codes = (domain: object) =>
    judgeTypedData({ domain, primaryType: "Permit", message }, facts).map(({ code }) => code);

  it("default: a fair signature for this chain", () => {
    expect(codes({ chainId: 1, verifyingContract: TOKEN })).toEqual([]);
  });

  it("behavior: other chains, no chain, no contract", () => {
    expect(codes({ chainId: "0x2", verifyingContract: TOKEN })).toEqual(["permission.wrong-chain"]);
    expect(codes({ verifyingContract: TOKEN })).toEqual(["permission.any-chain"]);
    expect(codes({ chainId: 1, verifyingContract: KEY })).toEqual(["permission.wrong-contract"]);
    expect(codes({ chainId: 1, verifyingContract: OWNER })).toEqual(["permission.wrong-contract"]);
    expect(judgeTypedData("nonsense", facts).map(({ code }) => code)).toEqual(["permission.unread"]);
  });
});
