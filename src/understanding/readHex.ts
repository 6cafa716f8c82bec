import { type Folded, originOf } from "./foldText.ts";
import type { Piece } from "./lexText.ts";
import type { Found, MaskContext } from "./spans.ts";

const BURN =
  /^0x0{36,}(dead|[0-9a-f]?[0-9a-f]{3})$|^0x0+$|^0x0*dead$|^0xdead0{32,}(dead|beef|[0-9a-f]{4})$|^0x(dead){10}$|^0xe{40}$/;

/**
 * Reads hexadecimal text: an address ("z" burn, "o" own, "k" a token's contract, "x" malformed), a transaction
 * hash, or a private key. 32 bytes count as a hash only where nothing nearby speaks of keys.
 */
export function readHex(piece: Piece, folded: Folded, context: MaskContext): Found {
  const { start, end } = piece;
  const original = folded.original.slice(originOf(folded, start), originOf(folded, end));
  const hex = piece.text;
  if (!hex.startsWith("0x")) return { kind: "secret", letter: "", value: "", start, end };
  if (hex.length === 66) {
    return speaksOfKeys(folded.text, start, end)
      ? { kind: "secret", letter: "", value: "", start, end }
      : { kind: "hash", letter: "", value: original, start, end };
  }
  return { kind: "address", letter: letterOf(hex, context), value: original, start, end };
}

function letterOf(hex: string, context: MaskContext): string {
  if (BURN.test(hex)) return "z";
  const short = /^0x([0-9a-f]*)(?:\u2026|\.{2,6})([0-9a-f]+)$/.exec(hex);
  if (short !== null) return /^0+$/.test(short[1] ?? "") && /^(0*dead|0+)$/.test(short[2] ?? "") ? "z" : "x";
  if (hex.length !== 42) return "x";
  if (context.account?.toLowerCase() === hex) return "o";
  if (context.tokens?.all.some((token) => token.address.toLowerCase() === hex) === true) return "k";
  if (context.contacts?.some((entry) => entry.address.toLowerCase() === hex) === true) return "c";
  return "";
}

const KEY_WORDS =
  /private|secret|priv\.? ?key|\bpk\b|seed|mnemonic|clave|chave|chiave|schlüssel|cl[ée] priv|anahtar|kunci|приват|секретн|ключ|私钥|密钥|秘密鍵|\bkey\b|\bsign with\b/;

function speaksOfKeys(text: string, start: number, end: number): boolean {
  return KEY_WORDS.test(text.slice(Math.max(0, start - 80), start)) || KEY_WORDS.test(text.slice(end, end + 60));
}

/** Twelve or more plain words after "seed phrase" or the like, or a bare list of exactly 12 or 24 short words. */
export function readSecretWords(text: string): Found | undefined {
  if (text.length < 40 || text.length > 20_000) return undefined;
  const lead =
    /(?:seed|mnemonic|recovery|secret|backup)(?: (?:phrase|words?|key))*[^a-z]{1,4}(?:is|are)?[^a-z]{0,4}((?:[a-z]{3,8}[ ,]+){11,23}[a-z]{3,8})/.exec(
      text,
    );
  const bare = lead ?? /^\s*((?:[a-z]{3,8} ){11}(?:(?:[a-z]{3,8} ){12})?[a-z]{3,8})\s*$/.exec(text);
  if (bare === null) return undefined;
  const words = (bare[1] ?? "").trim().split(/[ ,]+/);
  const everyday = words.filter((word) =>
    /^(the|and|for|you|with|that|this|from|into|have|usdc|swap|send|can|please|what|how|are|eth|dai)$/.test(word),
  ).length;
  if (everyday > 0) return undefined;
  const start = bare.index + bare[0].indexOf(bare[1] ?? "");
  return { kind: "secret", letter: "", value: "", start, end: start + (bare[1] ?? "").length };
}
