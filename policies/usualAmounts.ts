import { formatUnits } from "viem";
import { MAX_UINT256 } from "../src/domain/effect.ts";
import type { Evidence } from "../src/domain/evidence.ts";
import type { Action, Amount } from "../src/domain/intent.ts";
import type { Token } from "../src/domain/token.ts";
import type { Finding, Severity } from "../src/domain/verdict.ts";
import { assetKey, assetName, listedToken, outflowOf, sameAddress } from "./lib/assets.ts";
import type { Mandate } from "./mandate.ts";
import type { Policy } from "./policy.ts";

const id = "usual-amounts";
type Rule = Mandate["amounts"];
type Outflow = { readonly asset: string; readonly amount: bigint; readonly action: Action; readonly subject: string };

/** Fewer earlier payments of a token say nothing about what is usual. */
const ENOUGH_PAYMENTS = 3;
/** Tokens of fewer places: a whole number of them passes for base units too easily. */
const LEAST_DECIMALS = 6;
const BPS = 10_000n;
/** Actions after which the asset is gone; what is lent or repaid is still the owner's, and a slip there is only shown. */
const LEAVING: ReadonlySet<Action["type"]> = new Set(["transfer", "swap"]);

/**
 * A slip of the finger in an amount that was said as a number: many times what usually leaves of that token, a transfer of
 * nearly all that is there, a number that is one in base units. "All", a share and "what came out" are no numbers and no
 * slips. A token whose contract counts in other decimals than the registry is blocked: every amount of it is wrong.
 */
export const usualAmounts: Policy<Rule> = {
  id,
  reads: "plan",
  rule: (mandate) => mandate.amounts,
  check: (evidence, rule) => [
    ...otherDecimals(evidence),
    ...outflows(evidence).flatMap((outflow) => [
      ...timesUsual(evidence, rule, outflow),
      ...largeShare(evidence, rule, outflow),
      ...baseUnits(evidence, outflow),
    ]),
  ],
};

/** What leaves by calls of an action whose amount was said as a number. */
function outflows(evidence: Evidence): readonly Outflow[] {
  const { plan, decoded } = evidence;
  const sums = new Map<string, Outflow>();
  for (const { effect, callIndex } of decoded) {
    const out = effect && outflowOf(effect);
    const at = plan.calls[callIndex]?.actionIndex ?? -1;
    const action = plan.intent.actions[at];
    if (out === undefined || out.amount === MAX_UINT256 || action === undefined || !saidAsNumber(action)) continue;
    const key = `${at} ${assetKey(evidence, out.asset)}`;
    const amount = (sums.get(key)?.amount ?? 0n) + out.amount;
    sums.set(key, { asset: out.asset, amount, action, subject: `action ${at + 1} (${action.type})` });
  }
  return [...sums.values()];
}

function saidAsNumber(action: Action): boolean {
  const amount = amountOf(action);
  return amount?.unit === "token" || amount?.unit === "usd";
}

function amountOf(action: Action): Amount | undefined {
  return "amount" in action ? action.amount : undefined;
}

/** More than ever left, and so many times the median of what left before. */
function timesUsual(evidence: Evidence, { timesUsual: times }: Rule, outflow: Outflow): readonly Finding[] {
  const key = assetKey(evidence, outflow.asset);
  const before = evidence.history.payments
    .filter(({ asset }) => assetKey(evidence, asset) === key)
    .map(({ amount }) => amount)
    .sort((a, b) => (a < b ? -1 : 1));
  const usual = before[Math.floor((before.length - 1) / 2)];
  const most = before.at(-1);
  if (before.length < ENOUGH_PAYMENTS || usual === undefined || most === undefined) return [];
  if (outflow.amount <= most || outflow.amount < usual * BigInt(times)) return [];
  const show = (amount: bigint) => showAmount(evidence, outflow.asset, amount);
  const text = `${show(outflow.amount)} leaves; of ${before.length} earlier payments the usual was ${show(usual)}, the largest ${show(most)}: is there a zero too many?`;
  return [object(LEAVING.has(outflow.action.type) ? "warn" : "info", "times-usual", outflow.subject, text)];
}

function largeShare(
  evidence: Evidence,
  { largeShareBps }: Rule,
  { asset, amount, action, subject }: Outflow,
): readonly Finding[] {
  const held = evidence.balances.find(({ token }) => sameAddress(token.address, asset))?.amount;
  if (action.type !== "transfer" || held === undefined || held <= 0n) return [];
  if (amount * BPS < held * BigInt(largeShareBps)) return [];
  const text = `${showAmount(evidence, asset, amount)} is sent of ${showAmount(evidence, asset, held)} held, and the words did not say all`;
  return [object("warn", "most-of-balance", subject, text)];
}

/** "25000000 USDC" where 25 were meant: the number said is at least one whole token in base units. */
function baseUnits(evidence: Evidence, { asset, action, subject }: Outflow): readonly Finding[] {
  const amount = amountOf(action);
  const token = listedToken(evidence, asset);
  if (amount?.unit !== "token" || token === undefined || token.decimals < LEAST_DECIMALS) return [];
  const [whole = "0", fraction = ""] = amount.value.split(".");
  if (/[1-9]/.test(fraction) || BigInt(whole) < 10n ** BigInt(token.decimals)) return [];
  const meant = formatUnits(BigInt(whole), token.decimals);
  const text = `${whole} ${token.symbol} was said; as base units that would be ${meant} ${token.symbol}`;
  return [object("warn", "base-units", subject, text)];
}

function otherDecimals(evidence: Evidence): readonly Finding[] {
  return evidence.chainDecimals.flatMap(({ asset, decimals }) => {
    const listed = listedToken(evidence, asset);
    if (listed === undefined || listed.decimals === decimals) return [];
    const text = `the contract counts ${decimals ?? "no"} decimals, the registry ${listed.decimals}: amounts of ${listed.symbol} cannot be trusted`;
    return [object("block", "decimals", asset, text)];
  });
}

function showAmount(evidence: Evidence, asset: string, amount: bigint): string {
  const token: Token | undefined = listedToken(evidence, asset);
  return `${formatUnits(amount, token?.decimals ?? 0)} ${assetName(evidence, asset)}`;
}

function object(severity: Severity, code: string, subject: string, evidence: string): Finding {
  return { code: `${id}.${code}`, severity, subject, evidence, source: id };
}
