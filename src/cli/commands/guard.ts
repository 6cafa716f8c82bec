import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { getAddress, isAddress, zeroAddress } from "viem";
import { type CheckRequest, checkRequestSchema } from "../../check/request.ts";
import type { Intendant } from "../../compose/intendant.ts";
import type { CheckVerdict } from "../../domain/check.ts";
import { IntendantError } from "../../domain/error.ts";
import type { CliDeps } from "../deps.ts";
import { EXIT, type ExitCode } from "../exitCodes.ts";
import { renderAudit, renderCheck } from "../render/check.ts";
import { renderTokenScan } from "../render/tokenScan.ts";
import { withIntendant } from "../withIntendant.ts";
import { carryOut } from "./intent.ts";
import { AddressInvalidError } from "./reads.ts";

type Options = { readonly json?: boolean };
type CheckOptions = Options & {
  readonly account?: string;
  readonly to?: string;
  readonly data?: string;
  readonly value?: string;
};

/** What may be signed or bought is 0, what must not is 4 ("blocked"), what nobody can tell is 3 ("needs an answer"). */
const CODES: Readonly<Record<CheckVerdict, ExitCode>> = {
  allow: EXIT.ok,
  warn: EXIT.ok,
  unknown: EXIT.needsAnswer,
  block: EXIT.blocked,
};

/** What happens to somebody who buys a token. Exit code 4 where it should not be bought, 3 where that is unknown. */
export async function guardToken(deps: CliDeps, address: string, options: Options): Promise<number> {
  if (!isAddress(address)) throw new AddressInvalidError(address);
  return await withIntendant(deps, { quiet: options.json === true }, async (intendant) => {
    const scan = await intendant.tokenRisk(getAddress(address));
    process.stdout.write(`${options.json === true ? JSON.stringify(scan) : renderTokenScan(scan)}\n`);
    return CODES[scan.verdict];
  });
}

/** What a call, a batch or EIP-7702 authorisations would do: by flags, from a JSON file, or from standard input ("-"). */
export async function guardTx(deps: CliDeps, file: string | undefined, options: CheckOptions): Promise<number> {
  const { to, data, value } = options;
  const call = { to, ...(data === undefined ? {} : { data }), ...(value === undefined ? {} : { value }) };
  if (file === undefined && to === undefined) throw new CheckInputError("give --to, or a JSON file with calls");
  const given = file === undefined ? call : await readJson(file);
  return await runCheck(deps, (account) => ({ account, ...asCalls(given) }), options);
}

/** What a typed-data signature (EIP-712, as eth_signTypedData_v4 takes it) would let others do. */
export async function guardSignature(deps: CliDeps, file: string, options: CheckOptions): Promise<number> {
  const given = await readJson(file);
  const typedData = isObject(given) && "typedData" in given ? given.typedData : given;
  return await runCheck(deps, (account) => ({ account, typedData }), options);
}

/** Every permission of an account; with --revoke a plan that takes the doubtful ones back, which waits for a yes. */
export async function guardApprovals(
  deps: CliDeps,
  address: string | undefined,
  options: Options & { readonly revoke?: boolean; readonly yes?: boolean },
): Promise<number> {
  const quiet = options.json === true;
  return await withIntendant(deps, { quiet }, async (intendant, steps) => {
    const account = accountOf(intendant, address);
    const audit = await intendant.approvals(account);
    if (options.revoke === true && audit.revokeIntent !== undefined) {
      if (!quiet) process.stdout.write(`${renderAudit(audit)}\n`);
      const request = { messages: [], intent: audit.revokeIntent, account, mode: "auto" as const };
      return await carryOut(intendant, request, steps, options);
    }
    process.stdout.write(`${quiet ? JSON.stringify(audit) : renderAudit(audit)}\n`);
    return CODES[audit.verdict];
  });
}

async function runCheck(
  deps: CliDeps,
  body: (account: string) => object,
  { account, json }: CheckOptions,
): Promise<number> {
  if (account !== undefined && !isAddress(account)) throw new AddressInvalidError(account);
  // Wrong input is said before anything is started; whose it is does not matter for that.
  parse(body(account ?? zeroAddress));
  return await withIntendant(deps, { quiet: json === true }, async (intendant) => {
    const result = await intendant.check(parse(body(accountOf(intendant, account))));
    process.stdout.write(`${json === true ? JSON.stringify(result) : renderCheck(result)}\n`);
    return CODES[result.verdict];
  });
}

function accountOf({ account }: Intendant, given: string | undefined): `0x${string}` {
  const wanted = given ?? account;
  if (wanted === undefined || !isAddress(wanted)) throw new AddressInvalidError(wanted ?? "");
  return getAddress(wanted);
}

/** One call, a list of calls, or a body of POST /v1/check. */
function asCalls(given: unknown): object {
  if (Array.isArray(given)) return { calls: given };
  return isObject(given) && "to" in given ? { calls: [given] } : (given as object);
}

function parse(body: object): CheckRequest {
  const parsed = checkRequestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new CheckInputError(
    parsed.error.issues
      .map(({ path, message }) => [path.join("."), message].filter((one) => one !== "").join(": "))
      .join("; "),
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(file === "-" ? await text(process.stdin) : await readFile(file, "utf8"));
  } catch (cause) {
    throw new CheckInputError(`${file === "-" ? "standard input" : file} cannot be read as JSON`, cause);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is to be checked is not of the form that a wallet is asked with. */
export class CheckInputError extends IntendantError {
  readonly code = "check_input_invalid";
  constructor(says: string, cause?: unknown) {
    super(`What to check is not understood: ${says}.`, { cause });
  }
}
