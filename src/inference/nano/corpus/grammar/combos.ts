import { drawAmount } from "../amounts.ts";
import { drawFrom, drawLender, drawRecipient, drawToken, lenderName, recipientPiece, tokenName } from "../draw.ts";
import { borrowable, lendable } from "../lexicon/tokens.ts";
import { list } from "../phrases.ts";
import { chance, pick, type Rng } from "../random.ts";
import { expandOne } from "../template.ts";
import type { Clause } from "./clause.ts";
import { borrow, repay } from "./debt.ts";
import { setCollateral, supply, withdraw } from "./lending.ts";
import { borrowThere, join, previous, type Step } from "./steps.ts";
import { swap } from "./swap.ts";
import { transfer } from "./transfer.ts";
import { wrap } from "./wrap.ts";

/** Steps that do not feed each other: two payments, two deposits, a swap and a payment. */
export function unrelated(rng: Rng): Clause {
  const make = [swap, transfer, supply, withdraw, repay, borrow, wrap] as const;
  const first = pick(rng, make)(rng, { imperative: true });
  const second = pick(rng, make)(rng, { imperative: true });
  return join(rng, [first, second]);
}

/** The same verb for two recipients, venues or tokens without repeating it. */
export function twin(rng: Rng): Clause {
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
export function leverage(rng: Rng): Clause {
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
export function arrows(rng: Rng): Clause {
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
