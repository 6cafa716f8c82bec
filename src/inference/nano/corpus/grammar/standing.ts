import type { Action, SimpleAction } from "../../../../domain/intent.ts";
import { drawAmount } from "../amounts.ts";
import { drawAddress, drawFrom, drawLender, drawToken, lenderName, tokenName } from "../draw.ts";
import { chains, exchanges } from "../lexicon/protocols.ts";
import { lendable, volatile } from "../lexicon/tokens.ts";
import { money, spell } from "../numbers.ts";
import { list } from "../phrases.ts";
import { chance, int, pick, pickWeighted, type Rng, sample } from "../random.ts";
import { expandOne, fixed, type Piece, value, words } from "../template.ts";
import { isoDate, price } from "./constraints.ts";
import { borrow, health, repay } from "./debt.ts";
import { supply, withdraw } from "./lending.ts";
import { swap } from "./swap.ts";
import { transfer } from "./transfer.ts";

/** A wish that stands: on a schedule, on a condition, or a policy; and the rarer verbs. */
export interface Standing {
  readonly pieces: readonly Piece[];
  readonly actions: readonly Action[];
  readonly tag: string;
}

const DAYS = list`monday / tuesday / wednesday / thursday / friday / saturday / sunday`;

/** A rhythm in words and as intent.md spells it (reading 15). */
function rhythm(rng: Rng): readonly [string, string] {
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

function recur(rng: Rng): Standing {
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

function when(rng: Rng): Standing {
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

function protect(rng: Rng): Standing {
  const protocol = drawLender(rng, ["savings"]);
  const using = drawFrom(rng, ["USDC", "DAI", "USDT", "WETH"]);
  const budget = drawAmount(rng, using, "fresh", "token");
  const [below, target] = [
    pick(rng, list`1.1 / 1.15 / 1.2 / 1.25 / 1.3 / 1.35 / 1.4 / 1.5`),
    pick(rng, ["1.6", "1.7", "1.75", "1.8", "2"]),
  ];
  const slots = {
    p: lenderName(rng, protocol),
    h: value(below),
    g: value(target),
    t: tokenName(rng, using),
    b: budget.full,
  };
  const head = list`
  keep my {p} loan above {h} / keep my {p} health factor above {h} / protect my {p} loan below {h}
  / protect my {p} loan if the health factor falls below {h} / make sure my {p} health factor never drops under {h} / guard my {p} position, floor {h}
  / don't let my {p} health factor go under {h} / watch my {p} loan and repay if it drops below {h}
`;
  const [extra, tail] = pick(rng, [
    [{}, ""],
    [{}, ""],
    [{ target }, ", bring it back to {g}"],
    [{ using: [using] }, " using {t}"],
    [{ using: [using] }, " with my {t}"],
    [{ using: [using], budget: budget.amount }, ", use at most {b}"],
    [{ using: [using], budget: budget.amount }, " using up to {b}"],
    [{ target, using: [using] }, ", back to {g}, using {t}"],
  ] as const);
  return {
    pieces: expandOne(
      rng,
      head.map((form) => form + tail),
      slots,
    ),
    actions: [{ type: "protect", protocol, below, ...(extra as object) } as Action],
    tag: "protect",
  };
}

function optimize(rng: Rng): Standing {
  const stable = chance(rng, 0.35);
  const asset = stable ? "any:stablecoin" : drawFrom(rng, lendable);
  const second = !stable && chance(rng, 0.25) ? drawFrom(rng, lendable, [asset]) : undefined;
  const [text, every] = rhythm(rng);
  const timed = chance(rng, 0.5);
  const gain = chance(rng, 0.2)
    ? pick(rng, [
        ["50 bps", "50"],
        ["0.5%", "50"],
        ["1%", "100"],
        ["20 bps", "20"],
      ] as const)
    : undefined;
  const a = stable
    ? words(pick(rng, ["stablecoins", "stables"]))
    : second === undefined
      ? tokenName(rng, asset)
      : [...tokenName(rng, asset), ...words(" and "), ...tokenName(rng, second)];
  const e = timed ? [...words(", "), ...value(text)] : [];
  const g =
    gain === undefined
      ? []
      : [
          ...words(pick(rng, [", only if the gain is at least ", ", min gain ", ", move only for "])),
          ...value(gain[0]),
        ];
  const pieces = expandOne(
    rng,
    list`
  keep my {a} in the best yield at all times{e}{g} / always keep my {a} at the best rate{e}{g} / auto-rebalance my {a} for yield{e}{g}
  / keep moving my {a} to the best rate{e}{g} / run a yield optimizer on my {a}{e}{g} / keep optimizing the yield on my {a}{e}{g}
  / yield autopilot for my {a}{e}{g} / continuously move my {a} to whoever pays the most{e}{g}
`,
    { a, e, g },
  );
  return {
    pieces,
    actions: [
      {
        type: "optimize",
        assets: second === undefined ? [asset] : [asset, second],
        ...(timed ? { every } : {}),
        ...(gain === undefined ? {} : { minGainBps: gain[1] }),
      },
    ],
    tag: "optimize",
  };
}

function allocate(rng: Rng): Standing {
  const three = chance(rng, 0.4);
  const parts = pick(
    rng,
    three
      ? [
          ["50", "30", "20"],
          ["40", "40", "20"],
          ["60", "25", "15"],
        ]
      : [
          ["60", "40"],
          ["70", "30"],
          ["50", "50"],
          ["80", "20"],
          ["90", "10"],
        ],
  );
  const chosen = sample(rng, list`ETH / USDC / WBTC / DAI / LINK / USDT / wstETH`, parts.length);
  const shares = chosen.flatMap((symbol, index) => [
    ...(index === 0 ? [] : words(index === chosen.length - 1 ? " and " : ", ")),
    ...value(`${parts[index]}% `),
    ...tokenName(rng, symbol),
  ]);
  const [text, every] = rhythm(rng);
  const mode = pick(rng, ["", "every", "drift"]);
  const drift = pick(rng, ["3", "5", "10"]);
  const tail =
    mode === "every"
      ? [...words(", rebalance "), ...value(text)]
      : mode === "drift"
        ? [...words(", rebalance when off by "), ...value(`${drift}%`)]
        : [];
  return {
    pieces: expandOne(
      rng,
      [
        "keep my portfolio at {l}{t}",
        "hold {l}{t}",
        "target weights: {l}{t}",
        "{l}{t}",
        "i want my portfolio to be {l}{t}",
        "allocate {l}{t}",
      ],
      { l: shares, t: tail },
    ),
    actions: [
      {
        type: "allocate",
        targets: chosen.map((asset, index) => ({ asset, percent: parts[index] as string })),
        ...(mode === "every" ? { every } : {}),
        ...(mode === "drift" ? { driftPercent: drift } : {}),
      },
    ],
    tag: "allocate",
  };
}

function permission(rng: Rng): Standing {
  const asset = drawFrom(rng, lendable);
  const exchange = pick(rng, exchanges);
  const lender = drawLender(rng);
  const [spender, name] = chance(rng, 0.7)
    ? [lender, lenderName(rng, lender)]
    : [exchange.id, value(pick(rng, exchange.names))];
  if (chance(rng, 0.6)) {
    const stranger = chance(rng, 0.25) ? drawAddress(rng) : undefined;
    return {
      pieces: expandOne(
        rng,
        list`
  revoke {p}'s access to my {t} / revoke my {t} approval for {p} / remove the {t} allowance of {p} / cancel the {t} approval for {p}
  / take back {p}'s permission on my {t} / revoke {t} for {p} / stop {p} from spending my {t}
`,
        { p: stranger === undefined ? name : fixed(stranger), t: tokenName(rng, asset) },
      ),
      actions: [{ type: "revoke", asset, spender: stranger ?? spender }],
      tag: "revoke",
    };
  }
  const said = drawAmount(rng, asset, "fresh", "token");
  return {
    pieces: expandOne(
      rng,
      [
        "approve {a} for {p}",
        "allow {p} to spend {a}",
        "let {p} use up to {a}",
        "give {p} an allowance of {a}",
        "approve {p} to spend {a}",
        "authorise {p} for {a}",
      ],
      { p: name, a: said.full },
    ),
    actions: [{ type: "approve", asset, spender, amount: said.amount }],
    tag: "approve",
  };
}

function bridge(rng: Rng): Standing {
  const asset = drawToken(rng);
  const chain = pick(rng, chains);
  const said = drawAmount(rng, asset, "wallet");
  return {
    pieces: expandOne(
      rng,
      list`
  bridge {a} to {c} / bridge {a} over to {c} / move {a} to {c} by bridge / get {a} over to {c} / bring {a} to {c} / i want {a} on {c}
  / bridge: {a} to {c}
`,
      { a: said.full, c: value(pick(rng, chain.names)) },
    ),
    actions: [{ type: "bridge", asset, amount: said.amount, toChain: chain.id }],
    tag: "bridge",
  };
}

function liquidity(rng: Rng): Standing {
  const [a, b] = sample(rng, list`ETH / USDC / DAI / WETH / USDT / WBTC / LINK / UNI`, 2) as [string, string];
  const [one, two] = [drawAmount(rng, a, "wallet", "token"), drawAmount(rng, b, "wallet", "token")];
  const slots = { a: one.full, b: two.full, s: tokenName(rng, a), t: tokenName(rng, b) };
  if (chance(rng, 0.35)) {
    const all = chance(rng, 0.5);
    const percent = pick(rng, ["10", "25", "50", "75"]);
    return {
      pieces: expandOne(
        rng,
        all
          ? ["remove all my {s}/{t} liquidity", "take all my liquidity out of the {s} {t} pool", "close my {s}/{t} lp"]
          : ["remove {n}% of my {s}/{t} liquidity", "take {n} percent out of my {s} {t} lp"],
        { ...slots, n: value(percent) },
      ),
      actions: [
        {
          type: "remove-liquidity",
          assets: [a, b],
          amount: all ? { unit: "all" } : { unit: "percent", value: percent },
        },
      ],
      tag: "remove-liquidity",
    };
  }
  const fee = chance(rng, 0.35)
    ? pick(rng, [
        ["0.3%", "30"],
        ["0.05%", "5"],
        ["1%", "100"],
        ["0.01%", "1"],
        ["30 bps", "30"],
      ] as const)
    : undefined;
  const f = fee === undefined ? [] : [...words(", "), ...value(fee[0]), ...words(" fee tier")];
  return {
    pieces: expandOne(
      rng,
      [
        "add {a} and {b} liquidity{f}",
        "provide {a} and {b} as liquidity{f}",
        "add liquidity with {a} and {b}{f}",
        "pool {a} with {b}{f}",
        "lp {a} and {b}{f}",
        "put {a} and {b} into a pool{f}",
      ],
      { ...slots, f },
    ),
    actions: [
      {
        type: "add-liquidity",
        assets: [a, b],
        amounts: [one.amount, two.amount],
        ...(fee === undefined ? {} : { feeBps: fee[1] }),
      },
    ],
    tag: "add-liquidity",
  };
}

/** Draws one of the standing wishes or rarer verbs. */
export function standing(rng: Rng): Standing {
  return pickWeighted(rng, [
    [6, recur],
    [6, when],
    [5, protect],
    [4, optimize],
    [2, allocate],
    [3, permission],
    [2, bridge],
    [2, liquidity],
  ] as const)(rng);
}
