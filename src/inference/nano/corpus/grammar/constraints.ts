import type { Constraints, SimpleAction } from "../../../../domain/intent.ts";
import { drawExchange, drawLender, lenderName, tokenName } from "../draw.ts";
import { chains } from "../lexicon/protocols.ts";
import { stablecoins } from "../lexicon/tokens.ts";
import { money, spell } from "../numbers.ts";
import { list } from "../phrases.ts";
import { chance, int, pick, pickWeighted, type Rng } from "../random.ts";
import { expandOne, fixed, type Piece, value } from "../template.ts";
import type { Clause } from "./clause.ts";
import { isoDate, price } from "./moments.ts";

/** A limit in words. `before` stands in front of the wish, otherwise behind it. */
export interface Limit {
  readonly pieces: readonly Piece[];
  readonly constraints: Constraints;
  /** A price condition of a swap (intent.md, reading 6). */
  readonly limitPrice?: string;
}

/** Slippage: percent as said, and the same in basis points. */
const SLIPPAGE: readonly (readonly [string, string])[] = [
  ["0.1%", "10"],
  ["0.2%", "20"],
  ["0.25%", "25"],
  ["0.3%", "30"],
  ["0.5%", "50"],
  ["0.5%", "50"],
  ["0.5 percent", "50"],
  [".5%", "50"],
  ["half a percent", "50"],
  ["1%", "100"],
  ["1%", "100"],
  ["1 percent", "100"],
  ["one percent", "100"],
  ["1.5%", "150"],
  ["2%", "200"],
  ["2 %", "200"],
  ["3%", "300"],
  ["50 bps", "50"],
  ["30 bps", "30"],
  ["100 bps", "100"],
  ["20 basis points", "20"],
  ["a quarter percent", "25"],
  ["10bps", "10"],
];

function slippage(rng: Rng): Limit {
  const [text, bps] = pick(rng, SLIPPAGE);
  const forms = list`
  max slippage {s} / slippage max {s} / slippage {s} max / {s} slippage max / {s} max slippage / with at most {s} slippage / no more than {s} slippage
  / slippage under {s} / slippage at most {s} / slippage {s} / {s} slippage / keep slippage below {s} / slippage tolerance {s}
  / slippage no higher than {s} / don't let it slip more than {s} / slip {s} / slippage limit {s}
`;
  return { pieces: expandOne(rng, forms, { s: value(text) }), constraints: { maxSlippageBps: bps } };
}

function gas(rng: Rng): Limit {
  const said = spell(rng, chance(rng, 0.75) ? String(int(rng, 1, 25)) : `${int(rng, 1, 9)}.5`);
  const forms = list`
  gas under {m} / gas max {m} / max gas {m} / only if gas is below {m} / only if gas stays under {m} / as long as gas is under {m}
  / keep gas under {n} dollars / keep fees under {m} / don't pay more than {m} in gas / don't spend more than {n} bucks on gas / gas not above {m}
  / if gas is below {m} / fees under {n} dollars / gas at most {n} usd / gas limit {m} / but not if gas is over {m} / spend at most {m} on gas
  / network fee below {m}
`;
  return {
    pieces: expandOne(rng, forms, { n: value(said.text), m: value(money(rng, said.value)) }),
    constraints: { maxGasUsd: said.value },
  };
}

function venueLimit(rng: Rng): Limit {
  const { id, name } = drawExchange(rng);
  if (chance(rng, 0.15))
    return {
      pieces: expandOne(rng, ["not on {p}", "avoid {p}", "don't use {p}", "but stay off {p}", "anywhere but {p}"], {
        p: name,
      }),
      constraints: { protocols: { deny: [id] } },
    };
  return {
    pieces: expandOne(
      rng,
      list`on {p} / on {p} / via {p} / using {p} / through {p} / only on {p} / use {p} / route through {p} / {p} only`,
      { p: name },
    ),
    constraints: { protocols: { allow: [id] } },
  };
}

function chainLimit(rng: Rng): Limit {
  const { id, names } = pick(rng, chains);
  return {
    pieces: expandOne(rng, ["on {c}", "over on {c}", "on {c} chain", "on the {c} network"], {
      c: value(pick(rng, names)),
    }),
    constraints: { chain: id },
  };
}

function deadline(rng: Rng): Limit {
  const date = isoDate(rng);
  return {
    pieces: expandOne(rng, ["by {d}", "before {d}", "by {d} at the latest", "no later than {d}", "deadline {d}"], {
      d: fixed(date),
    }),
    constraints: { deadline: date },
  };
}

function limitPrice(rng: Rng, action: SimpleAction): Limit | undefined {
  if (action.type !== "swap") return undefined;
  const sellsVolatile = !stablecoins.includes(action.sell) && stablecoins.includes(action.buy);
  const buysVolatile = stablecoins.includes(action.sell) && !stablecoins.includes(action.buy);
  if (sellsVolatile === buysVolatile) return undefined;
  const symbol = sellsVolatile ? action.sell : action.buy;
  const said = price(rng, symbol);
  const slots = { t: tokenName(rng, symbol), n: value(said.text), m: value(money(rng, said.value)) };
  const forms = sellsVolatile
    ? list`
  if {t} is above {n} / when {t} hits {n} / when {t} reaches {m} / only if {t} is above {m} / once {t} is over {n} / at {n} or better
  / at no less than {n} / at {n} or higher / if the price goes above {n} / @ {n} / not below {n} per {t} / at a price of {n} or more
`
    : list`
  if {t} drops to {n} / when {t} falls below {m} / once {t} is under {n} / only if {t} is below {m} / at {n} or lower / at {n} or better
  / if the price drops to {n} / when {t} is at {n} / not paying more than {n} per {t} / if {t} gets down to {m} / @ {n}
`;
  return { pieces: expandOne(rng, forms, slots), constraints: {}, limitPrice: said.value };
}

function minReceive(rng: Rng, action: SimpleAction): Limit | undefined {
  if (action.type !== "swap" || action.side !== "sell") return undefined;
  const said = spell(rng, String(chance(rng, 0.7) ? int(rng, 1, 90) * 10 : int(rng, 100, 9999)));
  const forms = list`
  i want at least {n} {t} / at least {n} {t} back / minimum {n} {t} / min {n} {t} / min receive {n} / minimum out {n} {t} / if i get at least {n} {t}
  / not less than {n} {t} / i must receive at least {n} {t} / as long as i get {n} {t} or more
`;
  return {
    pieces: expandOne(rng, forms, { n: value(said.text), t: tokenName(rng, action.buy) }),
    constraints: { minReceive: said.value },
  };
}

function earnLimit(rng: Rng): Limit {
  const first = drawLender(rng, ["savings"]);
  const second = drawLender(rng, ["savings", first]);
  const slots = { p: lenderName(rng, first), q: lenderName(rng, second) };
  return pickWeighted<() => Limit>(rng, [
    [
      3,
      () => ({
        pieces: expandOne(
          rng,
          list`but not on {p} / not {p} / anything but {p} / just not {p} / avoid {p} / no {p} please / except {p}`,
          slots,
        ),
        constraints: { protocols: { deny: [first] } },
      }),
    ],
    [
      2,
      () => ({
        pieces: expandOne(rng, ["only {p} or {q}", "only on {p} and {q}", "{p} or {q} only"], slots),
        constraints: { protocols: { allow: [first, second] } },
      }),
    ],
    [
      1,
      () => ({
        pieces: expandOne(rng, ["only on {p}", "{p} only", "use {p} only"], slots),
        constraints: { protocols: { allow: [first] } },
      }),
    ],
    [
      3,
      () => {
        const risk = pick(rng, ["low", "low", "medium", "high"] as const);
        return {
          pieces: expandOne(rng, [
            `${risk} risk`,
            `${risk} risk only`,
            `${risk} risk please`,
            `with ${risk} risk`,
            `${risk === "high" ? "high risk is ok" : `keep the risk ${risk}`}`,
          ]),
          constraints: { risk },
        };
      },
    ],
  ])();
}

/** Draws a limit that fits the wish's last action; undefined where none fits. */
export function drawLimit(rng: Rng, action: SimpleAction): Limit | undefined {
  const type = action.type;
  const kind = pickWeighted(rng, [
    [type === "swap" ? 8 : 0, "slippage"],
    [7, "gas"],
    [type === "swap" ? 6 : 0, "venue"],
    [type === "swap" ? 4 : 0, "price"],
    [type === "swap" ? 3 : 0, "receive"],
    [type === "earn" ? 12 : 0, "earn"],
    [type === "swap" || type === "transfer" ? 1 : 0, "chain"],
    [0.7, "deadline"],
  ] as const);
  switch (kind) {
    case "slippage":
      return slippage(rng);
    case "venue":
      return venueLimit(rng);
    case "price":
      return limitPrice(rng, action);
    case "receive":
      return minReceive(rng, action);
    case "earn":
      return earnLimit(rng);
    case "chain":
      return chainLimit(rng);
    case "deadline":
      return deadline(rng);
    default:
      return gas(rng);
  }
}

/** Adds a limit to a wish of one action, in front of it or behind it. */
export function limited(
  rng: Rng,
  wish: Clause,
  said: readonly Piece[],
): { readonly pieces: readonly Piece[]; readonly wish: Clause } | undefined {
  const action = wish.actions[0];
  if (action === undefined || wish.actions.length > 1) return undefined;
  const limit = drawLimit(rng, action);
  if (limit === undefined) return undefined;
  const pieces = expandOne(rng, list`{c}, {l} / {c} {l} / {c} {l} / {c}. {l} / {l}: {c} / {l}, {c} / {c} - {l}`, {
    c: said,
    l: limit.pieces,
  });
  const actions =
    limit.limitPrice === undefined || action.type !== "swap"
      ? wish.actions
      : [{ ...action, limitPrice: limit.limitPrice }];
  const constraints = Object.keys(limit.constraints).length > 0 ? { constraints: limit.constraints } : {};
  return { pieces, wish: { ...wish, actions, ...constraints } };
}
