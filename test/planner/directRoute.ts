import { isNative } from "../../src/domain/token.ts";
import type { FindRoute } from "../../src/planner/types.ts";

/** The best single pool that holds both tokens: enough to test the planner apart from routing. */
export const directRoute: FindRoute = async ({ reader, protocols, sell, buy, side, amount, slippageBps }) => {
  const ends = [sell, buy].map((token) => (isNative(token) ? reader.tokens.wrappedNative : token));
  const [from, to] = ends;
  if (from === undefined || to === undefined) throw new Error("two tokens");
  const tried = await Promise.all(
    protocols.map(async (protocol) => {
      const markets = (await protocol.markets(reader)).filter((market) => market.kind === "swap");
      const pools = markets.filter(({ tokens }) =>
        ends.every((end) => tokens.some((token) => token.address === end.address)),
      );
      return Promise.all(
        pools.map(({ id, feePips }) => {
          const path = { tokens: [from, to], pools: [{ id, feePips }] };
          const action = { type: "swap", side, sell, buy, legs: [{ path, amount }], slippageBps } as const;
          return protocol.quote(reader, action, reader.addresses.multicall3).catch(() => undefined);
        }),
      );
    }),
  );
  const [best] = tried
    .flat()
    .filter((quote) => quote !== undefined)
    .sort((a, b) => {
      const [x, y] = side === "sell" ? [b.gets, a.gets] : [a.pays, b.pays];
      return Number((x[0]?.amount ?? 0n) - (y[0]?.amount ?? 0n));
    });
  if (best === undefined) throw new Error(`no pool for ${sell.symbol}/${buy.symbol}`);
  const [pays, gets] = [best.pays[0]?.amount ?? 0n, best.gets[0]?.amount ?? 0n];
  return { quotes: [best], totalPays: pays, totalGets: gets, alternatives: [] };
};
