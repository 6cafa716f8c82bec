import type { Action, SimpleAction } from "../../../../domain/intent.ts";
import { drawAmount } from "../amounts.ts";
import { drawToken, tokenName } from "../draw.ts";
import { list } from "../phrases.ts";
import { chance, pick } from "../random.ts";
import type { CorpusRecord } from "../record.ts";
import { expandOne, words } from "../template.ts";
import { borrow, repay } from "./debt.ts";
import { supply, withdraw } from "./lending.ts";
import type { Scene } from "./scene.ts";
import { acted, ROLE, record } from "./turns.ts";

/** How much to swap. */
function swapAmount(scene: Scene): CorpusRecord {
  const { rng, sell, buy, t, talkTurns, reply } = scene;
  const said = drawAmount(rng, sell, "wallet");
  return record(
    talkTurns(
      list`
  swap {s} to {b} / swap some {s} for {b} / convert {s} into {b} / i want to trade {s} for {b} / {s} to {b} / sell some {s} for {b} / buy {b} with {s}
  / exchange {s} for {b} please
  `,
      list`How much {S}? / How much {S} should I swap? / How much {S} would you like to sell? / Which amount of {S}?`,
      t,
      reply(said),
    ),
    acted([{ type: "swap", sell, buy, amount: said.amount, side: "sell" }]),
    "answer",
  );
}

/** Into what. */
function bought(scene: Scene): CorpusRecord {
  const { rng, sell, buy, t, talkTurns } = scene;
  const said = drawAmount(rng, sell, "wallet");
  return record(
    talkTurns(
      list`sell {a} / swap {a} / convert {a} / i want to sell {a} / get rid of {a} / {a} out / exchange {a} please`,
      list`Into what? / Which token would you like to receive? / What should I buy with it? / For which token?`,
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

/** The first or the second of two offered tokens. */
function offered(scene: Scene): CorpusRecord {
  const { rng, sell, buy, t, talkTurns } = scene;
  const said = drawAmount(rng, sell, "wallet");
  const other = drawToken(rng, [sell, buy]);
  const second = chance(rng, 0.5);
  const offered = second ? [other, buy] : [buy, other];
  const options = expandOne(
    rng,
    list`{x} or {y}? / Into {x} or into {y}? / 1. {x} 2. {y} / You could take {x} or {y}.`,
    { x: words(offered[0] ?? buy), y: words(offered[1] ?? buy) },
  );
  const order = second
    ? list`the second one / the second / second / the latter / option 2 / number two / 2`
    : list`the first one / the first / first / the former / option 1 / number one / 1`;
  return record(
    talkTurns(
      list`sell {a} / swap {a} / convert {a} / exchange {a} please`,
      ["{o}"],
      { ...t, a: said.full, o: options },
      expandOne(rng, list`{w} / {w} please / {w} i think / hm, {w} / let's take {w}`, {
        w: words(pick(rng, order)),
      }),
    ),
    acted([{ type: "swap", sell, buy, amount: said.amount, side: "sell" }]),
    "answer",
  );
}

/** Which token pays. */
function paid(scene: Scene): CorpusRecord {
  const { rng, sell, buy, t, talkTurns } = scene;
  const said = drawAmount(rng, buy, "fresh");
  return record(
    talkTurns(
      list`buy {a} / get me {a} / i want {a} / purchase {a} / i'd like to buy {a} / i need {a}`,
      list`Which token should pay for it? / What do you want to pay with? / From which token? / Pay with what?`,
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

/** To whom. */
function recipient(scene: Scene): CorpusRecord {
  const { rng, sell, to, t, talkTurns } = scene;
  const said = drawAmount(rng, sell, "wallet");
  return record(
    talkTurns(
      list`send {a} to {who} / pay {who} {a} / send {a} / transfer {a} to {who} / give {who} {a}`,
      list`Which address or ENS name? / What is the address? / To which address should it go? / I need an address or a name.`,
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

/** How much to send. */
function transferAmount(scene: Scene): CorpusRecord {
  const { rng, sell, to, t, talkTurns, reply } = scene;
  const said = drawAmount(rng, sell, "wallet");
  return record(
    talkTurns(
      list`send some {s} to {to} / send {s} to {to} / pay {to} in {s} / transfer {s} to {to}`,
      ["How much {S}?", "How much {S} should I send?"],
      t,
      reply(said),
    ),
    acted([{ type: "transfer", asset: sell, amount: said.amount, to }]),
    "answer",
  );
}

/** How much to deposit or withdraw. */
function lendAmount(scene: Scene): CorpusRecord {
  const { rng, asset, protocol, t, talkTurns, reply } = scene;
  const type = pick(rng, ["supply", "withdraw"] as const);
  const said = drawAmount(rng, asset, type === "supply" ? "wallet" : "deposit");
  const ask =
    type === "supply"
      ? list`supply {t} to {p} / deposit some {t} on {p} / put {t} on {p} / i want to lend {t} on {p}`
      : list`withdraw {t} from {p} / take some {t} out of {p} / i want my {t} back from {p}`;
  return record(
    talkTurns(ask, list`How much {T}? / Which amount of {T}? / How much {T} do you mean?`, t, reply(said)),
    acted([{ type, asset, amount: said.amount, protocol }]),
    "answer",
  );
}

/** How much to borrow or repay. */
function debtAmount(scene: Scene): CorpusRecord {
  const { rng, debt, protocol, t, talkTurns, reply } = scene;
  const type = pick(rng, ["borrow", "repay"] as const);
  const said = drawAmount(rng, debt, type === "borrow" ? "fresh" : "debt");
  const ask =
    type === "borrow"
      ? list`borrow {d} on {p} / i need a {d} loan from {p} / take out a loan in {d} on {p}`
      : list`repay {d} on {p} / repay some of my {d} loan on {p} / pay back part of the {d} debt on {p}`;
  return record(
    talkTurns(ask, ["How much {D}?", "Which amount of {D}?"], t, reply(said)),
    acted([{ type, asset: debt, amount: said.amount, protocol }]),
    "answer",
  );
}

/** Of which token. */
function assetOf(scene: Scene): CorpusRecord {
  const { rng, asset, debt, protocol, t, talkTurns } = scene;
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
      list`Of which token? / Which asset? / Which token do you mean?`,
      { ...t, n: said.bare, k: said.part },
      expandOne(rng, list`{c} / {c} / {c} please / of {c} / my {c} / in {c}`, { c: tokenName(rng, chosen) }),
    ),
    acted([{ type, asset: chosen, amount: said.amount, protocol }]),
    "answer",
  );
}

/** On which protocol. */
function venueOf(scene: Scene): CorpusRecord {
  const { rng, protocol, t, talkTurns } = scene;
  const wish = pick(rng, [supply, withdraw, borrow, repay] as const)(rng, { protocol });
  const action = wish.actions[0] as SimpleAction;
  if (!("amount" in action) || action.amount === undefined || !("asset" in action)) return vague(scene);
  const { a, type } = {
    a: drawAmount(rng, action.asset as string, ROLE[action.type] ?? "wallet", "token"),
    type: action.type,
  };
  return record(
    talkTurns(
      [`${type} {a}`, `${type} {a} please`, `i want to ${type} {a}`],
      list`On which protocol? / Which protocol: Aave v3, Spark or Morpho? / You could use Aave v3, Spark, Morpho or Compound v3. Which one?`,
      { ...t, a: a.full },
      expandOne(rng, list`{p} / {p} / on {p} / {p} please / let's use {p} / {p} then`, t),
    ),
    acted([{ ...action, amount: a.amount, protocol } as Action]),
    "answer",
  );
}

/** An answer that still does not say how much. */
function vague(scene: Scene): CorpusRecord {
  const { rng, t, talkTurns } = scene;
  const vague = words(
    pick(
      rng,
      list`some / a bit / not sure / you decide / a couple / whatever you think / a few / a normal amount / not too much / idk / you choose / hmm, some`,
    ),
  );
  return record(
    talkTurns(
      list`swap {s} to {b} / swap some {s} for {b} / sell {s} for {b} / buy {b} with {s}`,
      ["How much {S}?", "How much {S} should I swap?"],
      t,
      vague,
    ),
    { kind: "clarify", missing: ["amount"] },
    "answer",
  );
}

/** The ways in which a question is answered, with how often each is drawn. */
export const ANSWERS: readonly (readonly [number, (scene: Scene) => CorpusRecord])[] = [
  [8, swapAmount],
  [5, bought],
  [2, offered],
  [5, paid],
  [5, recipient],
  [3, transferAmount],
  [7, lendAmount],
  [4, debtAmount],
  [4, assetOf],
  [4, venueOf],
  [3, vague],
];
