import type { Drafted } from "./understand.ts";

/** What one model made of a prompt, and how probable it finds that (0 to 1); unknown where it does not say. */
export type Reading = { readonly draft: unknown; readonly confidence?: number };

/** From what probability a reading is believed: where both agree, where they do not, and where code rejects the other one. */
export type Bounds = { readonly agreed: number; readonly contested: number; readonly alone: number };

/**
 * Two independent readings as one. Models that were trained apart rarely make the same mistake, so a draft that both
 * give is believed at a probability at which one alone would be shown back; of two different ones the more probable is
 * taken, and it counts as doubtful below the higher bound.
 *
 * Source: disagreement of independently trained networks as a measure of doubt, Lakshminarayanan et al., "Simple and
 * Scalable Predictive Uncertainty Estimation using Deep Ensembles", NeurIPS 2017.
 */
export function weighReadings(first: Reading, second: Reading, { agreed, contested, alone }: Bounds): Drafted {
  const [one, two] = [first.confidence ?? 0, second.confidence ?? 0];
  const [best, other] = two > one ? [second, first] : [first, second];
  const same = JSON.stringify(first.draft) === JSON.stringify(second.draft);
  const doubtful = Math.max(one, two) < (same ? agreed : contested);
  if (same) return { draft: best.draft, doubtful };
  return { draft: best.draft, doubtful, other: { draft: other.draft, doubtful: Math.min(one, two) < alone } };
}
