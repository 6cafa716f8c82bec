import { inWords, type Spelled } from "./numbers.ts";
import { chance, int, pick, pickWeighted, type Rng } from "./random.ts";

/** A share in percent: "half", "20 %", "a third". `value` carries six digits where the share has no end. */
export interface Share extends Spelled {
  /** True when the words need "of" before a noun: "a third of my dai". */
  readonly fraction: boolean;
}

const FRACTIONS: readonly (readonly [string, string])[] = [
  ["half", "50"],
  ["half", "50"],
  ["half", "50"],
  ["half", "50"],
  ["one half", "50"],
  ["a half", "50"],
  ["a third", "33.333333"],
  ["a third", "33.333333"],
  ["one third", "33.333333"],
  ["a quarter", "25"],
  ["a quarter", "25"],
  ["one quarter", "25"],
  ["two thirds", "66.666667"],
  ["two-thirds", "66.666667"],
  ["three quarters", "75"],
  ["three-quarters", "75"],
  ["a fifth", "20"],
  ["one fifth", "20"],
  ["two fifths", "40"],
  ["a tenth", "10"],
  ["one tenth", "10"],
  ["1/2", "50"],
  ["1/3", "33.333333"],
  ["2/3", "66.666667"],
  ["1/4", "25"],
  ["3/4", "75"],
  ["1/5", "20"],
  ["1/10", "10"],
  ["an eighth", "12.5"],
];

const PERCENTS = [
  "1",
  "2",
  "3",
  "5",
  "10",
  "10",
  "12",
  "15",
  "20",
  "20",
  "25",
  "25",
  "30",
  "33",
  "35",
  "40",
  "45",
  "50",
  "50",
  "55",
  "60",
  "65",
  "70",
  "75",
  "75",
  "80",
  "85",
  "90",
  "95",
  "12.5",
  "7.5",
  "2.5",
  "0.5",
];

/** Draws a share. */
export function share(rng: Rng): Share {
  if (chance(rng, 0.5)) {
    const [text, value] = pick(rng, FRACTIONS);
    return { text, value, fraction: true };
  }
  const value = chance(rng, 0.85) ? pick(rng, PERCENTS) : String(int(rng, 1, 99));
  const integer = !value.includes(".");
  const text = pickWeighted<() => string>(rng, [
    [8, () => `${value}%`],
    [2, () => `${value} %`],
    [4, () => `${value} percent`],
    [0.6, () => `${value} per cent`],
    [0.5, () => `${value} pct`],
    [integer ? 2 : 0, () => `${inWords(rng, Number(value))} percent`],
  ])();
  return { text, value, fraction: false };
}
