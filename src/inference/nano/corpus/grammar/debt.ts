import { type AmountWords, drawAmount } from "../amounts.ts";
import { drawFrom, drawLender, lenderName, tokenName, tokenWords } from "../draw.ts";
import { borrowable } from "../lexicon/tokens.ts";
import { spell } from "../numbers.ts";
import { list } from "../phrases.ts";
import { quantity } from "../quantity.ts";
import { chance, pick, type Rng } from "../random.ts";
import { share } from "../shares.ts";
import { type Piece, value, words } from "../template.ts";
import { type Clause, clause } from "./clause.ts";
import type { LendingGiven } from "./lending.ts";
import { venue } from "./venue.ts";

/** `{v}` is a venue with a leading blank, or nothing. `{col}` a token that already lies there. */
const BORROW = {
  freeShare: 0.36,
  imperative: list`
  borrow {a}{v} / borrow {a}{v} / borrow {a}{v} / borrow {a}{v} / borrow me {a}{v} / take out a loan of {a}{v} / take a loan of {a}{v}
  / take out {a} as a loan{v} / take out {a} of debt{v} / get me a loan of {a}{v} / get a loan of {a}{v} / get a {a} loan{v} / take out a {a} loan{v}
  / draw {a}{v} as a loan / draw {a} of credit{v} / lend me {a}{v} / loan me {a}{v} / borrow {a} against my {col}{v}
  / borrow {a} against my collateral{v} / borrow {a}{v} against my deposit / use my {col} as backing and borrow {a}{v} / take {a} of debt{v}
  / open a loan of {a}{v} / open a borrow of {a}{v} / open a {a} borrow{v} / add {a} to my debt{v} / add {a} to my loan{v}
  / increase my {t} loan{v} by {n} / raise my {t} debt{v} by {n} / raise {a} by borrowing{v} / borrow another {a}{v} / borrow {t}{v}, {n}
  / make a borrow of {a}{v} / do a borrow{v}: {a} / borrow exactly {a}{v} / get {a} on credit{v} / get {a} with a loan{v}
  / leverage up by borrowing {a}{v} / borrow {n} in {t}{v} / take {a} on loan{v} / borrow an extra {a}{v} / borrow {a} more{v}
`,
  free: list`
  i need a loan of {a}{v} / i want a loan of {a}{v} / i'd like a loan of {a}{v} / i need {a} as a loan{v} / i want to borrow {a}{v}
  / i'd like {a} on credit{v} / loan: {a}{v} / loan of {a}{v} please / a loan of {a}{v} please / borrow: {a}{v} / borrowing {a}{v} / {a} loan{v}
  / {a}, borrowed{v} / {a} borrow{v} / {t} {n} borrow{v} / new loan{v}: {a} / would you mind borrowing {a}{v}? / could i borrow {a}{v}?
  / can i borrow {a}{v} / can i get a loan of {a}{v}? / may i borrow {a}{v}? / i don't want to sell my {col}, borrow {a} against it{v}
  / instead of selling {col} i'd rather borrow {a}{v} / without selling anything, borrow {a}{v} / i need cash but won't sell, borrow {a}{v}
  / my {col} backs it, borrow {a}{v} / i have {col} deposited, borrow {a}{v} / how about borrowing {a}{v} / i'd like to borrow {a}{v}
  / is it possible to borrow {a}{v}? / let me borrow {a}{v} / give me a loan of {a}{v} / i could use {a}, borrow it{v} / i need {a}, borrow it{v}
  / i need {a} but keep my {col}, so borrow{v} / i want {a} without selling my {col}, borrow it{v} / a {a} loan{v} against my {col}
  / against my {col} borrow {a}{v} / with my {col} as collateral borrow {a}{v} / {a} on credit{v} please / {a} as a loan{v}
  / get {a} for me{v}, as a loan / my credit line{v}: {a} please / i'm short of cash, borrow {a}{v}
`,
} as const;

const CAPACITY = {
  freeShare: 0.3,
  imperative: list`
  borrow {s} of what i can in {t}{v} / borrow {s} of my capacity in {t}{v} / borrow {s} of my available credit in {t}{v}
  / borrow {s} of what i'm allowed to borrow{v} in {t} / borrow {s} of my borrowing power in {t}{v} / use {s} of my borrowing power{v} for {t}
  / borrow {t}{v}, {s} of what's available / borrow {s} of my limit as {t}{v} / take {s} of my remaining credit{v} in {t}
  / borrow {t} up to {s} of my capacity{v}
`,
  free: [
    "{s} of my available credit as {t}{v} please",
    "{s} of what i can borrow{v}, in {t}",
    "i'd like {s} of my borrowing power in {t}{v}",
  ],
} as const;
const BORROW_MAX = {
  freeShare: 0.2,
  imperative: list`
  borrow max {t}{v} / borrow the max {t}{v} / borrow as much {t} as i can{v} / borrow as much {t} as possible{v} / borrow the maximum amount of {t}{v}
  / borrow all the {t} i can{v} / max borrow {t}{v} / borrow everything i can in {t}{v}
`,
  free: ["max {t} loan{v}", "i want the biggest {t} loan i can get{v}", "{t}, borrow the max{v}"],
} as const;
const BORROW_UNTIL = {
  freeShare: 0.15,
  imperative: [
    "borrow {t}{v} until my health factor is {h}",
    "borrow {t}{v} down to a health factor of {h}",
    "borrow {t}{v} until hf is {h}",
    "borrow as much {t}{v} as keeps my health factor at {h}",
    "borrow {t}{v} till health factor hits {h}",
    "borrow {t}{v} so that my health factor ends at {h}",
  ],
  free: ["{t} loan{v}, health factor {h} after", "borrowing {t}{v} to hf {h}"],
} as const;

/** A loan: an amount, a share of the capacity, the maximum, or down to a health factor. */
export function borrow(rng: Rng, given: LendingGiven = {}): Clause {
  const asset = given.asset ?? drawFrom(rng, borrowable);
  const protocol = given.protocol ?? (chance(rng, 0.85) ? drawLender(rng, ["savings"]) : undefined);
  const freed = given.imperative === true ? 0 : undefined;
  const col = tokenName(rng, drawFrom(rng, ["ETH", "WBTC", "wstETH", "WETH", "LINK", "rETH"], [asset]));
  const base = { t: tokenName(rng, asset), v: at(rng, protocol), col };
  const rest = { type: "borrow", asset, ...(protocol === undefined ? {} : { protocol }) } as const;
  const kind = rng();
  if (kind < 0.08) {
    const drawn = share(rng);
    return clause(rng, { ...CAPACITY, freeShare: freed ?? CAPACITY.freeShare }, { ...base, s: value(drawn.text) }, [
      { ...rest, amount: { unit: "percent", value: drawn.value } },
    ]);
  }
  if (kind < 0.12)
    return clause(rng, { ...BORROW_MAX, freeShare: freed ?? BORROW_MAX.freeShare }, base, [
      { ...rest, amount: { unit: "all" } },
    ]);
  if (kind < 0.17) {
    const h = health(rng);
    return clause(rng, { ...BORROW_UNTIL, freeShare: freed ?? BORROW_UNTIL.freeShare }, { ...base, h: value(h) }, [
      { ...rest, amount: { unit: "health-factor", value: h } },
    ]);
  }
  const said = drawAmount(rng, asset, "fresh");
  return clause(
    rng,
    { ...BORROW, freeShare: freed ?? BORROW.freeShare },
    { ...base, a: said.full, n: said.bare, k: said.part },
    [{ ...rest, amount: said.amount }],
  );
}

const REPAY = {
  freeShare: 0.34,
  imperative: list`
  repay {a}{v} / repay {a}{v} / repay {a}{v} / repay {a}{v} / pay back {a}{v} / pay back {a}{v} / pay {a} back{v} / pay off {a}{v} / pay down {a}{v}
  / pay {a} of my debt{v} / pay {a} towards my debt{v} / pay {a} toward my loan{v} / put {a} towards my {t} loan{v} / put {a} toward my debt{v}
  / use {a} to repay my {t} loan{v} / use {a} to repay my debt{v} / settle {a}{v} / return {a} of my loan{v} / give back {a}{v} on my loan
  / reduce my {t} debt{v} by {n} / reduce my {t} loan{v} by {n} / lower my {t} debt{v} by {n} / cut my {t} debt{v} by {n} / repay my {t} loan{v}, {n}
  / repay {t}{v}, {n} / make a repayment of {a}{v} / make a {a} repayment{v} / do a repayment{v}: {a} / deleverage by repaying {a}{v} / clear {a}{v}
  / knock {a} off my loan{v} / repay {k} of the {t} i borrowed{v} / pay {k} of the {t} loan{v} / service my {t} debt{v} with {n}
  / take {a} and repay my loan{v} / bring my {t} debt down by {n}{v} / chip away {a} of my debt{v} / repay {p} {a}
`,
  free: list`
  repayment: {a}{v} / repay: {a}{v} / repaying {a}{v} / paying back {a}{v} / {a} repayment{v} / {a} repaid{v} please / {a} back{v} on my loan
  / {a} off my debt{v} / {a} towards my loan{v} / {a} should be repaid{v} / {t} {n} repay{v} / {t} loan{v}: repay {n} / {t} debt{v}: pay {n}
  / i want {a} of my loan paid back{v} / i'd like {a} repaid{v} / i want to get rid of {a} of debt{v} / would you mind repaying {a}{v}?
  / could you see that {a} is repaid{v} / can {a} be paid back{v} / i borrowed {t}{v}, pay back {n} / i owe {t}{v}, repay {n}
  / i hate debt, repay {a}{v} / less debt please: repay {a}{v} / my {t} loan{v}, pay {n} / loan{v}: minus {a} / i want to repay {a}{v}
  / how about repaying {a}{v} / i borrowed {big} {t}{v}, pay {n} of it back / i borrowed {big} {t}{v} last month, repay {n} of it
  / i owe {big} {t}{v}, repay {n} / i owe {big} {t}{v}. pay back {n} / of the {big} {t} i owe{v} repay {n}
  / my {t} loan{v} is {big}, pay off {n} of it / a repayment of {a}{v} please / i can afford {a}, repay it{v} / i have {a} to pay back{v}
  / {a} of my loan{v} can be paid back / time to repay {a}{v} / let's get {a} of debt off{v} / is it possible to repay {a}{v}?
  / my debt{v} shrinks by {a} please / the {t} i borrowed{v}: pay back {n} / {t} debt{v} down by {n} / i'd like to pay back {a}{v}
  / i'd like my {t} debt{v} reduced by {n}
`,
} as const;
const REPAY_ALL = {
  freeShare: 0.3,
  imperative: list`
  pay off my {t} loan{v} / pay off my {t} debt{v} / pay off my {t} loan completely{v} / pay off all my {t} debt{v} / pay off my whole {t} loan{v}
  / repay my {t} loan in full{v} / repay all my {t}{v} / repay all {t}{v} / repay everything i owe in {t}{v} / repay my entire {t} debt{v}
  / repay the full {t} loan{v} / repay my {t} debt completely{v} / close my {t} loan{v} / close out my {t} loan{v} / close my {t} debt{v} completely
  / clear my {t} debt{v} / clear my {t} loan{v} / clear all {t} debt{v} / settle my {t} debt{v} in full / wipe out my {t} debt{v}
  / kill my {t} debt{v} / zero out my {t} debt{v} / get rid of my {t} debt{v} entirely / pay back all the {t} i borrowed{v}
  / pay back everything i owe{v} in {t} / pay back my {t} loan{v} in full / finish off my {t} loan{v} / repay max {t}{v} / extinguish my {t} debt{v}
`,
  free: list`
  {t} loan{v}: repay it all / i want to be free of my {t} debt{v} / i want my {t} loan{v} gone / my {t} loan{v} should be paid off
  / {t} debt{v} gone please, all of it / full repayment of my {t} loan{v} / i owe {t}{v}. pay all of it / {t} debt{v}, repay everything
`,
} as const;
const REPAY_UNTIL = {
  freeShare: 0.2,
  imperative: list`
  repay {t}{v} until my health factor is {h} / repay {t}{v} until my health factor is {h} / repay enough {t}{v} to get my health factor to {h}
  / repay {t}{v} till hf is {h} / repay {t}{v} until hf = {h} / pay back {t}{v} until my health factor reaches {h}
  / repay my {t} loan{v} until the health factor is back at {h} / bring my health factor to {h} by repaying {t}{v}
  / get my health factor up to {h} by repaying {t}{v} / repay as much {t}{v} as needed for a health factor of {h}
  / pay down {t}{v} until i'm at health factor {h} / raise my health factor to {h} repaying {t}{v}
`,
  free: [
    "{t} repayment{v} until hf {h}",
    "i want a health factor of {h}, repay {t}{v} until then",
    "health factor to {h}, repay {t}{v}",
  ],
} as const;

/** A repayment: an amount, a share of the debt, all of it, or up to a health factor. */
export function repay(rng: Rng, given: LendingGiven = {}): Clause {
  const asset = given.asset ?? drawFrom(rng, borrowable);
  const protocol = given.protocol ?? (chance(rng, 0.84) ? drawLender(rng, ["savings"]) : undefined);
  const freed = given.imperative === true ? 0 : undefined;
  const base = {
    t: tokenName(rng, asset),
    v: at(rng, protocol),
    big: value(spell(rng, quantity(rng, tokenWords(asset).size)).text),
  };
  const rest = { type: "repay", asset, ...(protocol === undefined ? {} : { protocol }) } as const;
  const kind = rng();
  if (kind < 0.16)
    return clause(rng, { ...REPAY_ALL, freeShare: freed ?? REPAY_ALL.freeShare }, base, [
      { ...rest, amount: { unit: "all" } },
    ]);
  if (kind < 0.26) {
    const h = health(rng);
    return clause(rng, { ...REPAY_UNTIL, freeShare: freed ?? REPAY_UNTIL.freeShare }, { ...base, h: value(h) }, [
      { ...rest, amount: { unit: "health-factor", value: h } },
    ]);
  }
  const said: AmountWords = drawAmount(rng, asset, chance(rng, 0.6) ? "debt" : "wallet");
  const forms = protocol === undefined ? REPAY.imperative.filter((form) => !form.includes("{p}")) : REPAY.imperative;
  const slots = {
    ...base,
    a: said.full,
    n: said.bare,
    k: said.part,
    p: protocol === undefined ? [] : lenderName(rng, protocol),
  };
  const form = { imperative: forms, free: REPAY.free, freeShare: freed ?? REPAY.freeShare };
  const drawn = clause(rng, form, slots, [{ ...rest, amount: said.amount }]);
  // "all my usdc" in the wallet is not all of the debt: with that amount the debt must be named.
  if (said.amount.unit === "all" || said.amount.unit === "percent") {
    const debt = drawAmount(rng, asset, "debt", said.amount.unit);
    return clause(
      rng,
      {
        imperative: ["repay {a}{v}", "pay back {a}{v}", "pay off {a}{v}", "clear {a}{v}", "settle {a}{v}"],
        free: ["{a}{v}, repay it", "i want {a} repaid{v}", "{a}{v}: pay it back", "{a}{v} should be paid back"],
        freeShare: freed ?? 0.25,
      },
      { ...base, a: debt.full },
      [{ ...rest, amount: debt.amount }],
    );
  }
  return drawn;
}

/** A health factor that people aim at. */
export function health(rng: Rng): string {
  return pick(
    rng,
    list`1.2 / 1.25 / 1.3 / 1.35 / 1.4 / 1.45 / 1.5 / 1.5 / 1.6 / 1.65 / 1.7 / 1.75 / 1.8 / 1.9 / 2 / 2 / 2.1 / 2.2 / 2.5 / 3`,
  );
}

function at(rng: Rng, protocol: string | undefined): readonly Piece[] {
  return protocol === undefined ? [] : [...words(" "), ...venue(rng, protocol, "at")];
}
