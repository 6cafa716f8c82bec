import { type Address, getAddress, isAddress } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { Plan } from "../domain/plan.ts";
import { showText } from "../domain/showText.ts";
import type { DecodedCall } from "../domain/simulation.ts";
import { isNative, type Token } from "../domain/token.ts";
import { readTokens } from "./readTokens.ts";

/** Longest symbol that is shown of a token that nobody vouches for. */
const SHOWN = 16;

/**
 * Tokens on no list that a plan is about: those its intent names by address and those its calls swap. Their symbol is quoted
 * text of a contract; their decimals are its word, too, which is why what they are worth is never taken from here.
 */
export async function readUnlisted(
  reader: Reader,
  plan: Pick<Plan, "intent">,
  decoded: readonly DecodedCall[],
): Promise<readonly Token[]> {
  const named = plan.intent.actions.flatMap((action) => Object.values(action)).filter(isTokenAddress);
  const swapped = decoded.flatMap(({ effect }) => (effect?.type === "swap" ? [effect.sell, effect.buy] : []));
  const addresses = [...new Set([...named, ...swapped].map((one) => getAddress(one)))];
  const unlisted = addresses.filter((address) => !isNative({ address }) && !reader.tokens.byAddress(address));
  const found = await readTokens(reader, unlisted);
  return found.map((token) => ({
    ...token,
    symbol: `${showText(token.symbol, SHOWN)} (unlisted)`,
    name: "unlisted token",
  }));
}

function isTokenAddress(value: unknown): value is Address {
  return typeof value === "string" && isAddress(value, { strict: false });
}
