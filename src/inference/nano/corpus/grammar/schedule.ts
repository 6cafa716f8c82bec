import type { Action, SimpleAction } from "../../../../domain/intent.ts";
import { drawFrom, tokenName } from "../draw.ts";
import { lendable, volatile } from "../lexicon/tokens.ts";
import { money, spell } from "../numbers.ts";
import { list } from "../phrases.ts";
import { chance, int, pick, pickWeighted, type Rng } from "../random.ts";
import { expandOne, fixed, value, words } from "../template.ts";
import { borrow, health, repay } from "./debt.ts";
import { supply, withdraw } from "./lending.ts";
import { isoDate, price } from "./moments.ts";
import type { Standing } from "./standing.ts";
import { swap } from "./swap.ts";
import { transfer } from "./transfer.ts";

const DAYS = list`monday / tuesday / wednesday / thursday / friday / saturday / sunday`;

/** A rhythm in words and as intent.md spells it (reading 15). */
export function rhythm(rng: Rng): readonly [string, string] {
  const day = pick(rng, DAYS);
  const hours = int(rng, 2, 12);
  const days = int(rng, 2, 14);
  const date = int(rng, 1, 28);
  return pickWeighted(rng, [
    [4, ["every day", "day"]],
    [2, ["daily", "day"]],
    [4, ["every week", "week"]],
    [2, ["weekly", "week"]],
    [3, ["every month", "month"]],
    [2, ["monthly", "month"]],
    [5, [`every ${day}`, `week:${day}`]],
    [1, [`on ${day}s`, `week:${day}`]],
    [2, [`every ${hours} hours`, `PT${hours}H`]],
    [1, ["every hour", "PT1H"]],
    [2, [`every ${days} days`, `P${days}D`]],
    [1, ["every two weeks", "P2W"]],
    [1, ["every quarter", "P3M"]],
    [1, [`on the ${date}th of every month`, `month:${date}`]],
    [1, ["on the first of every month", "month:1"]],
  ] as const) as readonly [string, string];
}

/** A wish that repeats. */
export function recur(rng: Rng): Standing {
  const [text, every] = rhythm(rng);
  const wish = pickWeighted(rng, [
    [6, swap],
    [2, transfer],
    [2, supply],
    [1, repay],
  ] as const)(rng, { imperative: true });
  const until = chance(rng, 0.12) ? isoDate(rng) : undefined;
  const u = until === undefined ? [] : [...words(" until "), ...fixed(until)];
  const pieces = expandOne(
    rng,
    list`{e} {c}{u} / {c} {e}{u} / {e}, {c}{u} / {c}, {e}{u} / {e}: {c}{u} / set up an order: {c} {e}{u} / automatically {c} {e}{u}`,
    { e: value(text), c: wish.pieces, u },
  );
  return {
    pieces,
    actions: [{ type: "recur", every, then: [...wish.actions], ...(until === undefined ? {} : { until }) }],
    tag: "recur",
  };
}

const NOTIFY = list`tell me / notify me / ping me / alert me / let me know / warn me / send me a message / message me / remind me`;

/** A wish that waits for a condition or a date, or only asks to be told. */
export function when(rng: Rng): Standing {
  const symbol = drawFrom(rng, volatile);
  const lent = drawFrom(rng, lendable);
  const at = price(rng, symbol);
  const percent = String(int(rng, 1, 12));
  const balance = spell(rng, String(int(rng, 1, 90) * 100));
  const gwei = String(int(rng, 3, 30));
  const h = health(rng);
  const date = isoDate(rng);
  const slots = {
    t: tokenName(rng, symbol),
    l: tokenName(rng, lent),
    n: value(at.text),
    m: value(money(rng, at.value)),
    pc: value(percent),
    b: value(balance.text),
    g: value(gwei),
    h: value(h),
    d: fixed(date),
  };
  const [condition, words_] = pickWeighted<
    readonly [Extract<Action, { type: "when" }>["condition"], readonly string[]]
  >(rng, [
    [
      4,
      [
        { type: "price-above", asset: symbol, value: at.value },
        [
          "{t} is above {n}",
          "{t} goes above {m}",
          "{t} hits {n}",
          "{t} is over {n}",
          "the price of {t} rises above {n}",
          "{t} climbs past {n}",
        ],
      ],
    ],
    [
      4,
      [
        { type: "price-below", asset: symbol, value: at.value },
        [
          "{t} is below {n}",
          "{t} drops below {m}",
          "{t} falls under {n}",
          "the price of {t} falls below {n}",
          "{t} is under {m}",
        ],
      ],
    ],
    [
      2,
      [
        { type: "yield-above", asset: lent, value: percent },
        ["the {l} yield is above {pc}%", "{l} pays more than {pc} percent", "the rate for {l} goes over {pc}%"],
      ],
    ],
    [
      2,
      [
        { type: "yield-below", asset: lent, value: percent },
        ["the {l} yield drops below {pc}%", "{l} pays less than {pc} percent", "the {l} rate is under {pc}%"],
      ],
    ],
    [
      1,
      [
        { type: "balance-above", asset: lent, value: balance.value },
        ["my {l} balance is above {b}", "i have more than {b} {l}"],
      ],
    ],
    [
      1,
      [
        { type: "balance-below", asset: lent, value: balance.value },
        ["my {l} balance is below {b}", "i have less than {b} {l}", "my {l} falls below {b}"],
      ],
    ],
    [
      2,
      [
        { type: "health-factor-below", value: h },
        ["my health factor is below {h}", "my health factor drops under {h}", "hf < {h}", "my hf falls below {h}"],
      ],
    ],
    [1, [{ type: "gas-below", value: gwei }, ["gas is below {g} gwei", "gas drops under {g} gwei"]]],
  ]);
  if (chance(rng, 0.15)) {
    const wish = pick(rng, [transfer, supply, withdraw, repay] as const)(rng, { imperative: true });
    return {
      pieces: expandOne(
        rng,
        ["on {d} {c}", "on {d}, {c}", "{d}: {c}", "{c} on {d}", "when it is {d}, {c}", "not now, on {d}: {c}"],
        { d: fixed(date), c: wish.pieces },
      ),
      actions: [{ type: "when", condition: { type: "time", value: date }, then: [...wish.actions] as SimpleAction[] }],
      tag: "when",
    };
  }
  const said = expandOne(rng, words_, slots);
  if (chance(rng, 0.45))
    return {
      pieces: expandOne(
        rng,
        [
          `${pick(rng, NOTIFY)} when {w}`,
          `${pick(rng, NOTIFY)} if {w}`,
          `${pick(rng, NOTIFY)} once {w}`,
          `if {w} ${pick(rng, NOTIFY)}`,
          `when {w}, ${pick(rng, NOTIFY)}`,
        ],
        { w: said },
      ),
      actions: [{ type: "when", condition, then: [{ type: "notify" }] }],
      tag: "when",
    };
  const wish = pick(rng, [transfer, supply, withdraw, repay, borrow] as const)(rng, { imperative: true });
  return {
    pieces: expandOne(
      rng,
      list`if {w}, {c} / when {w}, {c} / {c} if {w} / {c} when {w} / once {w}, {c} / as soon as {w} {c} / if {w} then {c}`,
      { w: said, c: wish.pieces },
    ),
    actions: [{ type: "when", condition, then: [...wish.actions] as SimpleAction[] }],
    tag: "when",
  };
}
