import type { Message } from "../../../../domain/intent.ts";
import type { AmountWords } from "../amounts.ts";
import { drawFrom, drawLender, drawRecipient, drawToken, lenderName, recipientPiece, tokenName } from "../draw.ts";
import { described } from "../lexicon/people.ts";
import { borrowable, lendable } from "../lexicon/tokens.ts";
import { list } from "../phrases.ts";
import { chance, pick, type Rng } from "../random.ts";
import { render } from "../render.ts";
import { expandOne, type Piece, type Slots, words } from "../template.ts";
import { assistant, user } from "./turns.ts";

/** What a question and its answer are about, and the words for it. */
export interface Scene {
  readonly rng: Rng;
  readonly sell: string;
  readonly buy: string;
  readonly asset: string;
  readonly debt: string;
  readonly protocol: string;
  readonly to: string;
  /** Fillings: `{s}` `{b}` `{t}` `{d}` tokens, in capitals as the agent spells them, `{p}` venue, `{to}`, `{who}`. */
  readonly t: Slots;
  readonly talkTurns: (
    ask: readonly string[],
    question: readonly string[],
    slots: Slots,
    reply: readonly Piece[],
  ) => readonly Message[];
  readonly reply: (said: AmountWords) => readonly Piece[];
}

const REPLIES = list`
  {a} / {a} / {a} / {a} please / let's say {a} / ok {a} / {a} i guess / hmm {a} / make it {a} / about... no, exactly {a} / {a}. / how about {a}
  / {a} then / i think {a}
`;

/** Draws what the exchange is about. */
export function drawScene(rng: Rng): Scene {
  const sell = drawToken(rng);
  const buy = drawToken(rng, [sell]);
  const asset = drawFrom(rng, lendable);
  const debt = drawFrom(rng, borrowable);
  const protocol = drawLender(rng, ["savings"]);
  const to = drawRecipient(rng);
  const t = {
    s: tokenName(rng, sell),
    S: words(sell),
    b: tokenName(rng, buy),
    B: words(buy),
    t: tokenName(rng, asset),
    T: words(asset),
    d: tokenName(rng, debt),
    D: words(debt),
    p: lenderName(rng, protocol),
    to: recipientPiece(to),
    who: words(pick(rng, described)),
  };
  return {
    rng,
    sell,
    buy,
    asset,
    debt,
    protocol,
    to,
    t,
    talkTurns: (ask, question, slots, reply) => [
      user(rng, expandOne(rng, ask, slots)),
      assistant(render(rng, expandOne(rng, question, slots), true)),
      user(rng, reply),
    ],
    reply: (said) => expandOne(rng, REPLIES, { a: chance(rng, 0.7) ? said.bare : said.full }),
  };
}
