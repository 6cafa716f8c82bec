import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { Amount } from "../domain/intent.ts";
import type { Quote } from "../domain/quote.ts";
import { isNative, sameToken, type Token } from "../domain/token.ts";
import type { Route } from "../planner/types.ts";
import { formatUsdE8 } from "../preview/format.ts";
import { findAsset } from "./findAsset.ts";
import { priceMap } from "./readPortfolio.ts";
import { refusalOf } from "./refusalOf.ts";
import { sayUnits } from "./sayUnits.ts";
import { sizeAmount } from "./sizeAmount.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { QuestionDeps } from "./types.ts";
import { unknownProtocol } from "./unknownProtocol.ts";

type Wish = {
  readonly owner: Address;
  /** What is given. */
  readonly asset?: string | undefined;
  /** What is wanted for it; without it a dollar coin, and for a dollar coin the native one. */
  readonly buy?: string | undefined;
  /** Without it, one whole token. */
  readonly amount?: Amount | undefined;
  readonly protocol?: string | undefined;
};

type Swap = { readonly sell: Token; readonly buy: Token; readonly amount: bigint };

/** What a swap would give now, over all pools, and how far that is from the oracle. Nothing is planned or reserved. */
export async function describeQuote(deps: QuestionDeps, wish: Wish): Promise<Answer> {
  const reader = await deps.reader();
  const source = `pools of ${wish.protocol ?? "every exchange here"} on chain ${reader.chainId}`;
  const end = (says: string, facts: readonly string[] = []) => toAnswer({ says, facts, block: reader.block, source });
  if (wish.asset === undefined) return end("Say which token would be sold, and for which one.");
  const sold = await findAsset(reader, wish.asset);
  const why = unknownProtocol(deps, wish.protocol) ?? sold.missing;
  if (sold.missing !== undefined || why !== undefined) return end(why ?? "");
  const [sell] = sold.tokens;
  const bought = await findAsset(reader, wish.buy ?? counterpart(reader, sell));
  if (bought.missing !== undefined) return end(bought.missing);
  const buy = bought.tokens.find((token) => !sameAsset(reader, sell, token)) ?? bought.tokens[0];
  const amount = wish.amount ?? { unit: "token", value: "1" };
  const sized = await sizeAmount(deps, reader, { owner: wish.owner, token: sell, amount });
  if (sized.missing !== undefined) return end(sized.missing);
  const swap = { sell, buy, amount: sized.units };
  if (sameAsset(reader, sell, buy))
    return end(`${sayUnits(sized.units, sell)} and ${sayUnits(sized.units, buy)} are the same asset: one for one.`);
  const prices = await priceMap(deps, reader, [sell, buy, reader.tokens.native]);
  try {
    const route = await findRoute(deps, reader, { ...swap, prices, protocol: wish.protocol });
    const { slippageBps } = deps;
    const { native } = reader.tokens;
    const facts = factsOf({ ...swap, route, prices, gasPriceWei: reader.gasPriceWei, native, slippageBps });
    const assumed = wish.amount === undefined ? ` No amount was given, so this is for 1 ${sell.symbol}.` : "";
    return end(`${facts[0] ?? ""}.${assumed}`, facts);
  } catch (error) {
    return end(refusalOf(error));
  }
}

type Routing = Swap & { readonly prices: ReadonlyMap<string, bigint>; readonly protocol: string | undefined };

async function findRoute(deps: QuestionDeps, reader: Reader, wish: Routing): Promise<Route> {
  const { sell, buy, amount, prices, protocol } = wish;
  const priced = [sell, buy, reader.tokens.native].flatMap(({ address }) => {
    const usdE8 = prices.get(address.toLowerCase());
    return usdE8 === undefined ? [] : [[address, usdE8] as const];
  });
  return await deps.findRoute({
    reader,
    protocols: deps.protocols,
    sell,
    buy,
    side: "sell",
    amount,
    slippageBps: deps.slippageBps,
    gasPriceWei: reader.gasPriceWei,
    pricesUsdE8: new Map(priced),
    ...(protocol === undefined ? {} : { allow: [protocol] }),
  });
}

type Found = Swap & {
  readonly route: Route;
  readonly prices: ReadonlyMap<string, bigint>;
  readonly gasPriceWei: bigint;
  readonly native: Token;
  readonly slippageBps: number;
};

function factsOf(found: Found): readonly string[] {
  const { sell, buy, amount, route, prices, gasPriceWei, native, slippageBps } = found;
  const { totalGets, quotes } = route;
  const floor = quotes.reduce((sum, quote) => sum + (quote.floor ?? 0n), 0n);
  const gas = quotes.reduce((sum, quote) => sum + quote.gas, 0n);
  const coin = prices.get(native.address.toLowerCase());
  const gasUsd = coin === undefined ? "" : `, about $${formatUsdE8((gas * gasPriceWei * coin) / 10n ** 18n)}`;
  return [
    `${sayUnits(amount, sell)} gives ${sayUnits(totalGets, buy)} now`,
    ...quotes.map((quote) => `through ${quote.protocol}: ${pathsOf(quote)}`),
    `at least ${sayUnits(floor, buy)} with ${(slippageBps / 100).toFixed(2)} % slippage`,
    ...oracleFact(found),
    `gas ${gas.toString()} units${gasUsd}, approvals left out`,
  ];
}

/** How much less than the oracle says the pools give. */
function oracleFact({ sell, buy, amount, route, prices }: Found): readonly string[] {
  const worth = (token: Token, units: bigint) => {
    const usdE8 = prices.get(token.address.toLowerCase());
    return usdE8 === undefined ? undefined : (units * usdE8) / 10n ** BigInt(token.decimals);
  };
  const [given, got] = [worth(sell, amount), worth(buy, route.totalGets)];
  if (given === undefined || got === undefined || given === 0n)
    return ["no oracle prices both, so there is nothing to compare with"];
  const lossBps = ((given - got) * 10_000n) / given;
  const size = lossBps < 0n ? -lossBps : lossBps;
  const percent = `${size / 100n}.${(size % 100n).toString().padStart(2, "0")} %`;
  return [
    `given $${formatUsdE8(given)}, got $${formatUsdE8(got)} at oracle prices: ${percent} ${lossBps < 0n ? "more" : "less"}`,
  ];
}

function pathsOf({ action }: Quote): string {
  if (action.type !== "swap") return "";
  const name = (leg: (typeof action.legs)[number]) => leg.path.tokens.map((token) => token.symbol).join(" → ");
  return action.legs.map((leg) => `${sayUnits(leg.amount, action.sell)} by ${name(leg)}`).join(", ");
}

function counterpart({ tokens }: Reader, sell: Token): string {
  if (sell.stable) return tokens.native.symbol;
  return (tokens.bySymbol("USDC") ?? tokens.all.find(({ stable }) => stable) ?? tokens.native).symbol;
}

/** The native coin and its wrapped form are one asset. */
function sameAsset({ tokens }: Reader, a: Token, b: Token): boolean {
  const erc20 = (token: Token): Token => (isNative(token) ? tokens.wrappedNative : token);
  return sameToken(erc20(a), erc20(b));
}
