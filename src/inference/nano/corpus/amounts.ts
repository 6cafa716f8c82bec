import type { Amount } from "../../../domain/intent.ts";
import { tokenName, tokenWords } from "./draw.ts";
import { money, spell } from "./numbers.ts";
import { list } from "./phrases.ts";
import { quantity } from "./quantity.ts";
import { chance, pick, pickWeighted, type Rng } from "./random.ts";
import { type Share, share } from "./shares.ts";
import { expandOne, type Piece, value, words } from "./template.ts";

/** Whose money an amount is: it decides between "half my dai", "half my dai deposit" and "half my dai debt". */
export type Role = "wallet" | "fresh" | "deposit" | "debt" | "staked";

/** An amount in words, together with what it means. */
export interface AmountWords {
  readonly amount: Amount;
  /** With its token: "200 usdc", "half of my dai". */
  readonly full: readonly Piece[];
  /** Without the token, for "from my usdc take …": "200", "half", "$50 worth", "all of it". */
  readonly bare: readonly Piece[];
  /** The same before "of my usdc": "200", "half", "all". */
  readonly part: readonly Piece[];
}

export type Unit = "token" | "usd" | "percent" | "all";

const POSSESSED: Readonly<Record<Role, readonly string[]>> = {
  wallet: list`my {t} / my {t} / my {t} / the {t} / my {t} balance / our {t} / the {t} i have / my {t} stash / my {t} holdings / the {t} in my wallet / mah {t}`,
  fresh: ["the {t}"],
  deposit: list`
  my {t} / my {t} / the {t} / my {t} deposit / my {t} position / my deposited {t} / the {t} i supplied / my {t} supply / our {t} position
  / the {t} i have there
`,
  debt: list`
  my {t} debt / my {t} loan / my {t} borrow / the {t} i owe / my {t} debt / the {t} loan / the {t} debt / what i owe in {t} / my borrowed {t}
  / our {t} debt
`,
  staked: ["my {t}", "my {t}", "the {t}", "my staked {t}", "our {t}"],
};

const WHOLE: Readonly<Record<Role, readonly string[]>> = {
  wallet: list`
  all my {t} / all my {t} / all of my {t} / all the {t} i have / all {t} / my entire {t} balance / my whole {t} balance / every last {t} i own
  / every bit of my {t} / everything i have in {t} / the full {t} balance / max {t} / all of the {t} / the whole {t} bag / my entire {t} stack
  / all the {t} i've got / the rest of my {t} / every single {t} / the lot of my {t} / my entire {t} / 100% all of my {t}
`.slice(0, -1),
  fresh: ["the max {t}", "as much {t} as i can", "max {t}", "the maximum {t}", "as much {t} as possible"],
  deposit: list`
  all my {t} / all my {t} / all of my {t} / my entire {t} position / my whole {t} deposit / everything i have in {t} / every {t} i deposited
  / my full {t} position / all the {t} / max {t} / the whole {t} position / my {t} in full
`,
  debt: list`
  all my {t} debt / my whole {t} loan / my entire {t} debt / all of my {t} debt / everything i owe in {t} / all the {t} i owe / my full {t} loan
  / the entire {t} loan / the full {t} debt / my {t} debt in full / all my {t} loan / the whole {t} borrow
`,
  staked: list`all my {t} / all of my {t} / every {t} i have / my entire {t} balance / my whole {t} position / all the {t} / all {t}`,
};

const TOKEN: Readonly<Record<Role, readonly string[]>> = {
  wallet: list`{n} {t} / {n} {t} / {n} {t} / {n} {t} / {n} {t} / {n} of my {t} / {n} of my {t} / my {n} {t} / {n} {t} of mine / {n} {t} from my wallet`,
  fresh: ["{n} {t}"],
  deposit: ["{n} {t}", "{n} {t}", "{n} {t}", "{n} of my {t}", "my {n} {t}", "{n} {t} of my deposit"],
  debt: list`{n} {t} / {n} {t} / {n} {t} / {n} of my {t} debt / {n} {t} of my debt / {n} {t} of my loan / {n} of the {t} i owe / {n} of my {t} loan`,
  staked: ["{n} {t}", "{n} {t}", "{n} of my {t}", "my {n} {t}"],
};

const USD = list`
  {m} of {t} / {m} of {t} / {m} worth of {t} / {m} worth of {t} / {m} in {t} / {n} dollars of {t} / {n} dollars worth of {t} / {n} bucks of {t}
  / {n} bucks worth of {t} / {n} usd of {t} / {n} usd worth of {t} / {n}$ of {t} / {t} worth {m} / {n} dollars' worth of {t} / {t} worth {n} dollars
  / {n} bucks in {t} / {n} USD in {t} / {m} {t} / {m} of {t}
`;
const USD_OWN = [
  "{m} of my {t}",
  "{m} worth of my {t}",
  "{n} dollars of my {t}",
  "{n} bucks worth of my {t}",
  "{n} usd of my {t}",
];

/** Whole and half units that a person says instead of a number. */
const UNITS: readonly (readonly [string, string])[] = [
  ["half", "0.5"],
  ["half", "0.5"],
  ["a quarter of", "0.25"],
  ["a tenth of", "0.1"],
  ["three quarters of", "0.75"],
  ["a third of", "0.333333"],
  ["a fifth of", "0.2"],
];

const MIX: Readonly<Record<Role, readonly (readonly [number, Unit])[]>> = {
  wallet: [
    [62, "token"],
    [10, "usd"],
    [15, "percent"],
    [13, "all"],
  ],
  fresh: [
    [84, "token"],
    [16, "usd"],
  ],
  deposit: [
    [56, "token"],
    [4, "usd"],
    [18, "percent"],
    [22, "all"],
  ],
  debt: [
    [54, "token"],
    [4, "usd"],
    [18, "percent"],
    [24, "all"],
  ],
  staked: [
    [58, "token"],
    [4, "usd"],
    [18, "percent"],
    [20, "all"],
  ],
};

/** Draws an amount of `symbol` as its owner would say it. `unit` fixes the kind of amount. */
export function drawAmount(
  rng: Rng,
  symbol: string,
  role: Role,
  unit: Unit = pickWeighted(rng, MIX[role]),
): AmountWords {
  switch (unit) {
    case "token":
      return tokenAmount(rng, symbol, role);
    case "usd":
      return usdAmount(rng, symbol, role);
    case "percent":
      return percentAmount(rng, symbol, role);
    default: {
      const full = expandOne(rng, WHOLE[role], { t: tokenName(rng, symbol) });
      const bare = words(
        pick(rng, list`all of it / all / everything / the lot / all of it / the whole thing / max / every bit`),
      );
      return { amount: { unit: "all" }, full, bare, part: words(pick(rng, ["all", "all", "every bit"])) };
    }
  }
}

function tokenAmount(rng: Rng, symbol: string, role: Role): AmountWords {
  const { one, size } = tokenWords(symbol);
  if (one !== undefined && chance(rng, 0.05)) {
    const [part, exact] = chance(rng, 0.25)
      ? ["", "1"]
      : pick(
          rng,
          UNITS.filter(([, share]) => share !== "0.333333"),
        );
    const whole = pick(rng, one);
    const alone = value(spell(rng, exact).text);
    return {
      amount: { unit: "token", value: exact },
      full: value(`${part} ${whole}`.trim()),
      bare: alone,
      part: alone,
    };
  }
  const { text, value: exact } = spell(rng, quantity(rng, size));
  const tail = size === "alt" && chance(rng, 0.1) ? words(" tokens") : [];
  const full = expandOne(rng, TOKEN[role], { n: value(text), t: [...tokenName(rng, symbol), ...tail] });
  return { amount: { unit: "token", value: exact }, full, bare: value(text), part: value(text) };
}

function usdAmount(rng: Rng, symbol: string, role: Role): AmountWords {
  const { text, value: exact } = spell(rng, quantity(rng, "dollar"));
  const forms = role !== "fresh" && chance(rng, 0.3) ? USD_OWN : USD;
  const full = expandOne(rng, forms, { n: value(text), m: value(money(rng, exact)), t: tokenName(rng, symbol) });
  return {
    amount: { unit: "usd", value: exact },
    full,
    bare: expandOne(rng, ["{m} worth", "{n} dollars worth", "{n} bucks worth", "{m}"], {
      n: value(text),
      m: value(money(rng, exact)),
    }),
    part: value(money(rng, exact)),
  };
}

function percentAmount(rng: Rng, symbol: string, role: Role): AmountWords {
  const drawn: Share = share(rng);
  const own = expandOne(rng, POSSESSED[role], { t: tokenName(rng, symbol) });
  const short = drawn.text === "half" || (!drawn.fraction && chance(rng, 0.15));
  const full =
    short && chance(rng, 0.6)
      ? [...value(drawn.text), ...words(" "), ...own]
      : [...value(drawn.text), ...words(" of "), ...own];
  return {
    amount: { unit: "percent", value: drawn.value },
    full,
    bare: expandOne(rng, ["{n}", "{n} of it"], { n: value(drawn.text) }),
    part: value(drawn.text),
  };
}
