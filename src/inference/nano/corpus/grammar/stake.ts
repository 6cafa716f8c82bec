import { drawAmount } from "../amounts.ts";
import { tokenName } from "../draw.ts";
import { stakers } from "../lexicon/protocols.ts";
import { list } from "../phrases.ts";
import { chance, pick, type Rng } from "../random.ts";
import { value } from "../template.ts";
import { type Clause, clause } from "./clause.ts";

const STAKE = {
  freeShare: 0.2,
  imperative: [
    "stake {a}",
    "stake {a} for rewards",
    "stake {a} somewhere",
    "put {a} into staking",
    "start staking {a}",
  ],
  free: ["{a} staked please", "i want {a} staked", "staking: {a}", "{a}, stake it"],
} as const;
const STAKE_AT = {
  freeShare: 0.25,
  imperative: list`
  stake {a} with {p} / stake {a} on {p} / stake {a} at {p} / stake {a} via {p} / stake {a} through {p} / put {a} into {p} staking / stake {a} for {r}
  / stake {a} into {r} / stake {a} to get {r} / stake {a} with {p} for {r}
`,
  free: [
    "{p} {a}",
    "{a} staked with {p}",
    "{a} staked for {r} please",
    "i want {a} staked at {p}",
    "staking: {a}, {p}",
    "{a} into {p} staking",
  ],
} as const;
const UNSTAKE = {
  freeShare: 0.2,
  imperative: list`
  unstake {a} / unstake {a} / unstake {a} please / undo the staking of {a} / unstake {a} back to eth / redeem {a} from staking
  / take {a} out of staking
`,
  free: ["{a}, unstake it", "unstaking {a}", "i want {a} unstaked", "{a} unstaked please"],
} as const;

export interface StakeGiven {
  readonly imperative?: boolean;
  /** The place is always said. */
  readonly chosen?: boolean;
}

/** Staking of ether, with or without a chosen liquid token. */
export function stake(rng: Rng, given: StakeGiven = {}): Clause {
  const said = drawAmount(rng, "ETH", "wallet");
  const freed = given.imperative === true ? 0 : undefined;
  if (given.chosen !== true && chance(rng, 0.3))
    return clause(rng, { ...STAKE, freeShare: freed ?? STAKE.freeShare }, { a: said.full }, [
      { type: "stake", asset: "ETH", amount: said.amount },
    ]);
  const place = pick(rng, stakers);
  const slots = { a: said.full, p: value(pick(rng, place.names)), r: tokenName(rng, place.into) };
  return clause(rng, { ...STAKE_AT, freeShare: freed ?? STAKE_AT.freeShare }, slots, [
    { type: "stake", asset: "ETH", amount: said.amount, into: place.into },
  ]);
}

/** Unstaking names the token handed in (intent.md, reading 20). */
export function unstake(rng: Rng, given: StakeGiven = {}): Clause {
  const asset = pick(rng, ["stETH", "stETH", "rETH", "wstETH"]);
  const said = drawAmount(rng, asset, "staked");
  return clause(rng, { ...UNSTAKE, freeShare: given.imperative === true ? 0 : UNSTAKE.freeShare }, { a: said.full }, [
    { type: "unstake", asset, amount: said.amount },
  ]);
}
