import type { Evidence } from "../src/domain/evidence.ts";
import type { Severity } from "../src/domain/verdict.ts";
import { assetName } from "./lib/assets.ts";
import { quotesOf, type SwapEffect } from "./lib/quotesOf.ts";
import type { Policy } from "./policy.ts";

const id = "slippage-floor";
/** What is wrong; without a floor or a deadline at all, a swap is at anybody's mercy, and `code` says which is missing. */
type Problem = { readonly severity: Severity; readonly code: string; readonly evidence: string };

/** Every swap has a floor (or ceiling) within the allowed distance from its quote, and an on-chain deadline of this plan. */
export const slippageFloor: Policy<number> = {
  id,
  reads: "plan",
  rule: (mandate) => mandate.maxSlippageBps,
  check: (evidence, mandateBps) => {
    const said = evidence.plan.intent.constraints?.maxSlippageBps;
    const maxBps = Math.floor(Math.min(mandateBps, said === undefined ? mandateBps : Number(said)));
    return evidence.decoded.flatMap(({ effect }) => {
      if (effect?.type !== "swap") return [];
      const subject = `${assetName(evidence, effect.sell)} → ${assetName(evidence, effect.buy)}`;
      const problems = [...floorProblems(evidence, effect, BigInt(maxBps)), ...deadlineProblems(evidence, effect)];
      return problems.map((problem) => ({ ...problem, subject, source: id }));
    });
  },
};

function floorProblems(evidence: Evidence, swap: SwapEffect, maxBps: bigint): readonly Problem[] {
  if (swap.buyAmount === 0n) return [missing("no-floor", "the swap accepts any output: its floor is 0")];
  const quotes = quotesOf(evidence, swap);
  if (quotes.length === 0) return [wrong("no quote of this plan stands behind the swap")];
  const within = quotes.some((quote) => {
    const quoted = (swap.side === "sell" ? quote.gets : quote.pays)[0]?.amount ?? 0n;
    if (quoted === 0n) return false;
    if (swap.side === "sell") return swap.buyAmount >= (quoted * (10_000n - maxBps)) / 10_000n;
    return swap.sellAmount <= (quoted * (10_000n + maxBps) + 9_999n) / 10_000n;
  });
  if (within) return [];
  const limit = swap.side === "sell" ? `floor ${swap.buyAmount}` : `ceiling ${swap.sellAmount}`;
  return [wrong(`${limit} is more than ${maxBps} bps away from the quote`)];
}

function deadlineProblems({ nowSeconds, plan }: Evidence, swap: SwapEffect): readonly Problem[] {
  const { deadlineSeconds } = swap;
  if (deadlineSeconds === undefined)
    return [missing("no-deadline", "the swap has no deadline: it can be mined at any later price")];
  if (deadlineSeconds <= nowSeconds) return [wrong(`the deadline ${deadlineSeconds} is over (now ${nowSeconds})`)];
  if (deadlineSeconds > plan.deadlineSeconds)
    return [wrong(`the deadline ${deadlineSeconds} is later than the plan's ${plan.deadlineSeconds}`)];
  return [];
}

function missing(code: string, evidence: string): Problem {
  return { severity: "block", code: `${id}.${code}`, evidence };
}

function wrong(evidence: string): Problem {
  return { severity: "danger", code: id, evidence };
}
