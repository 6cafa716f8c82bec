import { encodeFunctionData, type Hex } from "viem";
import { expect, test } from "vitest";
import { PERMIT2, permit2Abi, tokenAbi, wrapperAbi } from "./abis.ts";
import { selectorsOf } from "./decode.ts";
import { judgePermissions, type PermissionFacts } from "./judgePermissions.ts";
import { permissionsOfCall } from "./permissionsOfCall.ts";
import { permissionsOfTypedData } from "./permissionsOfTypedData.ts";

const TOKEN = "0x6B175474E89094C44Da98b954EedeAC495271d0F";
const OWNER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const PAYLOADS = 50_000;

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

const facts: PermissionFacts = {
  owner: OWNER,
  chainId: 1,
  nowSeconds: 0n,
  standing: () => "contract",
  known: () => undefined,
  flagged: () => undefined,
};

const approve = encodeFunctionData({ abi: tokenAbi, functionName: "approve", args: [TOKEN, 5n] });
const seeds: readonly Hex[] = [
  approve,
  encodeFunctionData({ abi: tokenAbi, functionName: "setApprovalForAll", args: [TOKEN, true] }),
  encodeFunctionData({ abi: permit2Abi, functionName: "approve", args: [TOKEN, OWNER, 5n, 9] }),
  encodeFunctionData({ abi: wrapperAbi, functionName: "multicall", args: [[approve, approve]] }),
  encodeFunctionData({
    abi: wrapperAbi,
    functionName: "aggregate3",
    args: [[{ target: TOKEN, allowFailure: true, callData: approve }]],
  }),
];
const GIVES = selectorsOf(tokenAbi);

function mutate(data: string, roll: (below: number) => number): Hex {
  let hex = data.slice(2);
  for (let count = roll(4); count >= 0; count--) {
    const at = roll(Math.max(1, hex.length));
    const digit = "0123456789abcdef"[roll(16)] ?? "0";
    const kind = roll(4);
    if (kind === 0) hex = hex.slice(0, at - (at % 2));
    else if (kind === 1) hex = hex.slice(0, at) + digit + hex.slice(at + 1);
    else if (kind === 2) hex = hex + digit.repeat(64);
    else hex = hex.slice(0, at) + "f".repeat(Math.min(64, hex.length - at)) + hex.slice(at + 64);
  }
  return `0x${hex.length % 2 === 0 ? hex : `${hex}0`}`;
}

test(`behavior: ${PAYLOADS} random and mutated calls: none crashes, none that gives something passes unread`, () => {
  const roll = dice(7);
  for (let count = 0; count < PAYLOADS; count++) {
    const data = mutate(seeds[roll(seeds.length)] ?? approve, roll);
    const found = permissionsOfCall({ to: count % 3 === 0 ? PERMIT2 : TOKEN, data });
    judgePermissions(found, facts);
    const selector = data.slice(0, 10);
    const cut = GIVES.has(selector) && data.length < 138 && count % 3 !== 0;
    if (cut) expect(found).toMatchObject([{ type: "unread" }]);
    if (count % 3 === 0 && data.length >= 10 && found.length === 0)
      expect(permissionsOfCall({ to: PERMIT2, data: selector as Hex })).not.toEqual([]);
  }
});

const message = {
  owner: OWNER,
  holder: OWNER,
  spender: TOKEN,
  value: "5",
  deadline: 1,
  allowed: true,
  expiry: 0,
  details: { token: TOKEN, amount: 1, expiration: 2 },
  permitted: [{ token: TOKEN, amount: 1 }],
  offerer: OWNER,
  offer: [],
  consideration: [],
  endTime: 1,
  to: TOKEN,
  data: approve,
  operation: 0,
  from: OWNER,
  validBefore: 1,
};
const NAMES = [
  "Permit",
  "PermitSingle",
  "PermitBatch",
  "PermitTransferFrom",
  "OrderComponents",
  "Order",
  "SafeTx",
  "ForwardRequest",
  "Mail",
];
const ODD: readonly unknown[] = [
  null,
  -1,
  "0x",
  "1e9",
  [],
  {},
  "9".repeat(200),
  1.5,
  true,
  { token: {} },
  Number.NaN,
  undefined,
];

test(`behavior: ${PAYLOADS} random and mutated signatures: none crashes, none passes without a permission`, () => {
  const roll = dice(11);
  const keys = Object.keys(message);
  for (let count = 0; count < PAYLOADS; count++) {
    const changed: Record<string, unknown> = { ...message };
    for (let times = roll(4); times > 0; times--) changed[keys[roll(keys.length)] ?? "value"] = ODD[roll(ODD.length)];
    const domain =
      roll(5) === 0 ? ODD[roll(ODD.length)] : { chainId: roll(3), verifyingContract: roll(2) === 0 ? PERMIT2 : TOKEN };
    const primaryType = NAMES[roll(NAMES.length)] ?? "Permit";
    const found = permissionsOfTypedData({ domain, primaryType, message: changed });
    judgePermissions(found, facts);
    if (primaryType === "Mail" || primaryType === "Permit") expect(found).not.toEqual([]);
  }
});
