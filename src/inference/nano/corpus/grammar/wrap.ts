import { drawAmount } from "../amounts.ts";
import { tokenName } from "../draw.ts";
import { list } from "../phrases.ts";
import { pick, type Rng } from "../random.ts";
import { type Clause, clause } from "./clause.ts";

const WRAP = {
  freeShare: 0.15,
  imperative: list`
  wrap {a} / wrap {a} / wrap {a} / wrap {a} (to|into) {b} / wrap up {a} / turn {a} into the wrapped kind / wrap {a} for me / make {a} wrapped
  / convert {a} into its wrapped version / do a wrap of {a} / put {a} in wrapped form
`,
  free: [
    "wrap: {a}",
    "{a}, wrapped please",
    "{a}, wrap it",
    "i want {a} wrapped",
    "i need {a} in wrapped form",
    "{a} wrapped",
  ],
} as const;
const UNWRAP = {
  freeShare: 0.15,
  imperative: list`
  unwrap {a} / unwrap {a} / unwrap {a} / unwrap {a} (to|into|back to) {b} / un-wrap {a} / turn {a} back into plain {b} / unwrap {a} back
  / convert {a} back to {b} / make {a} plain {b} again / do an unwrap of {a}
`,
  free: [
    "unwrap: {a}",
    "{a}, unwrapped please",
    "{a}, unwrap it",
    "i want {a} unwrapped",
    "i need {a} back as {b}",
    "{a} back to {b}",
  ],
} as const;
const PAIRS = [
  ["ETH", "WETH"],
  ["ETH", "WETH"],
  ["ETH", "WETH"],
  ["stETH", "wstETH"],
] as const;

export interface WrapGiven {
  readonly imperative?: boolean;
  readonly direction?: "wrap" | "unwrap";
}

/** Wrapping and unwrapping are swaps (intent.md, reading 8). */
export function wrap(rng: Rng, given: WrapGiven = {}): Clause {
  const direction = given.direction ?? pick(rng, ["wrap", "unwrap"] as const);
  const [plain, wrapped] = pick(rng, PAIRS);
  const [sell, buy] = direction === "wrap" ? [plain, wrapped] : [wrapped, plain];
  const said = drawAmount(rng, sell, "wallet");
  const forms = direction === "wrap" ? WRAP : UNWRAP;
  return clause(
    rng,
    { ...forms, freeShare: given.imperative === true ? 0 : forms.freeShare },
    { a: said.full, b: tokenName(rng, buy) },
    [{ type: "swap", sell, buy, amount: said.amount, side: "sell" }],
  );
}
