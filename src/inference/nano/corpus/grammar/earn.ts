import { drawAmount } from "../amounts.ts";
import { drawFrom, drawToken, tokenName, tokenWords } from "../draw.ts";
import { lendable, stablecoins, volatile } from "../lexicon/tokens.ts";
import { spell } from "../numbers.ts";
import { list } from "../phrases.ts";
import { quantity } from "../quantity.ts";
import { chance, pick, type Rng } from "../random.ts";
import { type Piece, value, words } from "../template.ts";
import { type Clause, clause } from "./clause.ts";

const BEST = list`
  highest-yielding / highest yielding / best-yielding / best yielding / highest-paying / highest paying / best paying / top yielding / top paying
  / most profitable / highest-interest / most lucrative / juiciest / best earning / highest apy / highest apr / best apy / top apy / best-paying
  / highest yield / best yield / best interest / max yield
`;
const STABLE = list`
  stablecoin / stablecoin / stablecoin / stable / stable coin / stablecoin position / stablecoin position / stablecoin deposit / stable position
  / stablecoin market / stablecoin pool / stablecoin vault / stablecoin lending position / dollar stablecoin
`;

/** `{a}` what is spent, `{best}` "highest-yielding", `{st}` "stablecoin position". */
const TO_STABLE = {
  freeShare: 0.3,
  imperative: list`
  convert {a} into the {best} {st} / convert {a} into the {best} {st} / convert {a} to the {best} {st} / turn {a} into the {best} {st}
  / swap {a} into the {best} {st} / put {a} into the {best} {st} / put {a} in the {best} {st} / move {a} into the {best} {st}
  / invest {a} in the {best} {st} / sell {a} and put it in the {best} {st} / sell {a} and park it in the {best} {st}
  / swap {a} to whatever stablecoin yields the most / convert {a} to whichever stablecoin pays the most / turn {a} into stablecoins and earn the most
  / swap {a} to stables and put them where they earn the most / convert {a} to stablecoins at the best yield
  / put {a} into stables with the highest apy / get me the best stablecoin yield for {a} / get the best stablecoin yield with {a}
  / find the best stablecoin yield for {a} / find me the {best} {st} for {a} / use {a} to get the {best} {st} / earn the most on {a} in stablecoins
  / make {a} earn the best stablecoin yield / exchange {a} for the {best} {st} / roll {a} into the {best} {st} / ape {a} into the {best} {st}
  / rotate {a} into the {best} {st} / take {a} and put it into the {best} {st} / take {a}, go stable, highest yield / allocate {a} to the {best} {st}
  / get the highest yield on {a}, stablecoins only / maximise yield on {a} using stablecoins / change {a} into the {best} {st}
  / trade {a} for the {best} {st} / place {a} into the {best} {st} / deploy {a} into the {best} {st} / dump {a} into the {best} {st}
  / convert {a} into stables that earn the most / cash {a} out into the {best} {st} / swap {a} into stables and find the best rate
`,
  free: list`
  {a} into the {best} {st} / {a} to the {best} {st} / {a} -> {best} {st} / {a} to {best} {st} / {a} into {best} {st} please
  / {a} should go into the {best} {st} / {a} into whichever stablecoin pays best / {a} in the {best} {st} you can find / i want {a} in the {best} {st}
  / i want {a} to earn the best stablecoin yield / i'd like {a} converted to the {best} {st} / i'd like {a} in the {best} {st}
  / i want the {best} {st} for {a} / {best} {st} for {a} / best stablecoin yield for {a}, go / which stablecoin pays most? put {a} in it
  / what's the {best} {st}? put {a} there / {a}, stable, {best} / tired of volatility, {a} into the {best} {st}
  / would you mind putting {a} into the {best} {st}? / could {a} go into the {best} {st}? / {a}, best stable yield please
`,
} as const;

/** `{b}` the token to end up in, other than the one spent. */
const TO_TOKEN = {
  freeShare: 0.25,
  imperative: list`
  convert {a} to {b} and earn the most / swap {a} to {b} and put it where it earns the most / turn {a} into {b} at the best yield
  / put {a} into the {best} {b} position / move {a} into the {best} {b} position / convert {a} into the {best} {b} deposit
  / swap {a} into the {best} {b} market / turn {a} into the {best} {b} position / sell {a} for {b} and get the best yield on it
  / get the best {b} yield with {a} / take {a}, make it {b} and put it at the best rate / invest {a} in the {best} {b} pool
  / get me the top {b} yield for {a} / swap {a} for {b} and lend it at the highest rate / convert {a} to {b} and earn the best rate
  / exchange {a} for {b} and put it wherever the interest is highest / find the {best} {b} position for {a}
`,
  free: list`
  {a} into the {best} {b} position / {a} to the {best} {b} deposit / {a} out, {b} in, best yield / {a} as {b} wherever the rate is best
  / i want {a} as {b} at the highest rate / i want {a} in the {best} {b} position / {best} {b} deposit for {a} / {a} -> {b} -> best yield
`,
} as const;

/** The token stays what it is. */
const SAME = {
  freeShare: 0.3,
  imperative: list`
  put {a} where it earns the most / put {a} wherever it earns the most / put {a} where it yields the most / put {a} at the best rate
  / put {a} to work at the highest yield / earn the most on {a} / earn the best yield on {a} / earn the highest apy on {a}
  / earn as much as possible on {a} / earn max yield on {a} / lend {a} at the best rate / lend {a} at the highest rate
  / lend out {a} wherever it pays most / deposit {a} where the yield is highest / deposit {a} wherever the interest is highest
  / supply {a} wherever the apy is best / supply {a} to whoever pays the most / supply {a} to the highest paying market
  / deposit {a} at the best rate available / get the best yield on {a} / get me the best yield for {a} / get the highest yield for {a}
  / get me the highest apy on {a} / find the best yield for {a} / find the best rate for {a} and deposit it
  / find who pays best for {t} and give them {n} / find the best place for {a} and put it there / maximise the yield on {a} / maximize yield on {a}
  / make {a} earn the most / make {a} earn as much as it can / make {a} work as hard as possible / park {a} wherever it pays the most
  / park {a} at the highest yield / invest {a} at the best rate / put {a} in the highest yielding market / put {a} into the best yield
  / put {a} into the {best} market / put {a} into the {best} vault / stick {a} wherever it earns most / place {a} for the best return
  / let {a} earn the most / get max yield from {a} / get the most out of {a}, highest yield / put {a} to use where it makes the most interest
  / supply {a} at the best apy / deploy {a} for max yield / farm the best yield with {a} / put {a} in the best savings rate
  / take {a} and earn the most with it / take {k} from my {t} and put it where it yields most / earn interest on {a} wherever it's highest
`,
  free: list`
  best yield for {a} / best yield for {a} please / best rate for {a}, do it / highest yield on {a} / best apy for {a}, go / max yield on {a}
  / {a} at the best rate / {a} to the best yield / {a} into the best yield / {a} into the highest yield you can find / {a} wherever it pays most
  / {a} where it earns the most / {a} into the {best} market / {a}, best yield, stay in {t} / {a} to whoever pays the most
  / i want {a} to earn the most / i want the best yield on {a} / i'd like the best rate for {a} / i want {a} earning the highest interest
  / i'd like {a} to earn as much as possible / {a} should earn the most / {a} should be wherever the yield is best
  / i have {a}, put it wherever it makes the most / i got {a}, earn the most with it / my {t} does nothing, put {n} where it earns most
  / {t} sits idle, put {n} at the best rate / whoever pays the most for {t} gets {n} / would you mind putting {a} where it earns the most?
  / could {a} earn the best rate somewhere? / who pays the most on {t}? put {n} there / where does {t} earn most? put {n} there / yield max: {a}
  / idle {t}: {n} to the best rate / i have {big} {t}. put {n} where it earns most / i've got {big} {t} doing nothing, {n} of it to the best yield
  / there's {big} {t} idle, lend {n} at the best rate / can my {t} earn more? put {n} at the best rate / what's the best place for {a}? put it there
  / where should {a} go for the best yield? do it / i'd like to earn interest on {a}, best rate please / how about {a} at the best rate
  / let {n} of my {t} earn the most / i want to make money with {a}, best yield / grow {a} as fast as possible, best yield
  / {a} should not sit idle, find the best yield / please find me the best yield for {a} / top yield for {a} / best deal for lending {a}, take it
`,
} as const;

export interface EarnGiven {
  readonly source?: string;
  readonly imperative?: boolean;
}

/** A wish for the best yield: in any stablecoin, in a named token, or in the token itself. */
export function earn(rng: Rng, given: EarnGiven = {}): Clause {
  const kind = rng();
  const target = kind < 0.45 ? "stable" : kind < 0.6 ? "token" : "same";
  const source =
    given.source ??
    (target === "stable"
      ? chance(rng, 0.8)
        ? drawFrom(rng, volatile)
        : drawToken(rng)
      : target === "token"
        ? drawToken(rng)
        : drawFrom(rng, lendable));
  const said = drawAmount(rng, source, "wallet");
  const to = chance(rng, 0.75) ? drawFrom(rng, stablecoins, [source]) : drawFrom(rng, lendable, [source]);
  const slots = {
    a: said.full,
    n: said.bare,
    k: said.part,
    t: tokenName(rng, source),
    big: value(spell(rng, quantity(rng, tokenWords(source).size)).text),
    b: tokenName(rng, to),
    best: words(pick(rng, BEST)),
    st: value(pick(rng, STABLE)),
  };
  const [forms, asset] =
    target === "stable"
      ? ([TO_STABLE, "any:stablecoin"] as const)
      : target === "token"
        ? ([TO_TOKEN, to] as const)
        : ([SAME, source] as const);
  return clause(rng, { ...forms, freeShare: given.imperative === true ? 0 : forms.freeShare }, slots, [
    { type: "earn", source, asset, amount: said.amount, objective: "max-yield" },
  ]);
}

/** Words for the best yield, for the second step of a chain. */
export function bestYield(rng: Rng): readonly Piece[] {
  return words(
    pick(
      rng,
      list`
  wherever it earns the most / where it yields the most / at the best rate / into the best yield / wherever the interest is highest
  / into the highest yielding market / where the apy is best
`,
    ),
  );
}
