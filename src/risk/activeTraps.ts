import { type Address, getAddress, toHex } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { RiskFinding, RiskName } from "../domain/tokenRisk.ts";
import type { Severity } from "../domain/verdict.ts";
import { runSale, type Sale, type SaleOutcome, type SaleRun, shortfallBps } from "./saleRun.ts";
import { nativeDepth } from "./trade.ts";
import type { TradePair } from "./types.ts";

/** Tax from which a warning is due, and from which a trade is no trade any more (guards research, pilot baseline: 30 %). */
const TAX_WARN_BPS = 1_000n;
const TAX_BLOCK_BPS = 3_000n;
/** Below this a difference is rounding, or the token's own small fee, which is told as a fact. */
const TAX_TELL_BPS = 50n;
const DAY = 86_400n;
const SLOTS_PER_DAY = 7_200n;
/** Part of the pair's depth that the smallest probe buys, and the steps above it. */
const SMALLEST_PART = 10_000n;
const FEWEST_UNITS = 1_000n;
const LADDER = [10n, 100n] as const;

const CANNOT_BUY: RiskFinding = {
  name: "cannot_buy",
  severity: "block",
  evidence: "a buy through the pair's own router fails or brings nothing",
};

export type ActiveRequest = {
  readonly reader: Reader;
  readonly token: Address;
  readonly pair: TradePair;
  /** Wei that the owner means to spend; the ladder then holds it, too. */
  readonly intended?: bigint;
  /** Fresh accounts; random by default, so that no contract knows them. */
  readonly accounts?: readonly [Address, Address];
};

/**
 * Traps that are armed now: buys through the real router from a fresh account and tries every way out, in parts, of all
 * sizes, after a wait, through another wallet, and in surroundings that do and do not look like a simulation.
 *
 * @throws {ProbeUnavailableError}
 */
export async function activeTraps(request: ActiveRequest): Promise<readonly RiskFinding[]> {
  const { reader, token, pair, intended } = request;
  const [buyer, wallet] = request.accounts ?? [freshAccount(), freshAccount()];
  const spend = smallestSpend(pair);
  const base = { reader, token, pair, buyer } as const;
  const learn = await runSale({ ...base, spend, bought: 0n, parts: [] });
  if (learn.bought === undefined || learn.bought === 0n) return [CANNOT_BUY];
  const run = { ...base, spend, bought: learn.bought, parts: [100n, 5_000n, "rest"] } as const satisfies SaleRun;
  const sizes = [...LADDER.map((times) => spend * times), ...(intended === undefined ? [] : [intended])];
  const [parts, all, day, month, bare, passed, ...sized] = await Promise.all([
    runSale(run),
    runSale({ ...run, parts: ["rest"] }),
    runSale({ ...run, parts: [9_000n], blocksLater: SLOTS_PER_DAY, secondsLater: DAY }),
    runSale({ ...run, parts: [9_000n], blocksLater: 30n * SLOTS_PER_DAY, secondsLater: 30n * DAY }),
    runSale({ ...run, surroundings: "bare" }),
    runSale({ ...run, parts: [9_000n], through: wallet }),
    ...sizes.map((size) => runSized(base, size)),
  ]);
  const early = parts.sales.slice(0, 2);
  return [
    ...judgeBuy(learn),
    ...judgeSales(early, { all: all.sales[0], last: parts.sales[2], day: day.sales[0], month: month.sales[0] }),
    ...judgeSurroundings(parts, bare),
    ...judgePassing(passed, early, learn.bought),
    ...judgeSizes(sized, early),
    ...judgeEvents([...parts.sales, ...all.sales]),
  ];
}

/** Buys that much and sells nine tenths of it at once; learns first what the buy brings. */
export async function runSized(
  base: Pick<SaleRun, "reader" | "token" | "pair" | "buyer">,
  spend: bigint,
): Promise<SaleOutcome> {
  const { bought = 0n } = await runSale({ ...base, spend, bought: 0n, parts: [] });
  return bought === 0n
    ? { bought, expectedBuy: 0n, meanwhile: [], sales: [], watched: [] }
    : await runSale({ ...base, spend, bought, parts: [9_000n] });
}

function judgeBuy({ bought = 0n, expectedBuy }: SaleOutcome): readonly RiskFinding[] {
  return tax("buy_tax", shortfallBps(expectedBuy, bought), "of what a buy should bring is missing");
}

/** One buy of one size and one sale: what is wrong with it, taxes included. */
export function judgeOneSale(outcome: SaleOutcome): readonly RiskFinding[] {
  const { bought = 0n, sales } = outcome;
  if (bought === 0n) return [CANNOT_BUY];
  const [sale] = sales;
  if (sale?.ok !== true) return [finding("is_honeypot", "block", "what was bought cannot be sold")];
  const missing = shortfallBps(sale.expected, sale.got);
  return [...judgeBuy(outcome), ...tax("sell_tax", missing, "of what a sale should bring is missing")];
}

type Ways = { readonly [way in "all" | "last" | "day" | "month"]: Sale | undefined };

function judgeSales(early: readonly Sale[], { all, last, day, month }: Ways): readonly RiskFinding[] {
  const sells = early.every(({ ok }) => ok);
  if (!sells && day?.ok !== true && month?.ok !== true)
    return [
      finding(
        "is_honeypot",
        "block",
        "what was bought cannot be sold: the sale fails at once, after a day and after 30 days",
      ),
    ];
  if (!sells)
    return [
      finding(
        "trading_cooldown",
        "danger",
        `a sale fails at once and works after ${day?.ok === true ? "a day" : "30 days"}`,
      ),
    ];
  const later = day?.ok !== true || month?.ok !== true;
  const whole = all?.ok !== true || last?.ok !== true;
  const sales = [...early, day, month].filter((sale) => sale?.ok === true);
  const worst = sales.reduce((most, sale) => max(most, shortfallBps(sale?.expected ?? 0n, sale?.got ?? 0n)), 0n);
  return [
    ...(later ? [finding("is_honeypot", "block", "a sale works at once and fails later")] : []),
    ...(whole ? [finding("cannot_sell_all", "danger", "a part can be sold, all of it cannot")] : []),
    ...tax("sell_tax", worst, "of what a sale should bring is missing"),
  ];
}

/** Code that trades for a simulation and not for a transaction, or the other way round, was made to deceive. */
function judgeSurroundings(real: SaleOutcome, bare: SaleOutcome): readonly RiskFinding[] {
  const same =
    real.sales.length === bare.sales.length &&
    real.sales.every((sale, at) => sale.ok === bare.sales[at]?.ok && sale.got === bare.sales[at]?.got);
  return same
    ? []
    : [finding("simulation_aware", "block", "a sale goes otherwise where the block looks like a simulation")];
}

function judgePassing(passed: SaleOutcome, early: readonly Sale[], bought: bigint): readonly RiskFinding[] {
  if (passed.passed === undefined)
    return [finding("transfer_blocked", "danger", "a plain transfer to another wallet fails")];
  const sells = early.every(({ ok }) => ok);
  const [sale] = passed.sales;
  // Less arrived than the sale asks for: the fee is told, the sale was not a fair try.
  const tried = passed.passed >= (bought * 9n) / 10n;
  return [
    ...tax("transfer_tax", shortfallBps(bought, passed.passed), "of a plain transfer does not arrive"),
    ...(sells && tried && sale?.ok !== true
      ? [finding("holder_cannot_sell", "danger", "a wallet that got the token by a transfer cannot sell it")]
      : []),
  ];
}

function judgeSizes(sized: readonly SaleOutcome[], early: readonly Sale[]): readonly RiskFinding[] {
  if (!early.every(({ ok }) => ok)) return [];
  const unsold = sized.filter(({ bought, sales }) => bought !== undefined && bought > 0n && sales[0]?.ok !== true);
  if (unsold.length > 0)
    return [finding("is_anti_whale", "danger", "a larger buy goes through and cannot be sold in one piece")];
  const unbought = sized.some(({ bought }) => bought === undefined || bought === 0n);
  return unbought ? [finding("is_anti_whale", "warn", "a larger buy fails: there is a limit on size")] : [];
}

/** Events are what wallets and explorers show; a token whose events and balances differ shows what is not. */
function judgeEvents(sales: readonly Sale[]): readonly RiskFinding[] {
  const wrong = sales.find(({ ok, left, logged }) => ok && left !== logged);
  return wrong === undefined
    ? []
    : [
        finding(
          "inconsistent_events",
          "danger",
          `${wrong.logged} units left by the events, ${wrong.left} by the balance`,
        ),
      ];
}

function tax(name: RiskName, bps: bigint, says: string): readonly RiskFinding[] {
  if (bps < TAX_TELL_BPS) return [];
  const severity: Severity = bps >= TAX_BLOCK_BPS ? "block" : bps >= TAX_WARN_BPS ? "warn" : "info";
  return [finding(name, severity, `${bps / 100n}.${(bps % 100n).toString().padStart(2, "0")} % ${says}`)];
}

function finding(name: RiskName, severity: Severity, evidence: string): RiskFinding {
  return { name, severity, evidence };
}

/** Of a token with few units a larger part is bought, so that a hundredth of it is still a unit. */
export function smallestSpend(pair: TradePair): bigint {
  const part = pair.tokenReserve / SMALLEST_PART < FEWEST_UNITS ? 50n : SMALLEST_PART;
  return atLeast(nativeDepth(pair) / part, 10n ** 12n);
}

const atLeast = (value: bigint, least: bigint): bigint => (value < least ? least : value);
const max = (one: bigint, two: bigint): bigint => (one > two ? one : two);

/** Twenty random bytes: an account that no contract can know beforehand. */
export function freshAccount(): Address {
  return getAddress(toHex(crypto.getRandomValues(new Uint8Array(20))));
}
