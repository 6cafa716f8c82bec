import { drawAmount } from "../amounts.ts";
import { drawToken, tokenName } from "../draw.ts";
import { spell } from "../numbers.ts";
import { quantity } from "../quantity.ts";
import { chance, int, pick, type Rng } from "../random.ts";
import { expandOne, type Piece, value, words } from "../template.ts";
import type { Clause } from "./clause.ts";
import { reason, story } from "./story.ts";

const GREETING = [
  "hey, ",
  "hi, ",
  "hello, ",
  "hey ",
  "yo ",
  "gm, ",
  "gm ",
  "good morning, ",
  "hi there, ",
  "hello! ",
  "ok so ",
  "ok ",
  "so ",
  "alright, ",
  "hey man, ",
  "dear assistant, ",
  "um ",
  "uh ",
  "well, ",
  "right, ",
  "sup, ",
  "good evening. ",
  "hiya, ",
  "hey bot, ",
  "ok computer, ",
  "yo bro ",
  "sir, ",
  "listen, ",
  "quick one: ",
  "next: ",
  "new request: ",
  "hmm ok ",
  "🙏 ",
  "🚀 ",
  "okay then, ",
  "i'm back. ",
  "hello again, ",
  "hi intendant, ",
  "excuse me, ",
  "btw ",
  "oh and ",
  "also ",
];
const STORY = [
  "my boss finally paid me. ",
  "i don't know much about this stuff. ",
  "the market looks scary today. ",
  "i read about it on reddit. ",
  "my friend told me to do this. ",
  "i'm in a hurry. ",
  "long day today. ",
  "payday! ",
  "rent is due. ",
  "i've been thinking about it for weeks. ",
  "no idea if this is smart but ",
  "finally home. ",
  "i am new to this. ",
  "my wife agreed. ",
  "the chart looks awful. ",
  "everyone is panicking. ",
  "i'm bullish. ",
  "time to take some profit. ",
  "let's play it safe. ",
  "i need liquidity. ",
  "just testing you. ",
  "small test first. ",
  "this is for the treasury. ",
  "as discussed with the board, ",
  "i promised my mom to be careful. ",
  "coffee first, then this: ",
  "i saw the news. ",
  "interest rates are falling. ",
  "tax season, sigh. ",
  "the kids are asleep, so: ",
  "sorry to bother you. ",
  "not financial advice lol. ",
  "yolo. ",
];
const TAIL = [
  " thanks",
  " thank you!",
  " thx",
  " ty",
  " please",
  " pls",
  " asap",
  " now",
  " lol",
  " haha",
  " 🙏",
  " 🚀",
  " 😅",
  " !!",
  "!",
  "...",
  " bro",
  " mate",
  " my friend",
  " if possible",
  " when you can",
  ", i trust you",
  ", it's for rent",
  ", i need it for bills",
  " before i change my mind",
  " and that's it",
  ". that's all",
  ". nothing else",
  " thanks in advance",
  " cheers",
  ", no rush",
  ", quickly",
  " today",
  " tonight",
  " ok?",
  ", would you",
  ", yeah?",
  " 😎",
  " 🔥",
  ", the chart looks bad",
  ", i'm scared of the market",
  ". thank you very much",
  ", much appreciated",
  " for me please",
  ", hurry",
  " lfg",
  " plz and thx",
  ", good sir",
  ". have a nice day",
  ", i'll explain later",
  ", long story",
];

/** A remark before the wish that holds a number, a token or a verb which must not end up in the label. */
function distraction(rng: Rng, wish: Clause): readonly Piece[] {
  const action = wish.actions[0];
  const used = wish.actions.flatMap((each) =>
    ("asset" in each && each.asset !== undefined ? [each.asset] : []).concat(
      each.type === "swap" ? [each.sell, each.buy] : [],
      each.type === "earn" ? [each.source] : [],
    ),
  );
  const other = drawToken(rng, used);
  const own =
    action === undefined
      ? other
      : action.type === "swap"
        ? action.sell
        : action.type === "earn"
          ? action.source
          : "asset" in action
            ? action.asset
            : other;
  const n = value(spell(rng, quantity(rng, "dollar")).text);
  const small = value(String(int(rng, 2, 31)));
  const price = value(spell(rng, String(int(rng, 2, 60) * 100)).text);
  const slots = {
    o: tokenName(rng, other),
    s: tokenName(rng, own),
    oa: drawAmount(rng, other, "wallet", pick(rng, ["token", "token", "usd"] as const)).full,
    n,
    small,
    price,
    yr: value(String(int(rng, 2017, 2025))),
  };
  const bounded =
    action !== undefined && "amount" in action && action.amount !== undefined && action.amount.unit !== "all";
  const forms = [
    "yesterday i sold {oa}. now ",
    "last week i bought {oa}; now ",
    "i already swapped {oa}. now ",
    "i sent {oa} away last month. today: ",
    "don't touch my {o}, just ",
    "don't sell my {o}. ",
    "leave my {o} alone and ",
    "not the {o}! ",
    "i have {small} wallets, ",
    "it's the {small}th today, ",
    "i turned {small} today. ",
    "in {yr} i lost a lot. anyway, ",
    "{o} is at {price} now. ",
    "i'm holding since {yr}, ",
    "my friend has {oa}, lucky him. ",
    "{o} went up {small}% today. ",
    "i won't sell my {o}. instead ",
    "we are {small} people in the dao. ",
    "forget about {o}, ",
    "i bought {o} at {price} and it hurts. ",
    "i waited {small} minutes already. ",
    "i keep my {oa}. ",
    "{small} days ago i lent {oa}. now ",
    "i nearly bought {oa}, but no. ",
    "flight at {small}:30, so quickly: ",
    ...(bounded
      ? [
          "i have {n} {s}. ",
          "i got {n} {s} here. ",
          "there's {n} {s} in my wallet, ",
          "i own {n} {s}, ",
          "of my {n} {s}, ",
        ]
      : []),
  ];
  return expandOne(rng, forms, slots);
}

/** A greeting or a sentence of everyday life, to stand before a request. */
export function greeting(rng: Rng): string {
  return chance(rng, 0.6) ? pick(rng, GREETING) : `${story(rng)}. `;
}

/** Thanks, hurry or a reason, to stand behind a request. */
export function tail(rng: Rng): string {
  return chance(rng, 0.6) ? pick(rng, TAIL) : `${pick(rng, [", ", ". ", " - "])}${reason(rng)}`;
}

/** Puts a wish into everyday surroundings: a greeting, a story, a distraction, a tail. Most wishes stay bare. */
export function surrounded(
  rng: Rng,
  wish: Clause,
  said: readonly Piece[],
): { readonly pieces: readonly Piece[]; readonly tags: readonly string[] } {
  const out: Piece[] = [];
  const tags: string[] = [];
  if (chance(rng, 0.12)) out.push(...words(pick(rng, GREETING)));
  if (chance(rng, 0.055)) {
    out.push(...distraction(rng, wish));
    tags.push("distractor");
  } else if (chance(rng, 0.03)) out.push(...words(pick(rng, STORY)));
  else if (chance(rng, 0.05))
    out.push(...words(`${story(rng)}${pick(rng, [". ", ", ", ". ", "... ", " so ", ". anyway, ", ". so: ", " - "])}`));
  out.push(...said);
  if (chance(rng, 0.13)) out.push(...words(pick(rng, TAIL)));
  else if (chance(rng, 0.06))
    out.push(...words(pick(rng, [", ", ". ", " - ", " "])), ...words(chance(rng, 0.6) ? reason(rng) : story(rng)));
  return { pieces: out, tags };
}
