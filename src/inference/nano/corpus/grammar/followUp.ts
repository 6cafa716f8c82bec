import type { Action, Message, SimpleAction } from "../../../../domain/intent.ts";
import { type AmountWords, drawAmount, type Role } from "../amounts.ts";
import { drawFrom, drawLender, drawRecipient, drawToken, lenderName, recipientPiece, tokenName } from "../draw.ts";
import { described } from "../lexicon/people.ts";
import { borrowable, lendable } from "../lexicon/tokens.ts";
import { list } from "../phrases.ts";
import { chance, int, pick, pickWeighted, type Rng } from "../random.ts";
import type { CorpusRecord, Label } from "../record.ts";
import { render } from "../render.ts";
import { expandOne, type Piece, words } from "../template.ts";
import { CONTROL, controlVerb, talk } from "./chat.ts";
import { type Clause, polite } from "./clause.ts";
import { drawLimit } from "./constraints.ts";
import { borrow, repay } from "./debt.ts";
import { earn } from "./earn.ts";
import { move, supply, withdraw } from "./lending.ts";
import { question } from "./question.ts";
import { summary } from "./summary.ts";
import { swap } from "./swap.ts";
import { transfer } from "./transfer.ts";
import { wrap } from "./wrap.ts";

const WISHES = [
  [10, swap],
  [5, transfer],
  [5, supply],
  [4, withdraw],
  [3, borrow],
  [3, repay],
  [4, earn],
  [1, wrap],
  [1, move],
] as const;

const ROLE: Readonly<Partial<Record<SimpleAction["type"], Role>>> = {
  withdraw: "deposit",
  move: "deposit",
  repay: "debt",
  borrow: "fresh",
  unstake: "staked",
};

/** A conversation of two or more turns: an edit, an answer, a yes or no, a repetition, or something new. */
export function followUp(rng: Rng): CorpusRecord {
  return pickWeighted(rng, [
    [40, edit],
    [30, answer],
    [13, control],
    [6, again],
    [5, fresh],
    [3, aside],
    [3, stranger],
  ] as const)(rng);
}

function user(rng: Rng, pieces: readonly Piece[]): Message {
  return { role: "user", content: render(rng, pieces) };
}

function assistant(content: string): Message {
  return { role: "assistant", content };
}

function record(messages: readonly Message[], understanding: Label, tag: string): CorpusRecord {
  return { messages, understanding, tags: ["follow-up", tag] };
}

function acted(actions: readonly Action[]): Label {
  return { kind: "act", actions };
}

/** A wish, said, and the plan shown for it. */
function planned(rng: Rng): {
  readonly wish: Clause;
  readonly action: SimpleAction;
  readonly turns: readonly Message[];
} {
  const wish = pickWeighted(rng, WISHES)(rng);
  const action = wish.actions[0] as SimpleAction;
  return { wish, action, turns: [user(rng, polite(rng, wish)), assistant(summary(rng, action))] };
}

/** A change of the plan that waits. */
function edit(rng: Rng): CorpusRecord {
  const { action, turns } = planned(rng);
  const changed = change(rng, action);
  if (changed === undefined) return edit(rng);
  const shown = chance(rng, 0.12) ? turns.slice(0, 1) : turns;
  return record(
    [...shown, user(rng, changed.pieces)],
    "constraints" in changed && changed.constraints !== undefined
      ? { kind: "act", actions: [changed.action], constraints: changed.constraints }
      : acted([changed.action]),
    "edit",
  );
}

interface Change {
  readonly pieces: readonly Piece[];
  readonly action: SimpleAction;
  readonly constraints?: NonNullable<Extract<Label, { kind: "act" }>["constraints"]>;
}

const OPEN =
  "(|||no wait, |no, |actually |actually, |hmm, |sorry, |wait, |oh |hold on, |i meant |on second thought, |nah, |ok but |please )";

function change(rng: Rng, action: SimpleAction): Change | undefined {
  const kind = pickWeighted(rng, [
    [10, "amount"],
    [4, "token"],
    [3, "venue"],
    [2, "recipient"],
    [2, "limit"],
  ] as const);
  if (kind === "limit") {
    const limit = drawLimit(rng, action);
    if (limit === undefined) return undefined;
    const next =
      limit.limitPrice !== undefined && action.type === "swap" ? { ...action, limitPrice: limit.limitPrice } : action;
    const pieces = expandOne(rng, list`{l} / {l} please / but {l} / ok but {l} / yes but {l} / add: {l} / {l} though`, {
      l: limit.pieces,
    });
    return {
      pieces,
      action: next,
      ...(Object.keys(limit.constraints).length > 0 ? { constraints: limit.constraints } : {}),
    };
  }
  if (kind === "recipient") {
    if (action.type !== "transfer") return undefined;
    const to = drawRecipient(rng);
    return {
      pieces: expandOne(
        rng,
        [
          `${OPEN}send it to {to} instead`,
          `${OPEN}to {to}`,
          "wrong address, it's {to}",
          "wrong address! use {to}",
          `${OPEN}use {to} instead`,
          "the recipient should be {to}",
          `${OPEN}{to}, not that one`,
          "change the recipient to {to}",
        ],
        { to: recipientPiece(to) },
      ),
      action: { ...action, to },
    };
  }
  if (kind === "venue") return changeVenue(rng, action);
  if (kind === "token") return changeToken(rng, action);
  return changeAmount(rng, action);
}

function changeAmount(rng: Rng, action: SimpleAction): Change | undefined {
  if (!("amount" in action) || action.amount === undefined || action.amount.unit === "health-factor") return undefined;
  const symbol =
    action.type === "swap"
      ? action.side === "buy"
        ? action.buy
        : action.sell
      : action.type === "earn"
        ? action.source
        : "asset" in action
          ? action.asset
          : undefined;
  if (symbol === undefined) return undefined;
  const role = action.type === "swap" && action.side === "buy" ? "fresh" : (ROLE[action.type] ?? "wallet");
  const said: AmountWords = drawAmount(rng, symbol, role);
  if (role === "fresh" && said.amount.unit === "all") return undefined;
  // Where only a bare number is said, the unit of the plan stays: it must have been a count of tokens.
  const bareWorks =
    said.amount.unit !== "token" ||
    action.amount.unit === "token" ||
    action.amount.unit === "all" ||
    action.amount.unit === "percent";
  // "Half" of a counted amount could mean half of the count: there the token is named.
  const unclear = said.amount.unit === "percent" && action.amount.unit !== "all" && action.amount.unit !== "percent";
  const a = bareWorks && !unclear && chance(rng, 0.65) ? said.bare : said.full;
  const forms = [
    `${OPEN}make it {a}`,
    `${OPEN}make it {a}`,
    `${OPEN}make that {a}`,
    `${OPEN}{a}`,
    `${OPEN}{a} instead`,
    `${OPEN}only {a}`,
    `${OPEN}just {a}`,
    "change it to {a}",
    "change the amount to {a}",
    "let's do {a}",
    "let's do {a} instead",
    "i said {a}",
    `${OPEN}use {a}`,
    `${OPEN}do {a}`,
    "the amount should be {a}",
    "too much, make it {a}",
    "rather {a}",
    "better {a}",
    "set it to {a}",
    "{a} is enough",
    "{a} will do",
    "can we do {a} instead?",
    "could you make it {a}?",
    "i'd prefer {a}",
    "not that much, {a}",
    "amount: {a}",
    "go with {a}",
    "reduce it to {a}",
    "raise it to {a}",
    "lower it to {a}",
    "i'd rather do {a}",
    "{a} please",
    "{a}, not what i said before",
  ];
  return { pieces: expandOne(rng, forms, { a }), action: { ...action, amount: said.amount } };
}

function changeToken(rng: Rng, action: SimpleAction): Change | undefined {
  if (action.type === "swap") {
    const toSell = action.side === "buy";
    const old = toSell ? action.sell : action.buy;
    const next = drawToken(rng, [action.sell, action.buy]);
    const slots = { b: tokenName(rng, next), o: tokenName(rng, old) };
    const forms = toSell
      ? [
          `${OPEN}pay with {b}`,
          `${OPEN}use {b}`,
          "take it from my {b} instead",
          "pay with {b} instead",
          "{b} should pay, not {o}",
          "use {b} instead of {o}",
          "not with {o}, with {b}",
        ]
      : [
          `${OPEN}to {b}`,
          `${OPEN}into {b}`,
          `${OPEN}{b}`,
          "{b} instead",
          "{b} instead of {o}",
          "not {o}, {b}",
          "i want {b} not {o}",
          "change {o} to {b}",
          `${OPEN}{b} please`,
          "make it {b}",
          "make that {b}",
          "get me {b} instead",
          `${OPEN}buy {b} instead`,
          "{b} rather than {o}",
          "swap to {b} instead",
        ];
    return {
      pieces: expandOne(rng, forms, slots),
      action: toSell ? { ...action, sell: next } : { ...action, buy: next },
    };
  }
  if (
    !("asset" in action) ||
    action.asset === undefined ||
    !("amount" in action) ||
    action.amount === undefined ||
    action.amount.unit === "health-factor"
  )
    return undefined;
  if (action.type === "earn" || action.type === "stake" || action.type === "unstake" || action.type === "approve")
    return undefined;
  const next = drawFrom(rng, lendable, [action.asset]);
  const slots = { b: tokenName(rng, next), o: tokenName(rng, action.asset) };
  return {
    pieces: expandOne(
      rng,
      [
        `${OPEN}{b}`,
        "{b} instead",
        "{b} instead of {o}",
        "not {o}, {b}",
        `${OPEN}{b}, not {o}`,
        "i meant {b}",
        "use {b} instead",
        "make it {b}",
        "in {b} instead",
        "same amount but {b}",
      ],
      slots,
    ),
    action: { ...action, asset: next },
  };
}

function changeVenue(rng: Rng, action: SimpleAction): Change | undefined {
  if (action.type !== "supply" && action.type !== "withdraw" && action.type !== "borrow" && action.type !== "repay")
    return undefined;
  const protocol = drawLender(rng, [
    action.protocol ?? "",
    ...(action.type === "borrow" || action.type === "repay" ? ["savings"] : []),
  ]);
  const slots = { p: lenderName(rng, protocol), o: lenderName(rng, action.protocol ?? "aave-v3") };
  const forms = [
    `${OPEN}on {p}`,
    `${OPEN}{p}`,
    "{p} instead",
    "use {p} instead",
    "on {p} instead",
    `${OPEN}use {p}`,
    "rather {p}",
    "i meant {p}",
    "{p} please",
    "do it on {p}",
    "make it {p}",
    "i prefer {p}",
    "go with {p}",
    "change the protocol to {p}",
    "{p} rather",
    ...(action.protocol === undefined ? [] : ["{p} not {o}", "not {o}, {p}", "{p} instead of {o}"]),
  ];
  return { pieces: expandOne(rng, forms, slots), action: { ...action, protocol } };
}

/** An incomplete wish, the question, and an answer that completes it (or still does not). */
function answer(rng: Rng): CorpusRecord {
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

/** A yes, a no, or small talk after a plan. */
function control(rng: Rng): CorpusRecord {
  const { turns } = planned(rng);
  if (chance(rng, 0.1))
    return record(
      [
        ...turns,
        user(rng, words(pick(rng, CONTROL.approve))),
        assistant("Done."),
        user(
          rng,
          chance(rng, 0.7)
            ? words(
                pick(
                  rng,
                  list`thanks / thx / great / perfect, thank you / awesome / nice one / cool thanks / ty! / lovely`,
                ),
              )
            : talk(rng),
        ),
      ],
      { kind: "talk" },
      "talk",
    );
  const verb = controlVerb(rng);
  const lead =
    verb === "pause" || verb === "resume"
      ? [
          assistant(
            pick(rng, [
              "Your weekly buy is active.",
              "The rebalancer for USDC is running.",
              "Order set: every Monday, 50 USDC to ETH.",
              "Guardian on Aave: no action this week.",
            ]),
          ),
        ]
      : verb === "status"
        ? [
            ...turns,
            user(rng, words(pick(rng, CONTROL.approve))),
            assistant(pick(rng, ["Sent, waiting for the block.", "Broadcast.", "Submitted. Waiting for the receipt."])),
          ]
        : turns;
  return record([...lead, user(rng, words(pick(rng, CONTROL[verb])))], { kind: "control", verb }, "control");
}

/** After something done: the same again, with or without another amount. */
function again(rng: Rng): CorpusRecord {
  const { action, turns } = planned(rng);
  const done = [
    ...turns,
    user(rng, words(pick(rng, CONTROL.approve))),
    assistant(pick(rng, ["Done.", "Done. The transaction is confirmed.", "Executed."])),
  ];
  const changed = chance(rng, 0.6) ? changeAmount(rng, action) : undefined;
  if (changed === undefined)
    return record(
      [
        ...done,
        user(
          rng,
          words(
            pick(
              rng,
              list`again / do it again / same again please / one more time / repeat that / once more / the same again`,
            ),
          ),
        ),
      ],
      acted([action]),
      "again",
    );
  const symbol =
    action.type === "swap"
      ? action.side === "buy"
        ? action.buy
        : action.sell
      : action.type === "earn"
        ? action.source
        : "asset" in action
          ? (action.asset as string)
          : "ETH";
  const said = drawAmount(
    rng,
    symbol,
    action.type === "swap" && action.side === "buy" ? "fresh" : (ROLE[action.type] ?? "wallet"),
  );
  if (said.amount.unit === "all" && ROLE[action.type] === "fresh") return again(rng);
  return record(
    [
      ...done,
      user(
        rng,
        expandOne(
          rng,
          [
            "same again with {a}",
            "do the same with {a}",
            "again, but {a}",
            "now the same with {a}",
            "once more with {a}",
            "repeat with {a}",
          ],
          { a: said.full },
        ),
      ),
    ],
    acted([{ ...action, amount: said.amount } as Action]),
    "again",
  );
}

/** Something new after an unrelated exchange: only the last wish counts. */
function fresh(rng: Rng): CorpusRecord {
  const { turns } = planned(rng);
  const closing = pick(rng, [
    [user(rng, words(pick(rng, CONTROL.approve))), assistant("Done.")],
    [user(rng, words(pick(rng, CONTROL.cancel))), assistant("Cancelled.")],
    [],
  ]);
  const opening = chance(rng, 0.3)
    ? [user(rng, question(rng).pieces), assistant(`${int(rng, 2, 90)}.${int(rng, 1, 9)}`)]
    : [...turns, ...closing];
  const next = pickWeighted(rng, WISHES)(rng);
  return record([...opening, user(rng, polite(rng, next))], acted(next.actions), "fresh");
}

/** A question between plan and consent. */
function aside(rng: Rng): CorpusRecord {
  const { turns } = planned(rng);
  const { pieces, label } = question(rng);
  return record([...turns, user(rng, pieces)], label, "aside");
}

/** An address that only the assistant brought in never grounds a recipient (intent.md, reading 3). */
function stranger(rng: Rng): CorpusRecord {
  const asset = drawToken(rng);
  const a = drawAmount(rng, asset, "wallet").full;
  const to = drawRecipient(rng, "address");
  const turns = [
    user(
      rng,
      expandOne(rng, [
        "what is the address of the red cross",
        "does the shelter take donations?",
        "where can i donate",
        "what's the treasury address of that dao",
        "who should i pay?",
      ]),
    ),
    assistant(pick(rng, [`According to a web page: ${to}.`, `A search finds ${to}.`, `The site says ${to}.`])),
  ];
  return record(
    [
      ...turns,
      user(
        rng,
        expandOne(
          rng,
          [
            "send {a} there",
            "ok send {a} to it",
            "great, send {a} to that address",
            "donate {a} to it",
            "pay them {a}",
            "send {a} to the address you found",
          ],
          { a },
        ),
      ),
    ],
    { kind: "clarify", missing: ["to"] },
    "stranger",
  );
}
