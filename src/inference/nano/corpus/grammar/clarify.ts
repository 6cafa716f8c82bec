import { drawAmount } from "../amounts.ts";
import { drawFrom, drawLender, drawRecipient, drawToken, lenderName, recipientPiece, tokenName } from "../draw.ts";
import { described } from "../lexicon/people.ts";
import { borrowable, lendable } from "../lexicon/tokens.ts";
import { money, spell } from "../numbers.ts";
import { list, table } from "../phrases.ts";
import { quantity } from "../quantity.ts";
import { pick, pickWeighted, type Rng } from "../random.ts";
import { expandOne, fixed, type Piece, type Slots, value, words } from "../template.ts";

/** An incomplete wish: what it says and which fields a person must still name. */
export interface Incomplete {
  readonly pieces: readonly Piece[];
  readonly missing: readonly string[];
}

const VAGUE = list`
  some / some / some of my / a bit of / a little / a couple of / a few / a bunch of / a small amount of / part of my / a portion of my / a chunk of my
  / most of my / lots of / a lot of / a tiny bit of / a handful of / enough / not too much / a decent amount of / several / a pile of
  / a good chunk of my / a sensible amount of / some more
`;

/** `{t}`,`{b}` tokens; `{a}` amount of t; `{x}` fresh amount of b; `{some}` vague; `{n}` a number; `{v}` venue; `{to}` recipient; `{who}` somebody. */
const FORMS = table`
  14 amount: swap {some} {t} (for|to|into) {b} / swap {t} (for|to|into) {b} / swap my {t} (for|to|into) {b} / convert {some} {t} (to|into) {b}
    / sell {some} {t} for {b} / exchange {t} for {b} / trade {t} for {b} / buy {b} with {some} {t} / buy {b} with {t} / buy some {b} with my {t}
    / get {some} {b} with {t} / {t} to {b} / {t} -> {b} / turn {some} {t} into {b} / i want {b}, pay with {t} / i'd like to buy {b} using {t}
    / i want to trade {t} for {b} / get me into {b} from {t} / can you change {some} {t} to {b}
  8 amount: send {some} {t} to {to} / send {t} to {to} / transfer {some} {t} to {to} / pay {to} {some} {t} / pay {to} in {t} / send {to} {some} {t}
    / move {some} {t} over to {to} / {t} to {to}
  8 amount: supply {some} {t} on {p} / deposit {some} {t} in {p} / put {some} {t} on {p} / lend {t} on {p} / supply {t} to {p} / deposit {t} into {p}
    / put my spare {t} into {p} / lend out {some} {t} / put {t} on {p} / i want to lend {t} on {p} / park {some} {t} in {p}
  5 amount: withdraw {some} {t} from {p} / take {some} {t} out of {p} / withdraw {t} from {p} / pull {some} {t} from {p}
    / get {some} {t} back from {p} / i need {some} {t} from {p} / take out enough {t} from {p} for my rent
  5 amount: borrow {some} {d} on {p} / borrow {d} from {p} / borrow {d} against my {t} / take out a {d} loan on {p} / i want to borrow {d}
    / get me a {d} loan / borrow {some} {d} / i need a {d} loan on {p}
  4 amount: repay {some} {d} on {p} / repay some of my {d} debt / repay part of my {d} loan on {p} / pay back a bit of my {d} loan
    / pay down my {d} debt a little / pay back {some} {d} on {p} / repay a chunk of the {d} loan
  4 amount: put {some} {t} where it earns the most / {some} {t} into the best stablecoin yield
    / convert {some} {t} into the highest yielding stablecoin / earn the best yield on {some} {t} / stake {some} eth / stake {some} ether with lido
    / wrap {some} eth / unwrap {some} weth / wrap a little ether / move {some} {t} from {p} to the best rate
  3 amount: swap {thousandth} {t} to {b} / supply {thousandth} {t} to {p} / send {thousandth} {t} to {to} / convert {euros} of {t} into {b}
    / send {euros} of {t} to {to} / swap {euros} worth of {t} for {b}
  9 sell: buy {x} / buy {x} / buy me {x} / get me {x} / purchase {x} / i want {x} / i want to buy {x} / i'd like to buy {x} / i need {x} / grab {x}
    / acquire {x} / can you buy {x} / please buy {x} for me / get exactly {x} / i want to have exactly {x} by tonight / pick up {x}
  8 buy: sell {a} / sell {a} / swap {a} / dump {a} / get rid of {a} / convert {a} / exchange {a} / trade {a} / liquidate {a} / offload {a}
    / cash out {a} / i want to sell {a} / sell {a} please / swap {a} for something better / exchange {a} for something safer
    / turn {a} into something stable-ish, you choose / swap {a} into whatever looks good
  7 buy: swap {a} to dollars / convert {a} into dollars / sell {a} for dollars / cash out {a} to usd / swap {a} for usd / sell {a} for cash
    / turn {a} into usd / convert {a} to bucks / sell {a} for euros / exchange {a} for swiss francs / change {a} into real money / {a} to usd
    / {a} into dollars please / convert {a} to fiat
  7 asset: send {m} to {to} / send {n} dollars to {to} / send {n} to {to} / pay {to} {n} / give {to} {n} bucks / send {to} {n} usd
    / transfer {n} to {to} / pay {to} {m} / deposit {n} on {p} / supply {n} to {p} / put {n} on {p} / put {m} into {p} / lend {n} on {p}
    / withdraw {n} from {p} / take {n} out of {p} / pull {n} from {p} / borrow {n} on {p} / borrow {m} from {p} / borrow {n} dollars on {p}
    / repay {n} / repay {n} on {p} / pay back {n} on {p} / borrow {n} usd on {p} / move {n} from {p} to {q} / stop using it as collateral on {p}
    / close my position / close my position on {p} / repay until my health factor is {h}
  9 to: send {a} to {who} / send {who} {a} / transfer {a} to {who} / pay {who} {a} / give {who} {a} / send {a} to {who} please
    / i owe {who} {a}, please pay / {a} to {who} / wire {a} to {who} / can you send {a} to {who} / forward {a} to {who}
    / swap {a} to {b} and send it to {who} / send {a} to the same address as last time / send {a} / transfer {a} / {a} for {who} / move {a} to {who}
  3 protocol: put {a} on {p} or {q}, not sure which / supply {a} to either {p} or {q} / deposit {a} on {p}... or maybe {q}, i can't decide
    / borrow {dx} from {p} or from {q}, hmm / lend {a} on {p} or on {q}, one of them
  4 below: protect my {p} loan / protect my loan / make sure i don't get liquidated on {p} / guard my {p} position / keep my {p} loan safe
    / watch my health factor and repay if it gets too low / babysit my loan on {p} / don't let me get liquidated / protect my {p} loan with {t}
    / keep me from being liquidated
  3 condition: swap {a} to {b} if gas is low / swap {a} to {b} when gas is cheap / sell {a} for {b} when the price is right
    / send {a} to {to} if gas is low / supply {a} to {p} when gas is low / buy {b} with {a} when it dips / sell {a} for {b} at a good price
    / tell me when {t} moves / let me know when {t} does something
  2 every: dca {a} into {b} / buy {b} with {a} regularly / swap {a} to {b} from time to time / buy {b} with {a} at regular intervals
    / set up a recurring buy of {b} with {a}
  2 spender: approve {a} / give an allowance of {a} / revoke my {t} approval / revoke the {t} permission / remove my {t} allowance
  4 amount,asset: i want to lend / i need a loan / i want to borrow / borrow against my {t} / borrow on {p} / i'd like a loan on {p}
    / lower my debt a little / withdraw from {p} / supply something to {p} / i want to deposit on {p} / repay my loan a bit / pay {to}
    / take something out of {p} / i want to earn some yield / deposit on {p}
  3 action: {a} / {a} please / do the thing with my {t} / {t} / do something with {a} / {a} and {p} / handle my {t} / {t} stuff
  1 amount,sell,buy: swap / i want to swap / swap something / trade / make a trade / exchange tokens / i'd like to swap some tokens
  1 amount,asset,to: send / send money to {who} / i want to send something / transfer funds / make a payment / send tokens to {who} / pay {who}
  2 amount,buy: sell {some} {t} / sell my {t} / swap {t} / swap my {t} / get rid of some {t} / i want to sell {t}
  2 amount,sell: buy {b} / buy some {b} / get me {b} / i want some {b} / i want to buy {b} / buy me a bit of {b}
  2 amount,to: send {some} {t} to {who} / send {t} to {who} / pay {who} some {t} / transfer {t} / send some {t}
  1.2 sell: swap {n} {near} to {b} / sell {n} {near} for {b} / convert {n} {near} into {b}
  1.2 buy: swap {a} to {near} / buy {near} with {a} / {a} into {near} / exchange {a} for {near}
  1.2 asset: send {n} {near} to {to} / supply {n} {near} to {p} / withdraw {n} {near} from {p} / borrow {n} {near} on {p} / repay {n} {near} on {p}
`.map(({ weight, head, phrases }) => [weight, (head[0] ?? "").split(","), phrases] as const);

const NEAR_MISS = list`USDCC / USTD / LNIK / USDDC / DAII / WETHH / USDTT / UDSC / WTBC / LINKK`;

/** A wish with something left out, and what. */
export function clarify(rng: Rng): Incomplete {
  const [missing, templates] = pickWeighted(
    rng,
    FORMS.map(([weight, fields, list]) => [weight, [fields, list] as const] as const),
  );
  const t = drawFrom(rng, lendable);
  const b = drawToken(rng, [t]);
  const d = drawFrom(rng, borrowable, [t]);
  const p = drawLender(rng, ["savings"]);
  const q = drawLender(rng, ["savings", p]);
  const [whole, thousandths] = [
    pick(rng, ["1", "2", "3", "5", "12", "25"]),
    pick(rng, ["500", "250", "200", "750", "000", "800"]),
  ];
  const slots: Slots = {
    near: fixed(pick(rng, NEAR_MISS)),
    t: tokenName(rng, t),
    b: tokenName(rng, b),
    d: tokenName(rng, d),
    a: drawAmount(rng, t, "wallet").full,
    x: drawAmount(rng, b, "fresh").full,
    dx: drawAmount(rng, d, "fresh").full,
    n: value(spell(rng, quantity(rng, "dollar")).text),
    m: value(money(rng, quantity(rng, "dollar"))),
    some: words(pick(rng, VAGUE)),
    p: lenderName(rng, p),
    q: lenderName(rng, q),
    to: recipientPiece(drawRecipient(rng)),
    who: words(pick(rng, described)),
    h: value(pick(rng, ["1.5", "1.8", "2", "1.6"])),
    thousandth: value(`${whole}.${thousandths}`),
    euros: value(pick(rng, list`€200 / 200 euros / £50 / 150 pounds / 100 EUR / 3000 yen / 80 francs`)),
  };
  return { pieces: expandOne(rng, templates, slots), missing };
}
