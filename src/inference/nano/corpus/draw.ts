import { createHash } from "node:crypto";
import { getAddress } from "viem";
import { handles, handleTails } from "./lexicon/people.ts";
import { exchanges, lenders } from "./lexicon/protocols.ts";
import { type TokenWords, tokens } from "./lexicon/tokens.ts";
import { chance, int, pick, pickWeighted, type Rng } from "./random.ts";
import { fixed, type Piece, value } from "./template.ts";

const bySymbol = new Map(tokens.map((token) => [token.symbol, token]));
const weighted = tokens.map((token) => [token.weight, token.symbol] as const);

/** The words of a token. */
export function tokenWords(symbol: string): TokenWords {
  return bySymbol.get(symbol) ?? (tokens[0] as TokenWords);
}

/** Draws a symbol by everyday frequency, none of `not`. */
export function drawToken(rng: Rng, not: readonly string[] = []): string {
  for (;;) {
    const symbol = pickWeighted(rng, weighted);
    if (!not.includes(symbol)) return symbol;
  }
}

/** Draws from a list of symbols, none of `not`. */
export function drawFrom(rng: Rng, list: readonly string[], not: readonly string[] = []): string {
  const rest = list.filter((symbol) => !not.includes(symbol));
  return pick(rng, rest.length === 0 ? list : rest);
}

/** One spelling of a symbol; the plain ones are likelier. */
export function tokenName(rng: Rng, symbol: string): readonly Piece[] {
  const { names } = tokenWords(symbol);
  return value(chance(rng, 0.45) ? (names[0] as string) : pick(rng, names));
}

/** Draws a lending venue's id, none of `not`. */
export function drawLender(rng: Rng, not: readonly string[] = []): string {
  for (;;) {
    const found = pickWeighted(
      rng,
      lenders.map((lender) => [lender.weight, lender.id] as const),
    );
    if (!not.includes(found)) return found;
  }
}

/** One spelling of a lending venue. */
export function lenderName(rng: Rng, id: string): readonly Piece[] {
  return value(pick(rng, lenders.find((lender) => lender.id === id)?.names ?? [id]));
}

/** Draws an exchange: id and one spelling. */
export function drawExchange(rng: Rng): { readonly id: string; readonly name: readonly Piece[] } {
  const { id, names } = pick(rng, exchanges);
  return { id, name: value(pick(rng, names)) };
}

/** Draws a recipient: a random address (checksummed or lower case) or an ENS name. The label is what was written. */
export function drawRecipient(rng: Rng, kind: "any" | "address" | "name" = "any"): string {
  if (kind === "address" || (kind === "any" && chance(rng, 0.5))) return drawAddress(rng);
  return `${pick(rng, handles)}${pick(rng, handleTails)}.eth`;
}

/** A random 20-byte address. */
export function drawAddress(rng: Rng): string {
  const hex = createHash("sha256").update(`${rng()}${rng()}`).digest("hex").slice(0, 40);
  return chance(rng, 0.6) ? getAddress(`0x${hex}`) : `0x${hex}`;
}

/** A random transaction hash. */
export function drawHash(rng: Rng): string {
  return `0x${createHash("sha256")
    .update(`${rng()}${int(rng, 0, 1e9)}`)
    .digest("hex")}`;
}

/** A recipient as a piece that no voice changes. */
export function recipientPiece(to: string): readonly Piece[] {
  return fixed(to);
}
