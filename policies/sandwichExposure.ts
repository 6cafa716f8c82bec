import type { Evidence, PathDepth } from "../src/domain/evidence.ts";
import { NATIVE_ADDRESS } from "../src/domain/token.ts";
import type { Finding, Severity } from "../src/domain/verdict.ts";
import { assetName } from "./lib/assets.ts";
import { largest } from "./lib/largest.ts";
import { parseUsd, showUsd, usdOf } from "./lib/money.ts";
import { quotesOf, type SwapEffect } from "./lib/quotesOf.ts";
import { poolOut, sandwichOf } from "./lib/sandwich.ts";
import type { Mandate } from "./mandate.ts";
import type { Policy } from "./policy.ts";

const id = "sandwich-exposure";
/** Gas of an attacker's two swaps; about what one hop costs on Uniswap v2 and v3, twice. */
const ATTACK_GAS = 250_000n;
/** Most parts that a split is proposed for. */
const MOST_PARTS = 10n;
const BPS = 10_000n;

type Ratio = { readonly floor: bigint; readonly quoted: bigint };
type Exposed = {
  readonly paths: readonly PathDepth[];
  readonly ratio: Ratio;
  readonly tradeUsdE8: bigint;
  readonly gasUsdE8: bigint;
};

/**
 * What others could take of a swap by trading around it, from its size, its floor and the depth of its pools: shown from
 * `noteUsd` on, asked about from `warnUsd` on, with what would leave them nothing. A loss within the floor that the owner
 * accepted, so never a denial; a swap whose pools could not be read is judged by its floor alone (`slippage-floor`).
 */
export const sandwichExposure: Policy<Mandate["sandwich"]> = {
  id,
  reads: "plan",
  rule: (mandate) => mandate.sandwich,
  check: (evidence, rule) =>
    evidence.decoded.flatMap(({ effect }) => (effect?.type === "swap" ? judge(evidence, effect, rule) : [])),
};

function judge(evidence: Evidence, swap: SwapEffect, { noteUsd, warnUsd }: Mandate["sandwich"]): readonly Finding[] {
  const exposed = exposedOf(evidence, swap);
  if (exposed === undefined) return [];
  const takenUsdE8 = takenOf(exposed);
  const note = parseUsd(noteUsd);
  if (takenUsdE8 < note || takenUsdE8 === 0n) return [];
  const severity: Severity = takenUsdE8 >= parseUsd(warnUsd) ? "warn" : "info";
  const loss = `others could take up to ${showUsd(takenUsdE8)} of ${showUsd(exposed.tradeUsdE8)} by trading around this swap within its floor`;
  const subject = `${assetName(evidence, swap.sell)} → ${assetName(evidence, swap.buy)}`;
  return [{ code: id, severity, subject, evidence: `${loss}; ${advice(exposed, note)}`, source: id }];
}

function exposedOf(evidence: Evidence, swap: SwapEffect): Exposed | undefined {
  const quote = quotesOf(evidence, swap)[0];
  const quoteIndex = quote === undefined ? -1 : evidence.plan.quotes.indexOf(quote);
  const paths = evidence.depths.filter((path) => path.quoteIndex === quoteIndex);
  const quoted = (swap.side === "sell" ? quote?.gets : quote?.pays)?.[0]?.amount;
  const sold = swap.side === "sell" ? swap.sellAmount : quoted;
  const tradeUsdE8 = sold === undefined ? undefined : usdOf(evidence, swap.sell, sold);
  const gasUsdE8 = usdOf(evidence, NATIVE_ADDRESS, ATTACK_GAS * evidence.gasPriceWei);
  if (quoted === undefined || tradeUsdE8 === undefined || gasUsdE8 === undefined || paths.length === 0)
    return undefined;
  // An exact output may cost up to its ceiling: the same as selling the quoted payment and accepting that much less.
  const ratio = swap.side === "sell" ? { floor: swap.buyAmount, quoted } : { floor: quoted, quoted: swap.sellAmount };
  return ratio.quoted > 0n ? { paths, ratio, tradeUsdE8, gasUsdE8 } : undefined;
}

/** US dollars that are left to an attacker after gas, for one of `parts` equal parts. */
function takenOf({ paths, ratio, tradeUsdE8, gasUsdE8 }: Exposed, parts = 1n): bigint {
  const total = paths.reduce((sum, { amountIn }) => sum + amountIn, 0n);
  if (total === 0n) return 0n;
  return paths.reduce((sum, path) => {
    const usdE8 = (tradeUsdE8 * path.amountIn) / (total * parts);
    const perMillion = largest(sharesOf(path, ratio, parts));
    const taken = (usdE8 * perMillion) / 1_000_000n - gasUsdE8;
    return taken > 0n ? sum + taken : sum;
  }, 0n);
}

/** Per pool of a path: the attacker's profit in millionths of what enters it. Any one pool may use up the whole floor. */
function sharesOf({ amountIn, pools }: PathDepth, { floor, quoted }: Ratio, parts: bigint): readonly bigint[] {
  let entering = amountIn / parts;
  return pools.map((pool) => {
    const out = poolOut(entering, pool.reserveIn, pool.reserveOut, pool.feePips);
    const { profit } = sandwichOf({ pool, amountIn: entering, floor: (out * floor) / quoted });
    const share = entering > 0n ? (profit * 1_000_000n) / entering : 0n;
    entering = out;
    return share;
  });
}

function advice(exposed: Exposed, note: bigint): string {
  const parts = [2n, 3n, 4n, 5n, 6n, 8n, MOST_PARTS].find((count) => takenOf(exposed, count) < note);
  const split = parts === undefined ? [] : [`in ${parts} parts, some blocks apart, less than ${showUsd(note)} of each`];
  const bps = safeBps(exposed, note);
  const limit = bps === 0n ? [] : [`with a slippage limit of ${bps} bps less than ${showUsd(note)}`];
  const relay = "sent through a private relay, nobody sees it before it is mined";
  return [...limit, ...split, relay].join("; ");
}

/** Largest slippage in whole basis points that leaves less than `note`, 0 where none does; found by halving, as what can be taken only grows with it. */
function safeBps(exposed: Exposed, note: bigint): bigint {
  let low = 0n;
  let high = ((exposed.ratio.quoted - exposed.ratio.floor) * BPS) / exposed.ratio.quoted;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    const ratio = { floor: BPS - middle, quoted: BPS };
    if (takenOf({ ...exposed, ratio }) < note) low = middle;
    else high = middle;
  }
  return low;
}
