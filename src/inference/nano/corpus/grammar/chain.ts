import type { SimpleAction } from "../../../../domain/intent.ts";
import { drawAmount } from "../amounts.ts";
import { drawFrom, drawLender, drawRecipient, drawToken, lenderName, recipientPiece, tokenName } from "../draw.ts";
import { stakers } from "../lexicon/protocols.ts";
import { borrowable, lendable } from "../lexicon/tokens.ts";
import { list } from "../phrases.ts";
import { chance, pick, pickWeighted, type Rng } from "../random.ts";
import { expandOne, type Piece, value } from "../template.ts";
import type { Clause } from "./clause.ts";
import { borrow, repay } from "./debt.ts";
import { bestYield, earn } from "./earn.ts";
import { setCollateral, supply, withdraw } from "./lending.ts";
import { stake, unstake } from "./stake.ts";
import { swap } from "./swap.ts";
import { transfer } from "./transfer.ts";
import { venue } from "./venue.ts";
import { wrap } from "./wrap.ts";

/** A later step, in the imperative, that goes on with what the step before gave. */
interface Step {
  readonly pieces: readonly Piece[];
  readonly actions: readonly SimpleAction[];
}

const previous = { unit: "previous" } as const;
const IT =
  "(it|it|it|that|them|the {t}|the {t}|the proceeds|the result|what i get|everything i get|the output|all of that|this|the {t} i get|whatever comes out)";

/** Deposits what the step before gave. */
function supplyIt(rng: Rng, asset: string, protocol?: string): Step {
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
function transferIt(rng: Rng, asset: string): Step {
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
function repayIt(rng: Rng, asset: string, protocol?: string): Step {
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
function swapIt(rng: Rng, sell: string, buy: string): Step {
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
function earnIt(rng: Rng, asset: string): Step {
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
function stakeIt(rng: Rng): Step {
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
function borrowThere(rng: Rng, protocol: string): Step {
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
function join(rng: Rng, steps: readonly Step[], later = false): Clause {
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

type Opening = (rng: Rng) => { readonly step: Clause; readonly asset: string; readonly protocol?: string };

/** First steps that leave a known token in the wallet. */
const OPENINGS: readonly (readonly [number, Opening])[] = [
  [
    10,
    (rng) => {
      const step = swap(rng, { imperative: true });
      return { step, asset: bought(step) };
    },
  ],
  [
    4,
    (rng) => {
      const asset = drawFrom(rng, lendable);
      const protocol = drawLender(rng);
      return { step: withdraw(rng, { asset, protocol, imperative: true }), asset, protocol };
    },
  ],
  [
    4,
    (rng) => {
      const asset = drawFrom(rng, borrowable);
      const protocol = drawLender(rng, ["savings"]);
      return { step: borrow(rng, { asset, protocol, imperative: true }), asset, protocol };
    },
  ],
  [
    2,
    (rng) => {
      const step = wrap(rng, { imperative: true });
      return { step, asset: bought(step) };
    },
  ],
  [1, (rng) => ({ step: unstake(rng, { imperative: true }), asset: "ETH" })],
  [
    1,
    (rng) => {
      const step = stake(rng, { imperative: true, chosen: true });
      const action = step.actions[0];
      return { step, asset: action?.type === "stake" ? (action.into ?? "stETH") : "stETH" };
    },
  ],
];

function bought(step: Clause): string {
  const action = step.actions[0];
  return action?.type === "swap" ? action.buy : "ETH";
}

/** A step that uses the token the step before left. */
function following(
  rng: Rng,
  asset: string,
  before: SimpleAction | undefined,
): { readonly step: Step; readonly asset?: string } {
  const swapped = before?.type === "swap";
  const kind = pickWeighted(rng, [
    [9, "supply"],
    [5, "transfer"],
    [4, "repay"],
    [3, "earn"],
    [swapped ? 0.6 : 5, "swap"],
    [asset === "ETH" ? 4 : 0, "stake"],
  ] as const);
  switch (kind) {
    case "supply":
      return {
        step: supplyIt(
          rng,
          asset,
          before?.type === "withdraw" || before?.type === "borrow"
            ? drawLender(rng, [before.protocol ?? ""])
            : undefined,
        ),
      };
    case "transfer":
      return { step: transferIt(rng, asset) };
    case "repay":
      return before?.type === "borrow" ? { step: transferIt(rng, asset) } : { step: repayIt(rng, asset) };
    case "earn":
      return { step: earnIt(rng, asset) };
    case "stake": {
      const step = stakeIt(rng);
      const action = step.actions[0];
      return action?.type === "stake" && action.into !== undefined ? { step, asset: action.into } : { step };
    }
    default: {
      const buy = drawToken(rng, [asset]);
      return { step: swapIt(rng, asset, buy), asset: buy };
    }
  }
}

/** Steps that do not feed each other: two payments, two deposits, a swap and a payment. */
function unrelated(rng: Rng): Clause {
  const make = [swap, transfer, supply, withdraw, repay, borrow, wrap] as const;
  const first = pick(rng, make)(rng, { imperative: true });
  const second = pick(rng, make)(rng, { imperative: true });
  return join(rng, [first, second]);
}

/** The same verb for two recipients, venues or tokens without repeating it. */
function twin(rng: Rng): Clause {
  const asset = drawToken(rng);
  const [one, two] = [drawAmount(rng, asset, "wallet", "token"), drawAmount(rng, asset, "wallet", "token")];
  if (chance(rng, 0.5)) {
    const [p, q] = [drawRecipient(rng), drawRecipient(rng)];
    const same = chance(rng, 0.35);
    const second = same ? one : two;
    const slots = { a: one.full, b: two.full, p: recipientPiece(p), q: recipientPiece(q) };
    const forms = same
      ? [
          "send {a} each to {p} and {q}",
          "send {a} to {p} and the same to {q}",
          "send {a} to both {p} and {q}",
          "{a} each to {p} and {q}",
          "pay {p} and {q} {a} each",
          "transfer {a} to {p} and another {a} to {q}",
        ]
      : [
          "send {a} to {p} and {b} to {q}",
          "{a} to {p}, {b} to {q}",
          "pay {p} {a} and {q} {b}",
          "transfer {a} to {p}, {b} to {q}",
          "{p} gets {a}, {q} gets {b}",
          "send {a} to {p} plus {b} to {q}",
        ];
    return {
      pieces: expandOne(rng, forms, slots),
      mood: "free",
      actions: [
        { type: "transfer", asset, amount: one.amount, to: p },
        { type: "transfer", asset, amount: second.amount, to: q },
      ],
    };
  }
  const [b, c] = [drawToken(rng, [asset]), drawToken(rng, [asset])];
  if (b === c) return twin(rng);
  const other = drawAmount(rng, c, "wallet");
  const first = drawAmount(rng, b, "wallet");
  const slots = { a: first.full, b: other.full, t: tokenName(rng, asset) };
  return {
    pieces: expandOne(
      rng,
      list`
  swap {a} and {b} (to|into) {t} / swap both {a} and {b} to {t} / sell {a} and {b} for {t} / convert {a} to {t} and {b} to {t} too
  / {a} to {t}, {b} to {t} / {a} and {b} into {t} / swap {a} to {t}, then {b} to {t} as well
`,
      slots,
    ),
    mood: "free",
    actions: [
      { type: "swap", sell: b, buy: asset, amount: first.amount, side: "sell" },
      { type: "swap", sell: c, buy: asset, amount: other.amount, side: "sell" },
    ],
  };
}

/** Deposit, then borrow against it; or switch on as collateral, then borrow. */
function leverage(rng: Rng): Clause {
  const asset = drawFrom(rng, lendable);
  const protocol = drawLender(rng, ["savings"]);
  const kind = rng();
  if (kind < 0.2)
    return join(rng, [
      setCollateral(rng, { asset, protocol, enabled: true, imperative: true }),
      borrowThere(rng, protocol),
    ]);
  if (kind < 0.35) {
    const debt = drawFrom(rng, borrowable);
    const paid = repay(rng, { asset: debt, protocol, imperative: true });
    if (chance(rng, 0.5)) return join(rng, [paid, withdraw(rng, { asset, protocol, imperative: true })]);
    const out = drawAmount(rng, asset, "deposit");
    const there: Step = {
      pieces: expandOne(
        rng,
        [
          "withdraw {a} there",
          "take {a} out of there",
          "take out {a}",
          "get {a} back",
          "withdraw {a}",
          "pull {a} from there",
        ],
        { a: out.full },
      ),
      actions: [{ type: "withdraw", asset, amount: out.amount, protocol }],
    };
    return join(rng, [paid, there]);
  }
  if (kind < 0.5) {
    const collateral: Step = {
      pieces: expandOne(
        rng,
        ["enable it as collateral", "turn it on as collateral", "use it as collateral", "switch it on as collateral"],
        {},
      ),
      actions: [{ type: "set-collateral", asset, enabled: true, protocol }],
    };
    return join(rng, [supply(rng, { asset, protocol, imperative: true }), collateral]);
  }
  return join(rng, [supply(rng, { asset, protocol, imperative: true }), borrowThere(rng, protocol)]);
}

/** Arrow notation: "eth -> usdc -> aave". */
function arrows(rng: Rng): Clause {
  const sell = drawToken(rng);
  const buy = drawFrom(rng, lendable, [sell]);
  const said = drawAmount(rng, sell, "wallet");
  const first = { type: "swap", sell, buy, amount: said.amount, side: "sell" } as const;
  const slots = { a: said.full, b: tokenName(rng, buy) };
  if (chance(rng, 0.35)) {
    const to = drawRecipient(rng);
    return {
      pieces: expandOne(
        rng,
        [
          "{a} -> {b} -> {to}",
          "{a} to {b} to {to}",
          "{a} → {b} → {to}",
          "{a} into {b}, then off to {to}",
          "{a} as {b} to {to}",
        ],
        { ...slots, to: recipientPiece(to) },
      ),
      mood: "free",
      actions: [first, { type: "transfer", asset: buy, amount: previous, to }],
    };
  }
  const protocol = drawLender(rng);
  return {
    pieces: expandOne(
      rng,
      list`
  {a} -> {b} -> {p} / {a} to {b} to {p} / {a} → {b} → {p} / {a} into {b}, that into {p} / {a} into {b} and on to {p} / {a} into {b} on {p}
  / {a} to {b}, {b} to {p}
`,
      { ...slots, p: lenderName(rng, protocol) },
    ),
    mood: "free",
    actions: [first, { type: "supply", asset: buy, amount: previous, protocol }],
  };
}

/** Two or three wishes in one request; most of them go on with what the step before gave. */
export function chain(rng: Rng): Clause {
  const kind = rng();
  if (kind < 0.12) return unrelated(rng);
  if (kind < 0.2) return twin(rng);
  if (kind < 0.31) return leverage(rng);
  if (kind < 0.37) return arrows(rng);
  const { step, asset } = pickWeighted(rng, OPENINGS)(rng);
  const second = following(rng, asset, step.actions[0]);
  const action = second.step.actions[0];
  // "swap … and put it at the best rate" is one `earn`; only "then" makes it two actions.
  if (kind < 0.8 || action?.type === "earn") return join(rng, [step, second.step], action?.type === "earn");
  if (second.asset !== undefined) return join(rng, [step, second.step, following(rng, second.asset, action).step]);
  if (action?.type === "supply" && action.protocol !== undefined && action.protocol !== "savings")
    return join(rng, [step, second.step, borrowThere(rng, action.protocol)]);
  if (chance(rng, 0.3)) return join(rng, [step, second.step, earn(rng, { imperative: true })]);
  return join(rng, [step, second.step]);
}
