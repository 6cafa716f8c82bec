import { type Address, parseUnits } from "viem";
import { readBalances } from "../chain/balances.ts";
import type { Reader } from "../chain/reader.ts";
import type { Amount } from "../domain/intent.ts";
import type { Token } from "../domain/token.ts";
import { priceMap } from "./readPortfolio.ts";
import type { ReadDeps } from "./types.ts";

type Wish = { readonly owner: Address; readonly token: Token; readonly amount: Amount };
type Sized = { readonly units: bigint; readonly missing?: undefined } | { readonly missing: string };

/** More than any token has. */
const MOST = 1n << 128n;

/** Base units of an amount in a question, rounded down: tokens as said, dollars by the oracle, shares of the wallet. */
export async function sizeAmount(deps: ReadDeps, reader: Reader, wish: Wish): Promise<Sized> {
  const { token, amount } = wish;
  const sized = await unitsOf(deps, reader, wish);
  if (typeof sized === "string") return { missing: sized };
  if (sized >= MOST) return { missing: `No token has that much; name a smaller amount of ${token.symbol}.` };
  if (sized > 0n) return { units: sized };
  const empty = amount.unit === "all" || amount.unit === "percent";
  return { missing: empty ? `The wallet holds no ${token.symbol}.` : `That is less than one unit of ${token.symbol}.` };
}

async function unitsOf(deps: ReadDeps, reader: Reader, { owner, token, amount }: Wish): Promise<bigint | string> {
  switch (amount.unit) {
    case "token": {
      const places = amount.value.split(".")[1]?.replace(/0+$/, "").length ?? 0;
      if (places > token.decimals) return `${token.symbol} has only ${token.decimals} decimals.`;
      return parseUnits(amount.value, token.decimals);
    }
    case "usd": {
      const usdE8 = (await priceMap(deps, reader, [token])).get(token.address.toLowerCase());
      if (usdE8 === undefined) return `No oracle on this chain prices ${token.symbol}; name the amount in tokens.`;
      return (parseUnits(amount.value, 8) * 10n ** BigInt(token.decimals)) / usdE8;
    }
    case "all":
    case "percent": {
      const [held] = await readBalances(reader, owner, [token]);
      const percentE6 = amount.unit === "all" ? 100_000_000n : parseUnits(amount.value, 6);
      return ((held?.amount ?? 0n) * percentE6) / 100_000_000n;
    }
    default:
      return `Name the amount in ${token.symbol}, in dollars or as a share.`;
  }
}
