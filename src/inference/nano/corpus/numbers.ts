import { chance, pick, pickWeighted, type Rng } from "./random.ts";

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
