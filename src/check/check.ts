import type { Reader } from "../chain/reader.ts";
import type { CheckResult, CheckVerdict } from "../domain/check.ts";
import type { Permission } from "../domain/permission.ts";
import type { Finding } from "../domain/verdict.ts";
import { knownAddresses } from "../evidence/knownAddresses.ts";
import { judgePermissions } from "../permissions/judgePermissions.ts";
import { checkCalls } from "./checkCalls.ts";
import { checkTypedData } from "./checkTypedData.ts";
import { ChainNotServedError } from "./errors.ts";
import { readFacts } from "./readFacts.ts";
import type { CheckRequest } from "./request.ts";
import type { CheckDeps, Looked } from "./types.ts";

/**
 * Judges what a wallet is asked to send or to sign, at the latest block. Block means danger; unknown: something could not be
 * looked at; warn: a person should read the findings; allow: everything was read and simulated, and nothing speaks against it.
 *
 * @throws {ChainNotServedError} {RpcUnavailableError}
 */
export async function check(deps: CheckDeps, request: CheckRequest): Promise<CheckResult> {
  const reader = await deps.reader();
  if (request.chainId !== undefined && request.chainId !== BigInt(reader.chainId))
    throw new ChainNotServedError(request.chainId, reader.chainId);
  const looked = await look(deps, reader, request);
  return {
    verdict: foldCheck(looked),
    chainId: reader.chainId,
    account: request.account,
    block: reader.block.toString(),
    findings: looked.findings.map((one) => ({ ...one })),
    unchecked: looked.unchecked,
    ...(looked.preview === undefined ? {} : { preview: looked.preview }),
  };
}

async function look(deps: CheckDeps, reader: Reader, request: CheckRequest): Promise<Looked> {
  const { account, calls, typedData } = request;
  if (typedData !== undefined) return await checkTypedData(deps, reader, { account, typedData });
  const permissions = delegationsOf(request);
  if (calls !== undefined) return await checkCalls(deps, reader, { account, calls, permissions });
  const facts = await readFacts({
    reader,
    owner: account,
    nowSeconds: deps.nowSeconds(),
    permissions,
    more: [],
    known: knownAddresses(reader, deps.protocols),
    prices: deps.prices,
  });
  return { findings: judgePermissions(permissions, facts), unchecked: [] };
}

function delegationsOf({ authorizations = [] }: CheckRequest): readonly Permission[] {
  return authorizations.map(({ chainId, address }) => ({ type: "delegation", chainId, delegate: address }));
}

/** The strictest of all; what could not be looked at is never allowed. */
export function foldCheck({ findings, unchecked }: Pick<Looked, "findings" | "unchecked">): CheckVerdict {
  const has = (...severities: readonly Finding["severity"][]) =>
    findings.some(({ severity }) => severities.includes(severity));
  if (has("block", "danger")) return "block";
  if (unchecked.length > 0) return "unknown";
  return has("warn") ? "warn" : "allow";
}
