import type { Effect } from "../src/domain/effect.ts";
import type { Evidence } from "../src/domain/evidence.ts";
import type { Finding } from "../src/domain/verdict.ts";
import { assetKey, assetName, listedToken } from "./lib/assets.ts";
import { shortfallBps, showUsd, usdOf } from "./lib/money.ts";
import type { Mandate } from "./mandate.ts";
import type { Policy } from "./policy.ts";

const id = "price-impact";

/** What a swap really takes and gives in simulation, at oracle prices: a loss above `warnBps` asks, above `denyBps` denies. */
export const priceImpact: Policy<Mandate["priceImpact"]> = {
  id,
  reads: "simulation",
  rule: (mandate) => mandate.priceImpact,
  check: (evidence, { warnBps, denyBps }) =>
    evidence.decoded.flatMap(({ effect, callIndex }): readonly Finding[] => {
      if (effect?.type !== "swap") return [];
      const changes = evidence.simulation?.calls[callIndex]?.changes ?? [];
      const moved = (asset: string) =>
        changes
          .filter((change) => assetKey(evidence, change.token.address) === assetKey(evidence, asset))
          .reduce((sum, change) => sum + change.delta, 0n);
      const paid = usdOf(evidence, effect.sell, -moved(effect.sell));
      const got = usdOf(evidence, effect.buy, moved(effect.buy));
      const subject = `${assetName(evidence, effect.sell)} → ${assetName(evidence, effect.buy)}`;
      const object = (severity: Finding["severity"], code: string, text: string): Finding[] => [
        { code, severity, subject, evidence: text, source: id },
      ];
      if (paid === undefined || got === undefined) return noPrice(evidence, effect, object);
      if (paid <= 0n) return object("block", `${id}.nothing-paid`, "the simulation shows no payment for this swap");
      const lossBps = shortfallBps(paid, got);
      const text = `pays ${showUsd(paid)}, gets ${showUsd(got)} at oracle prices: ${lossBps} bps lost`;
      if (lossBps > BigInt(denyBps)) return object("danger", id, `${text}, limit ${denyBps}`);
      if (lossBps > BigInt(warnBps)) return object("warn", id, `${text}, limit ${warnBps}`);
      return [];
    }),
};

type Swap = Extract<Effect, { type: "swap" }>;
type Say = (severity: Finding["severity"], code: string, text: string) => Finding[];

/** No oracle prices what is on no list, so that a person must know what it is worth; a listed token without a price denies. */
function noPrice(evidence: Evidence, { sell, buy }: Swap, say: Say): Finding[] {
  const unlisted = [sell, buy].filter((asset) => listedToken(evidence, asset) === undefined);
  const unpriced = [sell, buy].filter((asset) => usdOf(evidence, asset, 1n) === undefined);
  if (unpriced.length === 0 || unpriced.some((asset) => !unlisted.includes(asset)))
    return say("block", `${id}.no-price`, "no oracle price for this pair");
  const text = `no oracle prices ${unpriced.join(" or ")}: what this swap loses is not known`;
  return say("warn", `${id}.unpriced`, text);
}
