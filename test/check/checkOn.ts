import { type Address, encodeFunctionData, type Hex, numberToHex, parseAbi } from "viem";
import { oraclePrices } from "../../src/chain/prices.ts";
import type { Reader } from "../../src/chain/reader.ts";
import { check } from "../../src/check/check.ts";
import { checkRequestSchema } from "../../src/check/request.ts";
import type { CheckDeps } from "../../src/check/types.ts";
import { composeScanner } from "../../src/compose/scanner.ts";
import { request } from "../../src/devnet/build/builder.ts";
import type { CheckResult } from "../../src/domain/check.ts";
import { createProtocols } from "../../src/protocols/index.ts";
import type { Zoo } from "../risk/zoo.ts";

/** What a check reads with, on a test's chain: everything real. */
export async function depsOn(zoo: Zoo): Promise<CheckDeps> {
  const { addresses } = await zoo.reader();
  return {
    reader: () => zoo.reader(),
    protocols: createProtocols(addresses),
    prices: oraclePrices,
    scanner: composeScanner(),
    nowSeconds: () => BigInt(Math.floor(Date.now() / 1_000)),
  };
}

/** Checks a body as the HTTP door would. */
export async function checkOn(deps: CheckDeps, body: object): Promise<CheckResult> {
  return await check(deps, checkRequestSchema.parse(body));
}

/** "block: check.burn-address, …", severities of info left out. */
export function told({ verdict, findings, unchecked }: CheckResult): string {
  const codes = findings.filter(({ severity }) => severity !== "info").map(({ code }) => code);
  const open = unchecked.map(({ check: what }) => `(${what.split(" ")[0]})`);
  return [verdict, ...[...new Set([...codes, ...open])].sort()].join(" ");
}

/** Puts code at an address, as if it had been deployed. */
export async function putCode({ client }: Reader, address: Address, code: Hex): Promise<void> {
  await request(client, "anvil_setCode", [address, code]);
}

/** Calldata by a human-readable signature. */
export function data(signature: string, ...args: readonly unknown[]): Hex {
  const abi = parseAbi([`function ${signature}`] as readonly string[]);
  return encodeFunctionData({ abi, args } as never);
}

export const hex = (value: bigint): Hex => numberToHex(value);
