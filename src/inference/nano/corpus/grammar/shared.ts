import type { SimpleAction } from "../../../../domain/intent.ts";
import { type AmountWords, drawAmount } from "../amounts.ts";
import { drawFrom, drawLender, drawRecipient, drawToken, lenderName, recipientPiece, tokenName } from "../draw.ts";
import { borrowable, lendable } from "../lexicon/tokens.ts";
import { list } from "../phrases.ts";
import { pick, type Rng } from "../random.ts";
import { expandOne, type Slots } from "../template.ts";
import type { Clause } from "./clause.ts";

/** A token amount named as the worth of what is bought: "buy 500 usdc worth of link" sells USDC. */
export function worth(rng: Rng): Clause {
  const sell = drawToken(rng);
  const buy = drawToken(rng, [sell]);
  const said = drawAmount(rng, sell, "wallet", "token");
  const forms = list`
  buy {a} worth of {b} / buy {a} worth of {b} / buy me {a} worth of {b} / get {a} worth of {b} / get me {a} worth of {b} / purchase {a} worth of {b}
  / grab {a} worth of {b} / pick up {a} worth of {b} / i want {a} worth of {b} / i'd like {a} worth of {b} / i need {a} worth of {b} / {a} worth of {b}
  / order {a} worth of {b} / acquire {a} worth of {b} / buy {b} worth {a} / buy {b} for {a} / {a} worth of {b} please / take {a} worth of {b}
`;
  return free(expandOne(rng, forms, { a: said.full, b: tokenName(rng, buy) }), [
    { type: "swap", sell, buy, amount: said.amount, side: "sell" },
  ]);
}

/** Two wishes that both start from the wallet, the verb said once: the second does not use what the first gave. */
export function shared(rng: Rng): Clause {
  return pick(rng, [twoBuys, twoBuys, twoDeposits, twoLoans, buyAndPay, buyAndDeposit])(rng);
}

function twoBuys(rng: Rng): Clause {
  const sell = drawToken(rng);
  const [b, c] = [drawToken(rng, [sell]), drawToken(rng, [sell])];
  if (b === c) return twoBuys(rng);
  const [one, two] = amounts(rng, sell);
  const slots = { ...said(one, two), b: tokenName(rng, b), c: tokenName(rng, c), s: tokenName(rng, sell) };
  const forms = list`
  swap {a} (for|to|into) {b} and {x} (for|to|into) {c} / swap {a} to {b} and {x} to {c} / {a} to {b} and {x} to {c} / {a} to {b}, {x} to {c}
  / swap {a} for {b} and another {y} for {c} / swap {a} to {b} and {y} to {c} / convert {a} to {b} and {x} to {c} / sell {a} for {b} and {x} for {c}
  / use {a} to buy {b} and {x} to buy {c} / buy {b} with {a} and {c} with {x} / buy {b} with {a} and {c} with another {y} / split my {s}: {n} to {b}, {y} to {c}
  / from my {s}: {n} into {b} and {y} into {c} / split it: {a} to {b} and {x} to {c} / trade {a} for {b} plus {x} for {c} / {a} into {b}, another {y} into {c}
  / exchange {a} for {b}, then {x} for {c} / spend {a} on {b} and {x} on {c} / swap {a} to {b} then swap {x} to {c} / buy {a} worth of {b} and {x} worth of {c}
`;
  return free(expandOne(rng, forms, slots), [swapOf(sell, b, one), swapOf(sell, c, two)]);
}

function twoDeposits(rng: Rng): Clause {
  const asset = drawFrom(rng, lendable);
  const [p, q] = [drawLender(rng), drawLender(rng)];
  if (p === q) return twoDeposits(rng);
  const [one, two] = amounts(rng, asset);
  const slots = { ...said(one, two), p: lenderName(rng, p), q: lenderName(rng, q) };
  const forms = list`
  supply {a} (to|on) {p} and {x} (to|on) {q} / put {a} (on|in|into) {p} and {x} (on|in|into) {q} / {a} into {p}, {x} into {q} / lend {a} on {p} and {y} on {q}
  / deposit {a} on {p} and another {y} on {q} / {a} to {p} and {x} to {q} / split: {a} on {p}, {x} on {q} / supply {a} to {p}, then {x} to {q}
`;
  return free(expandOne(rng, forms, slots), [
    { type: "supply", asset, amount: one.amount, protocol: p },
    { type: "supply", asset, amount: two.amount, protocol: q },
  ]);
}

function twoLoans(rng: Rng): Clause {
  const [asset, other] = [drawFrom(rng, borrowable), drawFrom(rng, borrowable)];
  const [p, q] = [drawLender(rng, ["savings"]), drawLender(rng, ["savings"])];
  if (p === q || asset === other) return twoLoans(rng);
  const one = drawAmount(rng, asset, "fresh", "token");
  const two = drawAmount(rng, other, "fresh", "token");
  const slots = { ...said(one, two), p: lenderName(rng, p), q: lenderName(rng, q) };
  const forms = list`
  borrow {a} (from|on) {p} and {x} (from|on) {q} / take a loan of {a} on {p} and {x} on {q} / borrow {a} on {p}, {x} on {q}
  / borrow {a} from {p} and then borrow {x} from {q}
`;
  return free(expandOne(rng, forms, slots), [
    { type: "borrow", asset, amount: one.amount, protocol: p },
    { type: "borrow", asset: other, amount: two.amount, protocol: q },
  ]);
}

function buyAndPay(rng: Rng): Clause {
  const sell = drawToken(rng);
  const buy = drawToken(rng, [sell]);
  const to = drawRecipient(rng);
  const [one, two] = amounts(rng, sell);
  const slots = { ...said(one, two), b: tokenName(rng, buy), to: recipientPiece(to) };
  const forms = list`
  swap {a} (for|to) {b} and send {x} to {to} / swap {a} to {b} and send another {x} to {to} / convert {a} to {b} and pay {to} {x} / {a} to {b} and {x} to {to}
  / buy {b} with {a} and send {x} to {to}
`;
  return free(expandOne(rng, forms, slots), [
    swapOf(sell, buy, one),
    { type: "transfer", asset: sell, amount: two.amount, to },
  ]);
}

function buyAndDeposit(rng: Rng): Clause {
  const sell = drawFrom(rng, lendable);
  const buy = drawToken(rng, [sell]);
  const protocol = drawLender(rng);
  const [one, two] = amounts(rng, sell);
  const slots = { ...said(one, two), b: tokenName(rng, buy), p: lenderName(rng, protocol) };
  const forms = list`
  swap {a} (for|to) {b} and (put|supply|deposit) {x} (on|to|into) {p} / swap {a} to {b} and lend {x} on {p} / convert {a} to {b}, and deposit another {x} on {p}
  / buy {b} with {a} and put {x} in {p} / {a} to {b} and {x} to {p}
`;
  return free(expandOne(rng, forms, slots), [
    swapOf(sell, buy, one),
    { type: "supply", asset: sell, amount: two.amount, protocol },
  ]);
}

function amounts(rng: Rng, asset: string): readonly [AmountWords, AmountWords] {
  return [drawAmount(rng, asset, "wallet", "token"), drawAmount(rng, asset, "wallet", "token")];
}

/** `{a}` and `{x}` with the token, `{n}` and `{y}` alone. */
function said(one: AmountWords, two: AmountWords): Slots {
  return { a: one.full, n: one.bare, x: two.full, y: two.bare };
}

function swapOf(sell: string, buy: string, words: AmountWords): SimpleAction {
  return { type: "swap", sell, buy, amount: words.amount, side: "sell" };
}

function free(pieces: Clause["pieces"], actions: Clause["actions"]): Clause {
  return { pieces, mood: "free", actions };
}
