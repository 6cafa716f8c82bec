import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { RiskFinding, Unchecked } from "../domain/tokenRisk.ts";
import { freshAccount, smallestSpend } from "./activeTraps.ts";
import { canChange, readCallees } from "./callees.ts";
import { readCodeFacts } from "./codeFacts.ts";
import { helperTraps } from "./helperTraps.ts";
import { judgeLatent } from "./judgeLatent.ts";
import { latentTraps } from "./latentTraps.ts";
import { type PowerHolder, readHolder } from "./readHolder.ts";
import { runSale } from "./saleRun.ts";
import { readTargets } from "./targets.ts";
import type { LatentFinding, TradePair } from "./types.ts";

export type PowerRequest = {
  readonly reader: Reader;
  readonly token: Address;
  readonly pair: TradePair;
  readonly buyer: Address;
};

export type Powers = { readonly findings: readonly RiskFinding[]; readonly unchecked: readonly Unchecked[] };

/** What others could do to a holder next, and what of that could not be tried. @throws {ProbeUnavailableError} */
export async function readPowers(request: PowerRequest): Promise<Powers> {
  const { reader, token, pair } = request;
  const [stranger, friend] = [freshAccount(), freshAccount()];
  const [facts, callees] = await Promise.all([
    readCodeFacts(reader, token),
    readCallees({ reader, token, pair, friend }),
  ]);
  const unread = [
    ...facts.unread,
    ...(callees === undefined ? ["the node does not tell which contracts a transfer asks"] : []),
  ];
  const unchecked = unread.map((why) => ({ check: "powers of owners", why }));
  const proxy = await proxyFindings(reader, facts.implementation, facts.admin);
  const run = await saleThatWorks(request);
  if (run === undefined)
    return {
      findings: proxy,
      unchecked: [{ check: "powers of owners", why: "nothing can be sold even without them" }, ...unchecked],
    };
  const targets = await readTargets(reader, { token, pair, facts, callees: callees ?? [] });
  const found = await latentTraps({ run, targets, stranger, friend });
  const judged = judgeLatent(found, {
    token,
    stranger,
    declared: new Set(
      [...facts.declared, ...targets.slice(1).flatMap(({ declared }) => declared)].map((one) => one.toLowerCase()),
    ),
    holders: await holdersOf(reader, found),
  });
  const shown = new Set(facts.callers.map((one) => one.toLowerCase()));
  const known = judged.some(({ name }) => name === "external_call");
  // One that is shown and whose owner was found deciding is told already.
  const helpers = (await helpersOf(request, callees ?? [], facts.implementation)).filter(
    (one) => !known || !shown.has(one.toLowerCase()),
  );
  const asked = await helperTraps({ run, helpers, shown });
  return {
    findings: [...(judged.some(({ name }) => name === "is_proxy") ? [] : proxy), ...judged, ...asked],
    unchecked,
  };
}

async function holdersOf(reader: Reader, found: readonly LatentFinding[]): Promise<ReadonlyMap<string, PowerHolder>> {
  const accounts = [...new Set(found.map(({ caller }) => caller))];
  return new Map(await Promise.all(accounts.map(async (one) => [one, await readHolder(reader, one)] as const)));
}

/** Contracts that a transfer asks, that are not part of the trade, and whose answers may change. */
async function helpersOf(
  { reader, token, pair }: PowerRequest,
  callees: readonly Address[],
  implementation: Address | undefined,
): Promise<readonly Address[]> {
  const part = [token, implementation, pair.pair, pair.router, ...pair.path].map((one) => one?.toLowerCase());
  const others = callees.filter((one) => !part.includes(one.toLowerCase()));
  const codes = await Promise.all(
    others.map((address) => reader.client.getCode({ address, blockNumber: reader.block })),
  );
  return others.filter((_, at) => canChange(codes[at] ?? "0x"));
}

async function saleThatWorks({ reader, token, pair, buyer }: PowerRequest) {
  const spend = smallestSpend(pair);
  const base = { reader, token, pair, buyer, spend, parts: [5_000n] } as const;
  const { bought = 0n } = await runSale({ ...base, bought: 0n, parts: [] });
  if (bought === 0n) return undefined;
  const run = { ...base, bought };
  const { sales } = await runSale(run);
  return sales[0]?.ok === true ? run : undefined;
}

/** Code that can be exchanged is a power over everything; whose it is decides how much it counts. */
async function proxyFindings(
  reader: Reader,
  implementation: Address | undefined,
  admin: Address | undefined,
): Promise<readonly RiskFinding[]> {
  if (implementation === undefined || admin === undefined) return [];
  const { kind } = await readHolder(reader, admin);
  return [{ name: "is_proxy", severity: "warn", evidence: `its code can be exchanged by ${admin}, a ${kind}` }];
}
