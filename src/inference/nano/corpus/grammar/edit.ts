import type { SimpleAction } from "../../../../domain/intent.ts";
import { type AmountWords, drawAmount } from "../amounts.ts";
import { drawFrom, drawLender, drawRecipient, drawToken, lenderName, recipientPiece, tokenName } from "../draw.ts";
import { lendable } from "../lexicon/tokens.ts";
import { list } from "../phrases.ts";
import { chance, pickWeighted, type Rng } from "../random.ts";
import type { CorpusRecord, Label } from "../record.ts";
import { expandOne, type Piece } from "../template.ts";
import { drawLimit } from "./constraints.ts";
import { acted, planned, ROLE, record, user } from "./turns.ts";

/** A change of the plan that waits. */
export function edit(rng: Rng): CorpusRecord {
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

/** changeAmount */
export function changeAmount(rng: Rng, action: SimpleAction): Change | undefined {
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
