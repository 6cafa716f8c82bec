import type { Action } from "../../../../domain/intent.ts";
import { drawAmount } from "../amounts.ts";
import { drawAddress, drawFrom, drawLender, drawToken, lenderName, tokenName } from "../draw.ts";
import { chains, exchanges } from "../lexicon/protocols.ts";
import { lendable } from "../lexicon/tokens.ts";
import { list } from "../phrases.ts";
import { chance, pick, pickWeighted, type Rng, sample } from "../random.ts";
import { expandOne, fixed, type Piece, value, words } from "../template.ts";
import { allocate, optimize, protect } from "./policy.ts";
import { recur, when } from "./schedule.ts";

/** A wish that stands: on a schedule, on a condition, or a policy; and the rarer verbs. */
export interface Standing {
  readonly pieces: readonly Piece[];
  readonly actions: readonly Action[];
  readonly tag: string;
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
