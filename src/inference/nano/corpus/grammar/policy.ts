import type { Action } from "../../../../domain/intent.ts";
import { drawAmount } from "../amounts.ts";
import { drawFrom, drawLender, lenderName, tokenName } from "../draw.ts";
import { lendable } from "../lexicon/tokens.ts";
import { list } from "../phrases.ts";
import { chance, pick, type Rng, sample } from "../random.ts";
import { expandOne, value, words } from "../template.ts";
import { rhythm } from "./schedule.ts";
import type { Standing } from "./standing.ts";

/** A guardian of a loan. */
export function protect(rng: Rng): Standing {
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

/** A standing hunt for yield. */
export function optimize(rng: Rng): Standing {
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

/** Portfolio weights. */
export function allocate(rng: Rng): Standing {
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
