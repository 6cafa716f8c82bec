import type { Language } from "./detectLanguage.ts";

/** A written number: exact decimal string, and whether a careful reader can be sure of it (Reading 13). */
export type WrittenNumber = { readonly value: string; readonly certain: boolean };

/**
 * Reads digits with separators ("1,000.50", "1.000,50", "1 000", "0,75", ".5").
 * "1.500" and "1,500" differ by language: a dot before exactly three digits is uncertain in English, a group in
 * languages that write a decimal comma. Never rounds.
 */
export function parseDecimal(written: string, language: Language): WrittenNumber | undefined {
  const text = written.replace(/['\u00a0\u202f ]/g, "");
  if (!/^[\d.,]*\d[\d.,]*$/.test(text)) return undefined;
  const dots = count(text, ".");
  const commas = count(text, ",");
  if (dots + commas === 0) return sure(text);
  if (dots > 0 && commas > 0) return parseMixed(text);
  const mark = dots > 0 ? "." : ",";
  const pieces = text.split(mark);
  if (pieces.length > 2) {
    return isGrouped(pieces) ? sure(pieces.join("")) : undefined;
  }
  const [head = "", tail = ""] = pieces;
  const couldGroup = tail.length === 3 && /^[1-9]\d{0,2}$/.test(head);
  if (!couldGroup) return sure(`${head === "" ? "0" : head}.${tail === "" ? "0" : tail}`);
  if (mark === ",") return language === "en" ? sure(head + tail) : { value: trim(head + tail), certain: false };
  if (language === "en") return { value: trim(`${head}.${tail}`), certain: false };
  return sure(head + tail);
}

function parseMixed(text: string): WrittenNumber | undefined {
  const decimal = text.lastIndexOf(".") > text.lastIndexOf(",") ? "." : ",";
  const group = decimal === "." ? "," : ".";
  const [whole = "", fraction = "", ...rest] = text.split(decimal);
  if (rest.length > 0 || !isGrouped(whole.split(group))) return undefined;
  return sure(`${whole.split(group).join("")}.${fraction}`);
}

function isGrouped(pieces: readonly string[]): boolean {
  const [head = "", ...rest] = pieces;
  return /^\d{1,3}$/.test(head) && rest.length > 0 && rest.every((piece) => /^\d{3}$/.test(piece));
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}

function sure(text: string): WrittenNumber {
  return { value: trim(text), certain: true };
}

function trim(text: string): string {
  return trimDecimal(text);
}

/** Shortest spelling of a decimal: no leading or trailing zeros, no bare dot. */
export function trimDecimal(text: string): string {
  const [whole = "0", fraction = ""] = text.split(".");
  const head = whole.replace(/^0+(?=\d)/, "") || "0";
  const tail = fraction.replace(/0+$/, "");
  return tail === "" ? head : `${head}.${tail}`;
}
