import { parseUnits } from "viem";
import type { Effect } from "../../src/domain/effect.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Action, Amount } from "../../src/domain/intent.ts";
import type { Token } from "../../src/domain/token.ts";
import type { Finding } from "../../src/domain/verdict.ts";
import { assetKey, assetName, namedToken, sameAddress } from "../lib/assets.ts";
import { baseFor, rangeOf } from "./amounts.ts";
import { changesOf, type Flow, isPositionToken } from "./flows.ts";
import { block, object } from "./object.ts";

/** Which asset an action counts, whether it leaves or arrives, and what else may leave. */
type Counted = {
  readonly name: string;
  readonly amount: Amount;
  readonly sign: 1n | -1n;
  readonly leaves: readonly string[];
};

/** Simulated changes of one action against the intent: the named amount, nothing unnamed leaving, the bought asset arriving. */
export function judgeChanges(
  evidence: Evidence,
  flows: readonly Flow[],
  action: Action,
  at: number,
): readonly Finding[] {
  const subject = `action ${at + 1} (${action.type})`;
  const counted = countedOf(action);
  return [
    ...unnamed(evidence, flows[at], counted?.leaves ?? [], subject),
    ...positionTokens(evidence, action, at, subject),
    ...(counted ? judgeAmount(evidence, flows, action, at, counted, subject) : []),
    ...bought(evidence, flows[at], action, subject),
    ...withoutShares(evidence, at, subject),
  ];
}

function countedOf(action: Action): Counted | undefined {
  switch (action.type) {
    case "swap":
      return action.side === "sell"
        ? { name: action.sell, amount: action.amount, sign: -1n, leaves: [action.sell] }
        : { name: action.buy, amount: action.amount, sign: 1n, leaves: [action.sell] };
    case "earn":
      return { name: action.source, amount: action.amount, sign: -1n, leaves: [action.source] };
    case "transfer":
    case "supply":
    case "repay":
      return { name: action.asset, amount: action.amount, sign: -1n, leaves: [action.asset] };
    case "withdraw":
    case "borrow":
    case "move":
      return { name: action.asset, amount: action.amount, sign: 1n, leaves: [] };
    default:
      return undefined;
  }
}

function unnamed(
  evidence: Evidence,
  flow: Flow | undefined,
  names: readonly string[],
  subject: string,
): readonly Finding[] {
  const allowed = names
    .map((name) => namedToken(evidence, name))
    .map((token) => token && assetKey(evidence, token.address));
  return [...(flow ?? [])]
    .filter(([key, delta]) => delta < 0n && !allowed.includes(key))
    .map(([key, delta]) =>
      block("unnamed-outflow", subject, `${-delta} of ${assetName(evidence, key)} leaves and was not named`),
    );
}

/** Position and debt tokens only shrink by withdrawing, moving or repaying. */
function positionTokens(evidence: Evidence, action: Action, at: number, subject: string): readonly Finding[] {
  if (action.type === "withdraw" || action.type === "move" || action.type === "repay") return [];
  return changesOf(evidence, at)
    .filter((change) => change.delta < 0n && isPositionToken(evidence, change.token.address))
    .map((change) =>
      block("unnamed-outflow", subject, `the position ${change.token.symbol} shrinks by ${-change.delta}`),
    );
}

function judgeAmount(
  evidence: Evidence,
  flows: readonly Flow[],
  action: Action,
  at: number,
  { name, amount, sign }: Counted,
  subject: string,
): readonly Finding[] {
  const token = namedToken(evidence, name);
  if (!token) return [block("unknown-asset", subject, `${name} is in no list of this chain`)];
  if (amount.unit === "health-factor") return judgeTarget(evidence, action, amount.value, subject);
  const protocol = "protocol" in action ? action.protocol : action.type === "move" ? action.from : undefined;
  const range = rangeOf({ evidence, flows, at, token, base: baseFor(action.type), protocol }, amount);
  if (!range) return [block("amount-unknown", subject, `what ${amount.unit} of ${name} comes to cannot be recomputed`)];
  const actual = moved(evidence, flows, action, at, token) * sign;
  const text = `${actual} base units of ${name}; the intent allows ${range.min} to ${range.max} (${range.basis})`;
  if (actual > range.max) return [block("too-much", subject, text)];
  return actual < range.min ? [object("danger", "too-little", subject, text)] : [];
}

/** Owner's change of the counted asset. Wrapping changes form, not asset; moving goes out again: those count their own call. */
function moved(evidence: Evidence, flows: readonly Flow[], action: Action, at: number, token: Token): bigint {
  const key = assetKey(evidence, token.address);
  const other =
    action.type === "swap" ? namedToken(evidence, action.side === "sell" ? action.buy : action.sell) : undefined;
  if (other && assetKey(evidence, other.address) === key)
    return total(changesOf(evidence, at).filter((change) => sameAddress(change.token.address, token.address)));
  if (action.type !== "move") return flows[at]?.get(key) ?? 0n;
  const isWithdraw = (effect: Effect | undefined) => effect?.type === "withdraw";
  return evidence.plan.calls.reduce((sum, call, index) => {
    if (call.actionIndex !== at || !isWithdraw(evidence.decoded[index]?.effect)) return sum;
    const changes = evidence.simulation?.calls[index]?.changes ?? [];
    return sum + total(changes.filter((change) => assetKey(evidence, change.token.address) === key));
  }, 0n);
}

const total = (changes: readonly { readonly delta: bigint }[]): bigint =>
  changes.reduce((sum, { delta }) => sum + delta, 0n);

/** "Until my health factor is 1.8": reached within 1 % above (repay, supply) or not undercut by more than 0.1 % (borrow, withdraw). */
function judgeTarget(evidence: Evidence, action: Action, value: string, subject: string): readonly Finding[] {
  const target = parseUnits(value, 18);
  const said = "protocol" in action ? action.protocol : undefined;
  const used = evidence.decoded.flatMap(({ effect }) =>
    effect?.type === action.type && "protocol" in effect ? [effect.protocol] : [],
  );
  const after = (evidence.simulation?.positions ?? [])
    .filter((change) => (said ? change.protocol === said : used.includes(change.protocol)))
    .flatMap((change) => change.after.healthFactorWad ?? []);
  const reached = after.some((factor) => factor >= target - target / 1000n && factor <= target + target / 100n);
  return reached
    ? []
    : [block("target-missed", subject, `health factor after: ${after.join(", ") || "unknown"}, asked for ${value}`)];
}

/** A swap brings the bought asset, and at least the least that the owner named. */
function bought(evidence: Evidence, flow: Flow | undefined, action: Action, subject: string): readonly Finding[] {
  if (action.type !== "swap") return [];
  const [buy, sell] = [namedToken(evidence, action.buy), namedToken(evidence, action.sell)];
  if (!buy || !sell)
    return [block("unknown-asset", subject, `${action.buy} or ${action.sell} is in no list of this chain`)];
  const key = assetKey(evidence, buy.address);
  if (key === assetKey(evidence, sell.address)) return [];
  const came = flow?.get(key) ?? 0n;
  const least = evidence.plan.intent.constraints?.minReceive;
  const min = least === undefined ? 1n : parseUnits(least, buy.decimals);
  return came >= min
    ? []
    : [block("too-little", subject, `${came} base units of ${action.buy} arrive, at least ${min} must`)];
}

/** A deposit in a vault that is its own share token brings shares: none at all is a gift to the other depositors. */
function withoutShares(
  { decoded, plan, known, simulation }: Evidence,
  at: number,
  subject: string,
): readonly Finding[] {
  return decoded.flatMap(({ effect, callIndex }) => {
    if (effect?.type !== "supply" || plan.calls[callIndex]?.actionIndex !== at) return [];
    const share = known.find((one) => one.role === "position-token" && sameAddress(one.address, effect.marketId ?? ""));
    if (!share) return [];
    const changes = simulation?.calls[callIndex]?.changes ?? [];
    const came = total(changes.filter(({ token }) => sameAddress(token.address, share.address)));
    return came > 0n ? [] : [block("no-shares", subject, `the deposit in ${share.label} brings ${came} shares`)];
  });
}
