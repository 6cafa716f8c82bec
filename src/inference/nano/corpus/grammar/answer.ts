import type { Action, Message, SimpleAction } from "../../../../domain/intent.ts";
import { type AmountWords, drawAmount } from "../amounts.ts";
import { drawFrom, drawLender, drawRecipient, drawToken, lenderName, recipientPiece, tokenName } from "../draw.ts";
import { described } from "../lexicon/people.ts";
import { borrowable, lendable } from "../lexicon/tokens.ts";
import { list } from "../phrases.ts";
import { chance, pick, pickWeighted, type Rng } from "../random.ts";
import type { CorpusRecord } from "../record.ts";
import { render } from "../render.ts";
import { expandOne, type Piece, words } from "../template.ts";
import { borrow, repay } from "./debt.ts";
import { supply, withdraw } from "./lending.ts";
import { acted, assistant, ROLE, record, user } from "./turns.ts";

/** An incomplete wish, the question, and an answer that completes it (or still does not). */
export function answer(rng: Rng): CorpusRecord {
  const sell = drawToken(rng);
  const buy = drawToken(rng, [sell]);
  const asset = drawFrom(rng, lendable);
  const debt = drawFrom(rng, borrowable);
  const protocol = drawLender(rng, ["savings"]);
  const to = drawRecipient(rng);
  const kind = pickWeighted(rng, [
    [8, "swap-amount"],
    [5, "buy"],
    [2, "offer"],
    [5, "sell"],
    [5, "to"],
    [7, "lend-amount"],
    [4, "asset"],
    [4, "venue"],
    [4, "debt-amount"],
    [3, "transfer-amount"],
    [3, "vague"],
  ] as const);
  const talkTurns = (
    ask: readonly string[],
    question: readonly string[],
    slots: Record<string, readonly Piece[]>,
    reply: readonly Piece[],
  ): Message[] => [
    user(rng, expandOne(rng, ask, slots)),
    assistant(render(rng, expandOne(rng, question, slots), true)),
    user(rng, reply),
  ];
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
  const reply = (said: AmountWords) =>
    expandOne(
      rng,
      list`
  {a} / {a} / {a} / {a} please / let's say {a} / ok {a} / {a} i guess / hmm {a} / make it {a} / about... no, exactly {a} / {a}. / how about {a}
  / {a} then / i think {a}
`,
      { a: chance(rng, 0.7) ? said.bare : said.full },
    );
  switch (kind) {
    case "swap-amount": {
      const said = drawAmount(rng, sell, "wallet");
      return record(
        talkTurns(
          list`
  swap {s} to {b} / swap some {s} for {b} / convert {s} into {b} / i want to trade {s} for {b} / {s} to {b} / sell some {s} for {b} / buy {b} with {s}
  / exchange {s} for {b} please
`,
          [
            "How much {S}?",
            "How much {S} should I swap?",
            "How much {S} would you like to sell?",
            "Which amount of {S}?",
          ],
          t,
          reply(said),
        ),
        acted([{ type: "swap", sell, buy, amount: said.amount, side: "sell" }]),
        "answer",
      );
    }
    case "buy": {
      const said = drawAmount(rng, sell, "wallet");
      return record(
        talkTurns(
          list`sell {a} / swap {a} / convert {a} / i want to sell {a} / get rid of {a} / {a} out / exchange {a} please`,
          ["Into what?", "Which token would you like to receive?", "What should I buy with it?", "For which token?"],
          { ...t, a: said.full },
          expandOne(
            rng,
            list`{b} / {b} / {b} please / into {b} / to {b} / for {b} / make it {b} / {b} i think / let's take {b} / hm, {b}`,
            t,
          ),
        ),
        acted([{ type: "swap", sell, buy, amount: said.amount, side: "sell" }]),
        "answer",
      );
    }
    case "offer": {
      const said = drawAmount(rng, sell, "wallet");
      const other = drawToken(rng, [sell, buy]);
      const second = chance(rng, 0.5);
      const offered = second ? [other, buy] : [buy, other];
      const options = expandOne(
        rng,
        ["{x} or {y}?", "Into {x} or into {y}?", "1. {x} 2. {y}", "You could take {x} or {y}."],
        { x: words(offered[0] ?? buy), y: words(offered[1] ?? buy) },
      );
      const order = second
        ? list`the second one / the second / second / the latter / option 2 / number two / 2`
        : list`the first one / the first / first / the former / option 1 / number one / 1`;
      return record(
        talkTurns(
          ["sell {a}", "swap {a}", "convert {a}", "exchange {a} please"],
          ["{o}"],
          { ...t, a: said.full, o: options },
          expandOne(rng, ["{w}", "{w} please", "{w} i think", "hm, {w}", "let's take {w}"], {
            w: words(pick(rng, order)),
          }),
        ),
        acted([{ type: "swap", sell, buy, amount: said.amount, side: "sell" }]),
        "answer",
      );
    }
    case "sell": {
      const said = drawAmount(rng, buy, "fresh");
      return record(
        talkTurns(
          ["buy {a}", "get me {a}", "i want {a}", "purchase {a}", "i'd like to buy {a}", "i need {a}"],
          ["Which token should pay for it?", "What do you want to pay with?", "From which token?", "Pay with what?"],
          { ...t, a: said.full },
          expandOne(
            rng,
            list`{s} / {s} / {s} please / with {s} / my {s} / use {s} / take my {s} / pay with {s} / from my {s}`,
            t,
          ),
        ),
        acted([{ type: "swap", sell, buy, amount: said.amount, side: "buy" }]),
        "answer",
      );
    }
    case "to": {
      const said = drawAmount(rng, sell, "wallet");
      return record(
        talkTurns(
          ["send {a} to {who}", "pay {who} {a}", "send {a}", "transfer {a} to {who}", "give {who} {a}"],
          [
            "Which address or ENS name?",
            "What is the address?",
            "To which address should it go?",
            "I need an address or a name.",
          ],
          { ...t, a: said.full },
          expandOne(
            rng,
            list`{to} / {to} / it's {to} / to {to} / the address is {to} / {to} please / here: {to} / send it to {to}`,
            t,
          ),
        ),
        acted([{ type: "transfer", asset: sell, amount: said.amount, to }]),
        "answer",
      );
    }
    case "transfer-amount": {
      const said = drawAmount(rng, sell, "wallet");
      return record(
        talkTurns(
          ["send some {s} to {to}", "send {s} to {to}", "pay {to} in {s}", "transfer {s} to {to}"],
          ["How much {S}?", "How much {S} should I send?"],
          t,
          reply(said),
        ),
        acted([{ type: "transfer", asset: sell, amount: said.amount, to }]),
        "answer",
      );
    }
    case "lend-amount": {
      const type = pick(rng, ["supply", "withdraw"] as const);
      const said = drawAmount(rng, asset, type === "supply" ? "wallet" : "deposit");
      const ask =
        type === "supply"
          ? ["supply {t} to {p}", "deposit some {t} on {p}", "put {t} on {p}", "i want to lend {t} on {p}"]
          : ["withdraw {t} from {p}", "take some {t} out of {p}", "i want my {t} back from {p}"];
      return record(
        talkTurns(ask, ["How much {T}?", "Which amount of {T}?", "How much {T} do you mean?"], t, reply(said)),
        acted([{ type, asset, amount: said.amount, protocol }]),
        "answer",
      );
    }
    case "debt-amount": {
      const type = pick(rng, ["borrow", "repay"] as const);
      const said = drawAmount(rng, debt, type === "borrow" ? "fresh" : "debt");
      const ask =
        type === "borrow"
          ? ["borrow {d} on {p}", "i need a {d} loan from {p}", "take out a loan in {d} on {p}"]
          : ["repay {d} on {p}", "repay some of my {d} loan on {p}", "pay back part of the {d} debt on {p}"];
      return record(
        talkTurns(ask, ["How much {D}?", "Which amount of {D}?"], t, reply(said)),
        acted([{ type, asset: debt, amount: said.amount, protocol }]),
        "answer",
      );
    }
    case "asset": {
      const type = pick(rng, ["supply", "withdraw", "borrow", "repay"] as const);
      const chosen = type === "borrow" || type === "repay" ? debt : asset;
      const said = drawAmount(rng, chosen, "wallet", "token");
      const verb = {
        supply: "supply {n} to {p}",
        withdraw: "withdraw {k} from {p}",
        borrow: "borrow {n} on {p}",
        repay: "repay {n} on {p}",
      }[type];
      return record(
        talkTurns(
          [verb],
          ["Of which token?", "Which asset?", "Which token do you mean?"],
          { ...t, n: said.bare, k: said.part },
          expandOne(rng, ["{c}", "{c}", "{c} please", "of {c}", "my {c}", "in {c}"], { c: tokenName(rng, chosen) }),
        ),
        acted([{ type, asset: chosen, amount: said.amount, protocol }]),
        "answer",
      );
    }
    case "venue": {
      const wish = pick(rng, [supply, withdraw, borrow, repay] as const)(rng, { protocol });
      const action = wish.actions[0] as SimpleAction;
      if (!("amount" in action) || action.amount === undefined || !("asset" in action)) return answer(rng);
      const { a, type } = {
        a: drawAmount(rng, action.asset as string, ROLE[action.type] ?? "wallet", "token"),
        type: action.type,
      };
      return record(
        talkTurns(
          [`${type} {a}`, `${type} {a} please`, `i want to ${type} {a}`],
          [
            "On which protocol?",
            "Which protocol: Aave v3, Spark or Morpho?",
            "You could use Aave v3, Spark, Morpho or Compound v3. Which one?",
          ],
          { ...t, a: a.full },
          expandOne(rng, ["{p}", "{p}", "on {p}", "{p} please", "let's use {p}", "{p} then"], t),
        ),
        acted([{ ...action, amount: a.amount, protocol } as Action]),
        "answer",
      );
    }
    default: {
      const vague = words(
        pick(
          rng,
          list`some / a bit / not sure / you decide / a couple / whatever you think / a few / a normal amount / not too much / idk / you choose / hmm, some`,
        ),
      );
      return record(
        talkTurns(
          ["swap {s} to {b}", "swap some {s} for {b}", "sell {s} for {b}", "buy {b} with {s}"],
          ["How much {S}?", "How much {S} should I swap?"],
          t,
          vague,
        ),
        { kind: "clarify", missing: ["amount"] },
        "answer",
      );
    }
  }
}
