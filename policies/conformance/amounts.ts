import { parseUnits } from "viem";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Action, Amount } from "../../src/domain/intent.ts";
import { isNative, type Token } from "../../src/domain/token.ts";
import { assetKey, sameAddress } from "../lib/assets.ts";
import { parseUsd, priceOf } from "../lib/money.ts";
import { changesOf, type Flow } from "./flows.ts";

/** What an amount of the intent comes to, recomputed from the intent and chain reads: at least `min`, at most `max` base units. */
export type Range = { readonly min: bigint; readonly max: bigint; readonly basis: string };

/** What a share or "all" refers to (intent.md, Reading 7). */
export type Base = "wallet" | "position" | "debt" | "capacity";

export type AmountContext = {
  readonly evidence: Evidence;
  readonly flows: readonly Flow[];
  readonly at: number;
  readonly token: Token;
  readonly base: Base;
  readonly protocol?: string | undefined;
};

/** Oracle and quote may stand a little apart: 1 %. */
const USD_TOLERANCE_BPS = 100n;
/** Interest between the pinned block and the simulated one, and rounding of shares: 0.1 %. */
const ACCRUAL_BPS = 10n;
/** Base units that rebasing tokens lose by rounding. */
const DUST = 2n;
/** "All my ETH" leaves gas behind; less than this share of the balance is not "all". */
const NATIVE_ALL_MIN_BPS = 9_000n;
const BPS = 10_000n;

/** Range that the amount allows; undefined when it cannot be recomputed (no price, unknown base): the caller objects. */
export function rangeOf(context: AmountContext, amount: Amount): Range | undefined {
  if (amount.unit === "token")
    return exactly(parseUnits(amount.value, context.token.decimals), `${amount.value} as said`);
  if (amount.unit === "usd") return ofUsd(context, amount.value);
  if (amount.unit === "previous") return ofPrevious(context);
  const base = baseOf(context);
  if (base === undefined || amount.unit === "health-factor") return undefined;
  const gasKept = context.base === "wallet" && isNative(context.token);
  if (amount.unit === "all")
    return around(base, gasKept ? BPS - NATIVE_ALL_MIN_BPS : undefined, context.base, "all of it");
  const share = (base * parseUnits(amount.value, 18)) / parseUnits("100", 18);
  const slack = gasKept ? BPS - NATIVE_ALL_MIN_BPS : undefined;
  return around(share, slack, context.base, `${amount.value} % of ${base}`);
}

function exactly(value: bigint, basis: string): Range {
  return { min: value, max: value, basis };
}

/** Wallet shares are exact up to dust; positions and debts accrue; capacity moves with the oracle. */
function around(value: bigint, downBps: bigint | undefined, base: Base, basis: string): Range {
  const upBps = base === "wallet" ? 0n : base === "capacity" ? USD_TOLERANCE_BPS : ACCRUAL_BPS;
  const down = (value * (downBps ?? upBps)) / BPS + DUST;
  return { min: value > down ? value - down : 0n, max: value + (value * upBps) / BPS + DUST, basis };
}

function ofUsd({ evidence, token }: AmountContext, value: string): Range | undefined {
  const price = priceOf(evidence, token.address);
  if (!price) return undefined;
  const units = (parseUsd(value) * 10n ** BigInt(token.decimals)) / price.usdE8;
  const slack = (units * USD_TOLERANCE_BPS) / BPS;
  return { min: units - slack, max: units + slack, basis: `$${value} at the oracle's price` };
}

/** What the action before brought in; up to 1 % may stay behind where a protocol cannot take a late-bound amount. */
function ofPrevious({ evidence, flows, at, token }: AmountContext): Range | undefined {
  const net = flows[at - 1]?.get(assetKey(evidence, token.address)) ?? 0n;
  const came = net > 0n ? net : converted(evidence, at - 1, token);
  if (came <= 0n) return undefined;
  return { min: came - (came * USD_TOLERANCE_BPS) / BPS, max: came + DUST, basis: `${came} from the action before` };
}

/** Wrapping nets to nothing as an asset: what it puts out is the form that arrived. */
function converted(evidence: Evidence, at: number, token: Token): bigint {
  const key = assetKey(evidence, token.address);
  const forms = new Map<string, bigint>();
  for (const { token: moved, delta } of changesOf(evidence, at)) {
    if (assetKey(evidence, moved.address) !== key) continue;
    const form = moved.address.toLowerCase();
    forms.set(form, (forms.get(form) ?? 0n) + delta);
  }
  return [...forms.values()].reduce((most, delta) => (delta > most ? delta : most), 0n);
}

function baseOf(context: AmountContext): bigint | undefined {
  if (context.base === "wallet") return walletOf(context);
  if (context.base === "capacity") return capacityOf(context);
  return heldOf(context, context.base === "debt" ? "borrowed" : "supplied");
}

/** Wallet at the pinned block plus what earlier actions of this plan moved. */
function walletOf({ evidence, flows, at, token }: AmountContext): bigint | undefined {
  const before = evidence.balances.find((balance) => sameAddress(balance.token.address, token.address));
  return before && before.amount + earlier({ evidence, flows, at, token });
}

/** Position or debt at the pinned block plus what earlier actions added to it. */
function heldOf(
  { evidence, flows, at, token, protocol }: AmountContext,
  side: "supplied" | "borrowed",
): bigint | undefined {
  const key = assetKey(evidence, token.address);
  const entries = evidence.positions
    .filter((position) => protocol === undefined || position.protocol === protocol)
    .flatMap((position) => position[side].filter((entry) => assetKey(evidence, entry.asset.address) === key));
  const held = entries.reduce((sum, entry) => sum + entry.amount, 0n);
  const moved = earlier({ evidence, flows, at, token });
  const total = held + (side === "borrowed" ? moved : -moved);
  return total > 0n ? total : undefined;
}

function earlier({ evidence, flows, at, token }: Pick<AmountContext, "evidence" | "flows" | "at" | "token">): bigint {
  const key = assetKey(evidence, token.address);
  return flows.slice(0, at).reduce((sum, flow) => sum + (flow.get(key) ?? 0n), 0n);
}

function capacityOf({ evidence, token, protocol }: AmountContext): bigint | undefined {
  const price = priceOf(evidence, token.address);
  const capacities = evidence.positions
    .filter((position) => protocol === undefined || position.protocol === protocol)
    .flatMap((position) => position.borrowCapacityUsdWad ?? []);
  if (!price || capacities.length === 0) return undefined;
  const usdWad = capacities.reduce((sum, capacity) => sum + capacity, 0n);
  // 1e18 dollars × 10^decimals ÷ (1e8 price × 1e10)
  return (usdWad * 10n ** BigInt(token.decimals)) / (price.usdE8 * 10n ** 10n);
}

/** Base of shares for each verb that has an amount. */
export function baseFor(type: Action["type"]): Base {
  if (type === "withdraw" || type === "move") return "position";
  if (type === "repay") return "debt";
  return type === "borrow" ? "capacity" : "wallet";
}
