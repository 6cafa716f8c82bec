import { type Address, type Hex, isAddressEqual } from "viem";
import type { Call } from "../domain/call.ts";
import { MAX_UINT256 } from "../domain/effect.ts";
import type { Permission } from "../domain/permission.ts";
import { controlAbi, PERMIT2, permit2Abi, permit2RevokeAbi, tokenAbi, wrapperAbi } from "./abis.ts";
import { decode, isExactly, selectorsOf } from "./decode.ts";

const MAX_UINT160 = (1n << 160n) - 1n;
/** Allowances from here on outlive any supply: 2^255 is also how some tokens store "unlimited". */
export const UNLIMITED_256 = 1n << 95n;
/** Depth and number of calls inside calls that are opened; beyond it the rest counts as unread. */
const DEEPEST = 4;
const MOST = 256;
const WRAPPERS = selectorsOf(wrapperAbi);
const TOKEN_CALLS = selectorsOf(tokenAbi);

/**
 * What one call permits, calls inside it included. A call that permits nothing to anybody gives an empty list; bytes that
 * carry calls and cannot be opened give `unread`. Bounded in depth and number, never throws.
 */
export function permissionsOfCall(call: Pick<Call, "to" | "data">): readonly Permission[] {
  const budget = { left: MOST };
  return open(call, 0, budget);
}

/**
 * True when the call is one of those read here and holds nothing else, so that its permissions are all there is to it. A
 * wrapper is not: what it carries may also move things.
 */
export function isPermissionOnly({ to, data, value }: Call): boolean {
  if (value !== 0n) return false;
  const abis = isAddressEqual(to, PERMIT2) ? [permit2Abi, permit2RevokeAbi] : [tokenAbi, controlAbi];
  return abis.some((abi) => isExactly(abi, data));
}

type Budget = { left: number };

function open(call: Pick<Call, "to" | "data">, depth: number, budget: Budget): readonly Permission[] {
  if (call.data.length < 10) return [];
  if (depth > DEEPEST || budget.left-- <= 0) return [unread(call, "calls nested too deeply")];
  const inner = callsInside(call);
  if (inner === "malformed") return [unread(call, "calls inside that do not decode")];
  if (inner !== undefined) return inner.flatMap((one) => open(one, depth + 1, budget));
  return isAddressEqual(call.to, PERMIT2) ? ofPermit2(call) : [...ofToken(call), ...ofControl(call)];
}

/** Calls inside a wrapper; undefined for what is no wrapper. */
function callsInside(call: Pick<Call, "to" | "data">): readonly Pick<Call, "to" | "data">[] | "malformed" | undefined {
  const decoded = decode(wrapperAbi, call.data);
  if (decoded === undefined) return WRAPPERS.has(call.data.slice(0, 10)) ? "malformed" : undefined;
  const { functionName, args } = decoded;
  switch (functionName) {
    case "multicall":
      return (args.at(-1) as readonly Hex[]).map((data) => ({ to: call.to, data }));
    case "aggregate":
    case "aggregate3":
    case "aggregate3Value":
    case "tryAggregate":
      return (args.at(-1) as readonly { target: Address; callData: Hex }[]).map(({ target, callData }) => ({
        to: target,
        data: callData,
      }));
    case "execute":
      return [{ to: args[0], data: args[2] }];
    case "execTransaction":
      return args[3] === 0 ? [{ to: args[0], data: args[2] }] : "malformed";
  }
}

function ofToken({ to, data }: Pick<Call, "to" | "data">): readonly Permission[] {
  const decoded = decode(tokenAbi, data);
  if (decoded === undefined) return TOKEN_CALLS.has(data.slice(0, 10)) ? [unread({ to, data }, "a cut-off call")] : [];
  const { functionName, args } = decoded;
  const allowance = (by: "approve" | "increase" | "permit", spender: Address, amount: bigint): Permission => ({
    type: "allowance",
    by,
    token: to,
    spender,
    amount,
    unlimitedFrom: UNLIMITED_256,
  });
  switch (functionName) {
    case "approve":
      return [allowance("approve", args[0], args[1])];
    case "increaseAllowance":
      return [allowance("increase", args[0], args[1])];
    case "decreaseAllowance":
      return [];
    case "setApprovalForAll":
      return args[1] ? [{ type: "operator", collection: to, operator: args[0] }] : [];
    case "permit":
      return args.length === 7
        ? [allowance("permit", args[1], args[2])]
        : args[4]
          ? [allowance("permit", args[1], MAX_UINT256)]
          : [];
  }
}

function ofPermit2({ to, data }: Pick<Call, "to" | "data">): readonly Permission[] {
  if (decode(permit2RevokeAbi, data) !== undefined) return [];
  const decoded = decode(permit2Abi, data);
  // Permit2 has nothing but allowances and transfers by them: what does not decode is not known to be harmless.
  if (decoded === undefined) return [unread({ to, data }, "a call of Permit2")];
  if (decoded.functionName === "approve") {
    const [token, spender, amount, expiration] = decoded.args;
    return [permit2Allowance({ token, spender, amount, endsSeconds: BigInt(expiration) })];
  }
  const [, permit] = decoded.args;
  const details = Array.isArray(permit.details) ? permit.details : [permit.details];
  return details.map(({ token, amount, expiration }) =>
    permit2Allowance({ token, spender: permit.spender, amount, endsSeconds: BigInt(expiration) }),
  );
}

/** Permit2 stores 160 bits; expiration 0 means "until the end of this block" (AllowanceTransfer.sol, Allowance.sol). */
export function permit2Allowance(of: {
  readonly token: Address;
  readonly spender: Address;
  readonly amount: bigint;
  readonly endsSeconds: bigint;
}): Permission {
  return { type: "allowance", by: "permit2", unlimitedFrom: MAX_UINT160 >> 65n, ...of };
}

function ofControl({ to, data }: Pick<Call, "to" | "data">): readonly Permission[] {
  const decoded = decode(controlAbi, data);
  if (decoded === undefined) return [];
  const { functionName, args } = decoded;
  const addresses = (args as readonly unknown[]).filter((one): one is Address => isHexAddress(one));
  const about = functionName === "upgrade" || functionName === "upgradeAndCall" || functionName === "changeProxyAdmin";
  const [contract = to, heir] = about ? addresses : [to, addresses.at(-1)];
  return [{ type: "control", contract, by: functionName, ...(heir === undefined ? {} : { to: heir }) }];
}

function isHexAddress(value: unknown): boolean {
  return typeof value === "string" && /^0x[0-9a-fA-F]{40}$/.test(value);
}

function unread({ to, data }: Pick<Call, "to" | "data">, why: string): Permission {
  return { type: "unread", target: to, selector: data.slice(0, 10) as Hex, why };
}
