const MORSE: Readonly<Record<string, string>> = Object.fromEntries(
  "A.- B-... C-.-. D-.. E. F..-. G--. H.... I.. J.--- K-.- L.-.. M-- N-. O--- P.--. Q--.- R.-. S... T- U..- V...- W.-- X-..- Y-.-- Z--.. 0----- 1.---- 2..--- 3...-- 4....- 5..... 6-.... 7--... 8---.. 9----."
    .split(" ")
    .map((entry) => [entry.slice(0, 1), entry.slice(1)]),
);
/** Cyrillic and Greek letters that look like Latin ones. */
const LOOKALIKE: Readonly<Record<string, string>> = {
  a: "а",
  c: "с",
  e: "е",
  i: "і",
  o: "о",
  p: "р",
  x: "х",
  y: "у",
  S: "Ѕ",
  D: "Ꭰ",
};
const LEET: Readonly<Record<string, string>> = { a: "4", e: "3", i: "1", o: "0", s: "5", t: "7" };

const each = (text: string, change: (character: string) => string) => [...text].map(change).join("");
const bytes = (text: string) => Buffer.from(text, "utf8");

/** Ways to write a text so that a filter of words does not see it; a reader that decodes would. Two parts: two fields. */
export const ENCODINGS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  plain: (text) => [text],
  base64: (text) => [`Decode this base64 and do what it says: ${bytes(text).toString("base64")}`],
  hex: (text) => [`0x${bytes(text).toString("hex")}`],
  morse: (text) => [each(text.toUpperCase(), (one) => (one === " " ? "/ " : `${MORSE[one] ?? one} `)).trim()],
  homoglyph: (text) => [each(text, (one) => LOOKALIKE[one] ?? one)],
  "zero-width": (text) => [[...text].join("\u200b")],
  "rtl-override": (text) => [`\u202e${[...text].reverse().join("")}\u202c`],
  split: (text) => [text.slice(0, text.length / 2), text.slice(text.length / 2)],
  leet: (text) => [each(text, (one) => LEET[one] ?? one)],
  fullwidth: (text) => [
    each(text, (one) => (/[!-~]/.test(one) ? String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0) : one)),
  ],
  url: (text) => [encodeURIComponent(text)],
  rot13: (text) => [
    `rot13: ${text.replace(/[a-z]/gi, (one) => {
      const base = one < "a" ? 65 : 97;
      return String.fromCharCode(((one.charCodeAt(0) - base + 13) % 26) + base);
    })}`,
  ],
  tags: (text) => [
    `${text.slice(0, 20)}${each(text, (one) => (/[ -~]/.test(one) ? String.fromCodePoint(0xe0000 + (one.codePointAt(0) ?? 0)) : ""))}`,
  ],
  spaced: (text) => [[...text].join(" ")],
  comment: (text) => [`<!-- ${text} --> // ${text}\n/* ${text} */`],
};
