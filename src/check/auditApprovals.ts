import { type Address, encodeFunctionData, parseAbi } from "viem";
import { approveCall } from "../chain/erc20.ts";
import type { Reader } from "../chain/reader.ts";
import type { ApprovalsAudit, PermissionHeld } from "../domain/check.ts";
import type { Permission } from "../domain/permission.ts";
import type { Finding, Severity } from "../domain/verdict.ts";
import { knownAddresses } from "../evidence/knownAddresses.ts";
import { judgePermissions } from "../permissions/judgePermissions.ts";
import { foldCheck } from "./check.ts";
import { type Facts, readFacts } from "./readFacts.ts";
import { readGiven } from "./readGiven.ts";
import { say } from "./say.ts";
import type { CheckDeps } from "./types.ts";

type Held = Extract<Permission, { type: "allowance" | "operator" }>;

/** Most actions of one intent. */
const MOST_ACTIONS = 8;
const REVOKES = parseAbi([
  "function setApprovalForAll(address operator, bool approved)",
  "function approve(address token, address spender, uint160 amount, uint48 expiration)",
]);

/**
 * Every permission of an account that its events and the known spenders lead to, at one block, each with its findings and the
 * call that takes it back. What no event tells is not seen: signatures that nobody has handed in yet, approvals of single
 * collectibles.
 *
 * @throws {RpcUnavailableError}
 */
export async function auditApprovals(deps: CheckDeps, account: Address): Promise<ApprovalsAudit> {
  const reader = await deps.reader();
  const known = knownAddresses(reader, deps.protocols);
  const { permit2 } = reader.addresses;
  const spenders = known.filter(({ role }) => role === "spender").map(({ address }) => address);
  const given = await readGiven(reader, account, permit2 === undefined ? spenders : [...spenders, permit2]);
  const facts = await readFacts({
    reader,
    owner: account,
    nowSeconds: deps.nowSeconds(),
    permissions: given.permissions,
    more: [account],
    known,
    prices: deps.prices,
  });
  const held = given.permissions.flatMap((one) =>
    one.type === "allowance" || one.type === "operator" ? [heldOf(reader, one, facts)] : [],
  );
  const findings = ofAccount(account, facts);
  const all = [...findings, ...held.flatMap((one) => one.findings)];
  const intent = revokeIntent(reader, held);
  return {
    verdict: foldCheck({ findings: all, unchecked: given.unchecked }),
    chainId: reader.chainId,
    account,
    block: reader.block.toString(),
    findings: [...findings],
    held: held.toSorted((a, b) => rankOf(b) - rankOf(a)),
    unchecked: given.unchecked,
    ...(intent === undefined ? {} : { revokeIntent: intent }),
  };
}

function heldOf(reader: Reader, permission: Held, facts: Facts): PermissionHeld {
  const [token, spender] =
    permission.type === "operator"
      ? [permission.collection, permission.operator]
      : [permission.token, permission.spender];
  const findings = judgePermissions([permission], facts).map((one) => ({ ...one }));
  return {
    kind: permission.type === "operator" ? "operator" : permission.by === "permit2" ? "permit2" : "allowance",
    token,
    asset: reader.tokens.byAddress(token)?.symbol ?? token,
    spender,
    spenderLabel: facts.known(spender) ?? "unknown",
    unlimited: permission.type === "operator" || permission.amount >= permission.unlimitedFrom,
    ...(permission.type === "operator" ? {} : { amount: permission.amount.toString() }),
    ...(permission.type === "operator" || permission.endsSeconds === undefined
      ? {}
      : { endsAt: timeOf(permission.endsSeconds) }),
    findings,
    revoke: revokeOf(reader, permission),
  };
}

function revokeOf({ addresses }: Reader, permission: Held): PermissionHeld["revoke"] {
  if (permission.type === "operator") {
    const args = [permission.operator, false] as const;
    const data = encodeFunctionData({ abi: REVOKES, functionName: "setApprovalForAll", args });
    return { to: permission.collection, data, value: "0" };
  }
  const { token, spender, by } = permission;
  if (by !== "permit2" || addresses.permit2 === undefined) {
    const { to, data } = approveCall(token, spender, 0n);
    return { to, data, value: "0" };
  }
  const data = encodeFunctionData({ abi: REVOKES, functionName: "approve", args: [token, spender, 0n, 0] });
  return { to: addresses.permit2, data, value: "0" };
}

/** RFC 3339; Permit2 keeps 48 bits, which is more than a date can be. */
function timeOf(seconds: bigint): string {
  const most = 253_402_300_799n;
  return new Date(Number(seconds < most ? seconds : most) * 1_000).toISOString();
}

function ofAccount(account: Address, facts: Facts): readonly Finding[] {
  const delegate = facts.delegateOf(account);
  if (delegate === undefined) return [];
  const text = `the account runs the code of ${delegate} (EIP-7702), which nobody here knows: it may move everything`;
  return [say("account-delegated", "danger", account, text)];
}

const RANK: Readonly<Record<Severity, number>> = { info: 1, warn: 2, danger: 3, block: 4 };
const rankOf = ({ findings }: PermissionHeld): number => Math.max(0, ...findings.map(({ severity }) => RANK[severity]));

/** Allowances of listed tokens that something speaks against, worst first. */
function revokeIntent({ tokens }: Reader, held: readonly PermissionHeld[]): ApprovalsAudit["revokeIntent"] {
  const doubted = held
    .filter((one) => one.kind === "allowance" && rankOf(one) >= RANK.warn)
    .filter(({ token }) => tokens.byAddress(token as Address) !== undefined)
    .toSorted((a, b) => rankOf(b) - rankOf(a))
    .slice(0, MOST_ACTIONS);
  if (doubted.length === 0) return undefined;
  return { actions: doubted.map(({ token, spender }) => ({ type: "revoke", asset: token, spender })) };
}
