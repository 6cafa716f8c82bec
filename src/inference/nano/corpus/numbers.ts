import { chance, int, pick, pickWeighted, type Rng } from "./random.ts";

/** A number as written, and what a careful reader understands: a decimal string without grouping or trailing zeros. */
export interface Spelled {
  readonly text: string;
  readonly value: string;
}

const ONES = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
  "nineteen",
];
const TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/** English words of an integer below ten million. */
export function inWords(rng: Rng, n: number): string {
  if (n < 20) return ONES[n] ?? "";
  if (n < 100) return TENS[Math.floor(n / 10)] + (n % 10 === 0 ? "" : (chance(rng, 0.6) ? "-" : " ") + ONES[n % 10]);
  if (n < 1000) {
    const rest = n % 100;
    const head = n < 200 && chance(rng, 0.4) ? "a hundred" : `${ONES[Math.floor(n / 100)]} hundred`;
    return rest === 0 ? head : head + (chance(rng, 0.6) ? " and " : " ") + inWords(rng, rest);
  }
  if (n < 10000 && n % 100 === 0 && n % 1000 !== 0 && chance(rng, 0.6)) return `${inWords(rng, n / 100)} hundred`;
  const [size, name] = n >= 1_000_000 ? [1_000_000, "million"] : [1000, "thousand"];
  const rest = n % size;
  const head = n < 2 * size && chance(rng, 0.4) ? `a ${name}` : `${inWords(rng, Math.floor(n / size))} ${name}`;
  return rest === 0 ? head : `${head}${rest < 100 ? " and " : " "}${inWords(rng, rest)}`;
}

/** Drops grouping and needless zeros: "7500.50" is "7500.5". */
export function normal(value: string): string {
  const [whole = "0", part] = value.split(".");
  const kept = (part ?? "").replace(/0+$/, "");
  const head = whole.replace(/^0+(?=\d)/, "");
  return kept === "" ? head : `${head}.${kept}`;
}

function grouped(whole: string, mark: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, mark);
}

/** Writes a decimal string the way people do. The text always determines the value (intent.md, reading 13). */
export function spell(rng: Rng, value: string): Spelled {
  const exact = normal(value);
  const [whole = "0", part] = exact.split(".");
  const n = Number(whole);
  const text = part === undefined ? spellWhole(rng, n) : spellDecimal(rng, whole, part);
  return { text, value: exact };
}

function spellWhole(rng: Rng, n: number): string {
  const options: [number, () => string][] = [[10, () => String(n)]];
  if (n >= 1000) options.push([5, () => grouped(String(n), ",")]);
  if (n >= 1000 && n < 1_000_000 && n % 100 === 0) {
    options.push([6, () => `${n / 1000}${pick(rng, ["k", "k", "K"])}`]);
    if (n <= 20000 && n % 500 === 0) options.push([1, () => `${n / 1000} ${pick(rng, ["grand", "thousand"])}`]);
    if (n % 1000 === 0 && n <= 20000) options.push([1, () => `${inWords(rng, n / 1000)} grand`]);
  }
  if (n >= 1_000_000 && n % 100_000 === 0) {
    options.push([6, () => `${n / 1_000_000}${pick(rng, ["m", "M", " million", " million", " mil"])}`]);
  }
  const digits = String(n).replace(/0+$/, "").length;
  if (digits <= 2 || (n < 1000 && digits <= 3 && chance(rng, 0.3))) options.push([4, () => inWords(rng, n)]);
  if (n === 12 && chance(rng, 0.3)) options.push([2, () => "a dozen"]);
  if (n === 100) options.push([1, () => "hundred"]);
  return pickWeighted(rng, options)();
}

function spellDecimal(rng: Rng, whole: string, part: string): string {
  const n = Number(whole);
  const options: [number, () => string][] = [[14, () => `${whole}.${part}`]];
  if (n === 0) options.push([3, () => `.${part}`]);
  if (part.length <= 2 && n < 1000) options.push([0.6, () => `${whole},${part}`]);
  if (n >= 1000) {
    options.push([8, () => `${grouped(whole, ",")}.${part.padEnd(2, "0")}`]);
    options.push([0.8, () => `${grouped(whole, ".")},${part.padEnd(2, "0")}`]);
  }
  if (part === "5" && n > 0 && n < 30) options.push([4, () => `${chance(rng, 0.8) ? inWords(rng, n) : n} and a half`]);
  if (part.length <= 2 && n < 100)
    options.push([1.2, () => `${inWords(rng, n)} point ${[...part].map((digit) => ONES[Number(digit)]).join(" ")}`]);
  return pickWeighted(rng, options)();
}

/** A decimal string with a dollar sign, in digits: nobody writes "$eight hundred". */
export function money(rng: Rng, value: string): string {
  const exact = normal(value);
  const [whole = "0", part] = exact.split(".");
  const n = Number(whole);
  const sign = pickWeighted(rng, [
    [14, "$"],
    [1, "$ "],
    [0.7, "US$"],
  ]);
  if (part !== undefined)
    return (
      sign +
      (n >= 1000 && chance(rng, 0.7) ? grouped(whole, ",") : whole) +
      (n >= 1 || part.length > 1 ? `.${part.padEnd(2, "0")}` : `.${part}`)
    );
  if (n >= 1000 && n % 100 === 0 && chance(rng, 0.3)) return `${sign}${n / 1000}${pick(rng, ["k", "k", "K"])}`;
  return sign + (n >= 1000 && chance(rng, 0.45) ? grouped(whole, ",") : whole);
}

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

const ROUND = [
  "5",
  "10",
  "15",
  "20",
  "25",
  "30",
  "40",
  "50",
  "60",
  "75",
  "80",
  "90",
  "100",
  "100",
  "120",
  "150",
  "200",
  "200",
  "250",
  "300",
  "350",
  "400",
  "500",
  "500",
  "600",
  "700",
  "750",
  "800",
  "900",
  "1000",
  "1000",
  "1200",
  "1500",
  "1800",
  "2000",
  "2000",
  "2500",
  "3000",
  "3500",
  "4000",
  "5000",
  "5000",
  "6000",
  "7500",
  "8000",
  "10000",
  "12000",
  "15000",
  "20000",
  "25000",
  "30000",
  "50000",
  "75000",
  "100000",
];
const COIN = [
  "0.01",
  "0.02",
  "0.05",
  "0.05",
  "0.1",
  "0.1",
  "0.15",
  "0.2",
  "0.2",
  "0.25",
  "0.3",
  "0.4",
  "0.5",
  "0.5",
  "0.6",
  "0.75",
  "0.8",
  "1",
  "1",
  "1",
  "1.2",
  "1.25",
  "1.5",
  "1.5",
  "1.8",
  "2",
  "2",
  "2",
  "2.5",
  "2.5",
  "3",
  "3",
  "3.5",
  "4",
  "5",
  "5",
  "6",
  "7.5",
  "8",
  "10",
  "10",
  "12",
  "15",
  "20",
  "25",
  "32",
  "40",
  "50",
  "100",
];
const BITCOIN = [
  "0.001",
  "0.005",
  "0.01",
  "0.01",
  "0.02",
  "0.03",
  "0.05",
  "0.05",
  "0.08",
  "0.1",
  "0.1",
  "0.12",
  "0.2",
  "0.25",
  "0.3",
  "0.5",
  "0.5",
  "0.75",
  "1",
  "1",
  "1.5",
  "2",
  "2.5",
  "3",
  "5",
];

/** A decimal string of the size people name for such a token. */
export function quantity(rng: Rng, size: "coin" | "dollar" | "bitcoin" | "alt" | "meme"): string {
  switch (size) {
    case "coin":
      if (chance(rng, 0.7)) return pick(rng, COIN);
      return chance(rng, 0.5)
        ? `0.${String(int(rng, 1, 999)).padStart(int(rng, 3, 4), "0")}`
        : `${int(rng, 1, 40)}.${int(rng, 1, 99)}`;
    case "bitcoin":
      return chance(rng, 0.75) ? pick(rng, BITCOIN) : `0.${String(int(rng, 1, 999)).padStart(int(rng, 3, 5), "0")}`;
    case "meme":
      return `${int(rng, 1, 99)}${pick(rng, ["00000", "000000", "0000"])}`;
    case "alt":
      return chance(rng, 0.6)
        ? pick(rng, ROUND.slice(0, 33))
        : chance(rng, 0.7)
          ? String(int(rng, 1, 999))
          : `${int(rng, 1, 300)}.${int(rng, 1, 99)}`;
    default:
      if (chance(rng, 0.65)) return pick(rng, ROUND);
      return chance(rng, 0.6)
        ? String(int(rng, 2, 9999))
        : `${int(rng, 1, 12000)}.${String(int(rng, 1, 99)).padStart(2, "0")}`;
  }
}
