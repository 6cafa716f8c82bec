import type { SimpleAction } from "../../../../domain/intent.ts";
import { drawFrom, drawLender, drawToken } from "../draw.ts";
import { borrowable, lendable } from "../lexicon/tokens.ts";
import { chance, pickWeighted, type Rng } from "../random.ts";
import type { Clause } from "./clause.ts";
import { arrows, leverage, twin, unrelated } from "./combos.ts";
import { borrow } from "./debt.ts";
import { earn } from "./earn.ts";
import { withdraw } from "./lending.ts";
import { stake, unstake } from "./stake.ts";
import { borrowThere, earnIt, join, repayIt, type Step, stakeIt, supplyIt, swapIt, transferIt } from "./steps.ts";
import { swap } from "./swap.ts";
import { wrap } from "./wrap.ts";

type Opening = (rng: Rng) => { readonly step: Clause; readonly asset: string; readonly protocol?: string };

/** First steps that leave a known token in the wallet. */
const OPENINGS: readonly (readonly [number, Opening])[] = [
  [
    10,
    (rng) => {
      const step = swap(rng, { imperative: true });
      return { step, asset: bought(step) };
    },
  ],
  [
    4,
    (rng) => {
      const asset = drawFrom(rng, lendable);
      const protocol = drawLender(rng);
      return { step: withdraw(rng, { asset, protocol, imperative: true }), asset, protocol };
    },
  ],
  [
    4,
    (rng) => {
      const asset = drawFrom(rng, borrowable);
      const protocol = drawLender(rng, ["savings"]);
      return { step: borrow(rng, { asset, protocol, imperative: true }), asset, protocol };
    },
  ],
  [
    2,
    (rng) => {
      const step = wrap(rng, { imperative: true });
      return { step, asset: bought(step) };
    },
  ],
  [1, (rng) => ({ step: unstake(rng, { imperative: true }), asset: "ETH" })],
  [
    1,
    (rng) => {
      const step = stake(rng, { imperative: true, chosen: true });
      const action = step.actions[0];
      return { step, asset: action?.type === "stake" ? (action.into ?? "stETH") : "stETH" };
    },
  ],
];

function bought(step: Clause): string {
  const action = step.actions[0];
  return action?.type === "swap" ? action.buy : "ETH";
}

/** A step that uses the token the step before left. */
function following(
  rng: Rng,
  asset: string,
  before: SimpleAction | undefined,
): { readonly step: Step; readonly asset?: string } {
  const swapped = before?.type === "swap";
  const kind = pickWeighted(rng, [
    [9, "supply"],
    [5, "transfer"],
    [4, "repay"],
    [3, "earn"],
    [swapped ? 0.6 : 5, "swap"],
    [asset === "ETH" ? 4 : 0, "stake"],
  ] as const);
  switch (kind) {
    case "supply":
      return {
        step: supplyIt(
          rng,
          asset,
          before?.type === "withdraw" || before?.type === "borrow"
            ? drawLender(rng, [before.protocol ?? ""])
            : undefined,
        ),
      };
    case "transfer":
      return { step: transferIt(rng, asset) };
    case "repay":
      return before?.type === "borrow" ? { step: transferIt(rng, asset) } : { step: repayIt(rng, asset) };
    case "earn":
      return { step: earnIt(rng, asset) };
    case "stake": {
      const step = stakeIt(rng);
      const action = step.actions[0];
      return action?.type === "stake" && action.into !== undefined ? { step, asset: action.into } : { step };
    }
    default: {
      const buy = drawToken(rng, [asset]);
      return { step: swapIt(rng, asset, buy), asset: buy };
    }
  }
}

/** Two or three wishes in one request; most of them go on with what the step before gave. */
export function chain(rng: Rng): Clause {
  const kind = rng();
  if (kind < 0.12) return unrelated(rng);
  if (kind < 0.2) return twin(rng);
  if (kind < 0.31) return leverage(rng);
  if (kind < 0.37) return arrows(rng);
  const { step, asset } = pickWeighted(rng, OPENINGS)(rng);
  const second = following(rng, asset, step.actions[0]);
  const action = second.step.actions[0];
  // "swap … and put it at the best rate" is one `earn`; only "then" makes it two actions.
  if (kind < 0.8 || action?.type === "earn") return join(rng, [step, second.step], action?.type === "earn");
  if (second.asset !== undefined) return join(rng, [step, second.step, following(rng, second.asset, action).step]);
  if (action?.type === "supply" && action.protocol !== undefined && action.protocol !== "savings")
    return join(rng, [step, second.step, borrowThere(rng, action.protocol)]);
  if (chance(rng, 0.3)) return join(rng, [step, second.step, earn(rng, { imperative: true })]);
  return join(rng, [step, second.step]);
}
