import type { SimpleAction } from "../../../../domain/intent.ts";
import { drawAmount } from "../amounts.ts";
import { drawFrom, drawLender, drawRecipient, lenderName, recipientPiece, tokenName } from "../draw.ts";
import { stakers } from "../lexicon/protocols.ts";
import { borrowable } from "../lexicon/tokens.ts";
import { list } from "../phrases.ts";
import { chance, pick, type Rng } from "../random.ts";
import { expandOne, type Piece, value } from "../template.ts";
import type { Clause } from "./clause.ts";
import { bestYield } from "./earn.ts";
import { venue } from "./venue.ts";

/** A later step, in the imperative, that goes on with what the step before gave. */
export interface Step {
  readonly pieces: readonly Piece[];
  readonly actions: readonly SimpleAction[];
}

/** The output of the action before. */
export const previous = { unit: "previous" } as const;

const IT =
  "(it|it|it|that|them|the {t}|the {t}|the proceeds|the result|what i get|everything i get|the output|all of that|this|the {t} i get|whatever comes out)";

/** Deposits what the step before gave. */
export function supplyIt(rng: Rng, asset: string, protocol?: string): Step {
  const t = tokenName(rng, asset);
  if (protocol === undefined && chance(rng, 0.12))
    return {
      pieces: expandOne(rng, [`(lend|deposit|supply) ${IT}`, `lend ${IT} out`, `supply ${IT} somewhere`], { t }),
      actions: [{ type: "supply", asset, amount: previous }],
    };
  const id = protocol ?? drawLender(rng);
  const forms = [
    `(deposit|supply|put|lend|put|deposit) ${IT} {v}`,
    `(deposit|supply|put|lend|place|park|stick|drop|throw) ${IT} {v}`,
    `lend ${IT} out {v}`,
    `deposit ${IT} {v} as collateral`,
    `use ${IT} as collateral {v}`,
  ];
  return {
    pieces: expandOne(rng, id === "savings" ? forms.slice(0, 2) : forms, { t, v: venue(rng, id, "into") }),
    actions: [{ type: "supply", asset, amount: previous, protocol: id }],
  };
}

/** Sends what the step before gave. */
export function transferIt(rng: Rng, asset: string): Step {
  const to = drawRecipient(rng);
  const forms = [
    `send ${IT} to {to}`,
    `send ${IT} to {to}`,
    `send ${IT} over to {to}`,
    `transfer ${IT} to {to}`,
    `forward ${IT} to {to}`,
    `pay {to} with ${IT}`,
    `give ${IT} to {to}`,
    `wire ${IT} to {to}`,
    "send {to} the {t}",
  ];
  return {
    pieces: expandOne(rng, forms, { t: tokenName(rng, asset), to: recipientPiece(to) }),
    actions: [{ type: "transfer", asset, amount: previous, to }],
  };
}

/** Repays with what the step before gave. */
export function repayIt(rng: Rng, asset: string, protocol?: string): Step {
  const id = protocol ?? (chance(rng, 0.85) ? drawLender(rng, ["savings"]) : undefined);
  const t = tokenName(rng, asset);
  const v = id === undefined ? [] : [{ text: " ", kind: "words" as const }, ...venue(rng, id, "at")];
  const forms = [
    `use ${IT} to repay my {t} (loan|debt){v}`,
    `use ${IT} to pay (down|back|off) my {t} (loan|debt){v}`,
    `repay my {t} (loan|debt|borrow){v} with ${IT}`,
    `repay my (loan|debt){v} with ${IT}`,
    `pay back my {t} (loan|debt){v} with ${IT}`,
    `put ${IT} (towards|toward) my {t} (loan|debt){v}`,
    `repay {t}{v} with ${IT}`,
    `pay down my (loan|debt){v} with ${IT}`,
    `use ${IT} to repay what i owe{v}`,
    "repay my {t} loan{v} with that",
  ];
  return {
    pieces: expandOne(rng, forms, { t, v }),
    actions: [{ type: "repay", asset, amount: previous, ...(id === undefined ? {} : { protocol: id }) }],
  };
}

/** Swaps what the step before gave. */
export function swapIt(rng: Rng, sell: string, buy: string): Step {
  const forms = [
    `swap ${IT} (for|to|into) {b}`,
    `(convert|change|turn) ${IT} into {b}`,
    `(exchange|trade|sell) ${IT} for {b}`,
    `swap ${IT} to {b}`,
    `buy {b} with ${IT}`,
    `use ${IT} to buy {b}`,
    "make it {b}",
    `flip ${IT} into {b}`,
  ];
  return {
    pieces: expandOne(rng, forms, { t: tokenName(rng, sell), b: tokenName(rng, buy) }),
    actions: [{ type: "swap", sell, buy, amount: previous, side: "sell" }],
  };
}

/** Puts what the step before gave where it earns most. */
export function earnIt(rng: Rng, asset: string): Step {
  const forms = [
    `(put|deposit|lend|park|supply|place) ${IT} {best}`,
    `let ${IT} earn the most`,
    `find the best yield for ${IT}`,
    `get the best yield on ${IT}`,
    `earn the most on ${IT}`,
  ];
  return {
    pieces: expandOne(rng, forms, { t: tokenName(rng, asset), best: bestYield(rng) }),
    actions: [{ type: "earn", source: asset, asset, amount: previous, objective: "max-yield" }],
  };
}

/** Stakes the ether that the step before gave. */
export function stakeIt(rng: Rng): Step {
  const t = tokenName(rng, "ETH");
  if (chance(rng, 0.25))
    return {
      pieces: expandOne(rng, [`stake ${IT}`], { t }),
      actions: [{ type: "stake", asset: "ETH", amount: previous }],
    };
  const place = pick(rng, stakers);
  return {
    pieces: expandOne(rng, [`stake ${IT} (with|on|at|via) {p}`, `stake ${IT} for {r}`], {
      t,
      p: value(pick(rng, place.names)),
      r: tokenName(rng, place.into),
    }),
    actions: [{ type: "stake", asset: "ETH", amount: previous, into: place.into }],
  };
}

/** Borrows against what was just deposited: the venue may be said by "there" or "against it". */
export function borrowThere(rng: Rng, protocol: string): Step {
  const asset = drawFrom(rng, borrowable);
  const said = drawAmount(rng, asset, "fresh");
  const forms = list`
  borrow {a} against it / borrow {a} against that / borrow {a} there / borrow {a} / take out a loan of {a} there / take a loan of {a} against it
  / borrow {a} on {p} / borrow {a} from {p} / get a {a} loan there
`;
  return {
    pieces: expandOne(rng, forms, { a: said.full, p: lenderName(rng, protocol) }),
    actions: [{ type: "borrow", asset, amount: said.amount, protocol }],
  };
}

/** Two to four sentences or clauses in order, joined the way people join them. */
export function join(rng: Rng, steps: readonly Step[], later = false): Clause {
  const [a, b, c] = steps.map((step) => step.pieces);
  const slots = { a: a ?? [], b: b ?? [], c: c ?? [] };
  const two = list`
  {a} and {b} / {a} and {b} / {a} and {b} / {a} and then {b} / {a}, then {b} / {a} then {b} / {a} then {b} / {a}, and {b} / {a}. then {b} / {a}, {b}
  / first {a}, then {b} / first {a} and then {b} / {a} & {b} / {a} and after that {b} / {a}, after that {b} / {a}. after that, {b} / {a}, and then {b}
  / {a} and also {b} / {a} + {b} / {a}; {b} / {a} -> {b} / {a} before you {b} / {a} and immediately {b} / {a}, afterwards {b} / {a} and finally {b}
  / {a}. next, {b} / {a}, next {b} / 1) {a} 2) {b} / {a}, once that's done {b} / step 1: {a}. step 2: {b} / {a} and when that is done {b}
  / {a}, followed by: {b} / {a} plus {b} / {a} n then {b} / {a} and right after that {b}
`;
  const three = list`
  {a}, {b} and {c} / {a}, {b}, and {c} / {a}, then {b}, then {c} / {a} then {b} then {c} / first {a}, then {b}, and finally {c} / {a} and {b} and {c}
  / {a}, {b}, then {c} / {a}. then {b}. then {c} / {a} and {b}, then {c} / 1. {a} 2. {b} 3. {c} / {a}, {b}, {c}
  / {a}, and then {b}, and after that {c} / {a}; {b}; {c} / {a}. {b}. {c} / {a}, next {b}, last {c}
`;
  return {
    pieces: expandOne(
      rng,
      steps.length > 2 ? three : later ? two.filter((form) => form.includes("then") || form.includes("after")) : two,
      slots,
    ),
    mood: "imperative",
    actions: steps.flatMap((step) => step.actions),
  };
}
