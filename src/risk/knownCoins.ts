import { createRequire } from "node:module";
import { skeleton } from "../domain/similarSymbols.ts";

/** A coin that people know by this symbol and name, on whatever chain. */
export type KnownCoin = { readonly symbol: string; readonly name: string };

/** Names shorter than this, drawn plainly, are shared by too many coins to say anything. */
const SHORTEST_NAME = 4;

/**
 * The known coin that a token says it is, by symbol and name together; a wrapped coin counts as the coin. From the list of the
 * npm package `cryptocurrencies` (MIT), which has symbols and names of about twelve thousand coins and no addresses: it
 * tells whose name is used and never who is genuine. A symbol alone tells nothing, short ones are shared by many.
 */
export function knownCoin(symbol: string, name: string): KnownCoin | undefined {
  const upper = symbol.trim().toUpperCase().slice(0, 32);
  const wrapped = upper.startsWith("W") ? sameCoin(upper.slice(1), name) : undefined;
  return sameCoin(upper, name) ?? wrapped ?? extended(upper, name);
}

/** A coin's symbol with a letter or two more, and its name with more words: LUMEN and LUMENX, "Lumen" and "Lumen Next". */
function extended(symbol: string, name: string): KnownCoin | undefined {
  return [symbol.slice(0, -1), symbol.slice(0, -2)]
    .filter((shorter) => shorter.length > SHORTEST_NAME)
    .map((shorter) => sameCoin(shorter, name))
    .find((one) => one !== undefined);
}

function sameCoin(symbol: string, name: string): KnownCoin | undefined {
  const known = Object.hasOwn(COINS, symbol) ? COINS[symbol] : undefined;
  if (known === undefined) return undefined;
  const [said, meant] = [skeleton(name), skeleton(known)];
  const one =
    said === meant || (shortest(said, meant) >= SHORTEST_NAME && (said.includes(meant) || meant.includes(said)));
  // A token that is called as its symbol means the coin of that symbol.
  const short = said === skeleton(symbol) && said.length >= SHORTEST_NAME;
  const token = said === `${meant}${skeleton("token")}`;
  return one || short || token ? { symbol, name: known } : undefined;
}

const shortest = (one: string, two: string): number => Math.min(one.length, two.length);

const COINS = createRequire(import.meta.url)("cryptocurrencies/cryptocurrencies.json") as Readonly<
  Record<string, string>
>;
