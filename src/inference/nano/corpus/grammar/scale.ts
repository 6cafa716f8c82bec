import type { SimpleAction } from "../../../../domain/intent.ts";
import { fromDecimal, plus, type Rational, rational, times, toDecimal } from "../../../../understanding/rational.ts";
import { list } from "../phrases.ts";
import { int, pick, pickWeighted, type Rng } from "../random.ts";
import type { CorpusRecord } from "../record.ts";
import { expandOne, words } from "../template.ts";
import { acted, planned, record, user } from "./turns.ts";

type Scaling = { readonly said: readonly string[]; readonly factor: Rational };

const OPEN = "(|||no, |actually |hmm, |wait, |ok but |nah, |yes but )";
const SCALINGS: readonly Scaling[] = [
  {
    factor: rational(2),
    said: list`double it / make it double / twice that / twice as much / double that amount / make that twice as much / let's double it / double / do double / 2x that / two times that please`,
  },
  {
    factor: rational(3),
    said: list`triple it / three times that / make it triple / triple the amount / 3x it / thrice as much`,
  },
  {
    factor: rational(1, 2),
    said: list`half of that / half that / make it half / only half of that / just half that amount / do half of it / half as much / no more than half of that`,
  },
  { factor: rational(1, 4), said: list`a quarter of that / just a quarter of it / make it a quarter of that` },
  {
    factor: rational(1, 10),
    said: list`that's a zero too many / one zero too many / drop a zero / i typed a zero too many`,
  },
  { factor: rational(10), said: list`i forgot a zero / forgot a zero there / one more zero / a zero too few` },
];
const MORE = list`another {n} / add another {n} / {n} more / add {n} on top / plus another {n} / {n} more than that / make it {n} more`;
const LESS = list`{n} less / {n} less than that / reduce it by {n} / take {n} off / make it {n} less / cut it by {n}`;

/** A change of the waiting plan's amount that names no new amount: "double it", "half of that", "another 500". */
export function scale(rng: Rng): CorpusRecord {
  const { action, turns } = planned(rng);
  if (!("amount" in action) || action.amount === undefined) return scale(rng);
  if (action.amount.unit !== "token" && action.amount.unit !== "usd") return scale(rng);
  const { unit, value } = action.amount;
  const known = fromDecimal(value);
  const write = (said: string, next: Rational, slots = {}) => {
    const changed = { ...action, amount: { unit, value: toDecimal(next) } } as SimpleAction;
    return record([...turns, user(rng, expandOne(rng, [`${OPEN}${said}`], slots))], acted([changed]), "scale");
  };
  if (
    pickWeighted(rng, [
      [3, true],
      [1, false],
    ] as const)
  ) {
    const { factor, said } = pick(rng, SCALINGS);
    return write(pick(rng, said), times(known, factor));
  }
  const part = times(known, rational(int(rng, 1, 9), 10));
  const n = { n: words(toDecimal(part)) };
  if (
    pickWeighted(rng, [
      [1, true],
      [1, false],
    ] as const)
  )
    return write(pick(rng, MORE), plus(known, part), n);
  return write(pick(rng, LESS), plus(known, { over: -part.over, under: part.under }), n);
}
