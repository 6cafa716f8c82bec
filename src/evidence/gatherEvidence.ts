import type { Address } from "viem";
import { readBalances } from "../chain/balances.ts";
import type { PriceSource, Reader } from "../chain/reader.ts";
import type { Effect } from "../domain/effect.ts";
import type { Evidence, KnownAddress, Price } from "../domain/evidence.ts";
import type { Grounding } from "../domain/grounding.ts";
import type { Intent } from "../domain/intent.ts";
import type { Market } from "../domain/market.ts";
import type { Plan } from "../domain/plan.ts";
import type { DecodedCall, Simulation } from "../domain/simulation.ts";
import type { Token } from "../domain/token.ts";
import type { Protocol } from "../protocols/protocol.ts";
import { decodePlanned } from "./decodePlanned.ts";
import { readDecimals } from "./readDecimals.ts";
import { readDepths } from "./readDepths.ts";
import { type ReadHistory, readHistory } from "./readHistory.ts";
import { readRecipients } from "./readRecipients.ts";

export type GatherOptions = {
  /** At the plan's block. */
  readonly reader: Reader;
  readonly protocols: readonly Protocol[];
  readonly prices: PriceSource;
  readonly plan: Plan;
  readonly groundings: readonly Grounding[];
  readonly contacts: Evidence["contacts"];
  /** US dollars, 1e8 = $1. */
  readonly spentTodayUsdE8: bigint;
  readonly nowSeconds: bigint;
  readonly simulation?: Simulation;
  /** The intent as it was understood, from the record; when given, the plan's copy must equal it. */
  readonly intent?: Intent;
  /** Markets already read at this block; otherwise those of the protocols the calls go to are read. */
  readonly markets?: readonly Market[];
  /** What the owner paid before; default: the chain's events alone. */
  readonly history?: ReadHistory;
};

/** Everything the guards may look at, read from the chain and decoded by code. Errors: the reader's and the protocols' own. */
export async function gatherEvidence(options: GatherOptions): Promise<Evidence> {
  const { reader, protocols, plan, simulation, intent } = options;
  const wrappedNative = reader.addresses.wrappedNative;
  const decoded = plan.calls.map((call, index) => decodePlanned({ protocols, wrappedNative }, call, index));
  const touched = touchedTokens(reader, plan, decoded, simulation);
  const [markets, prices, balances, positions, recipients, history, chainDecimals, depths] = await Promise.all([
    options.markets ?? readMarkets(reader, protocols, decoded),
    readPrices(options, touched),
    readBalances(reader, plan.account, touched),
    Promise.all(protocols.map((protocol) => protocol.positions(reader, plan.account))),
    readRecipients(reader, plan.account, decoded),
    (options.history ?? readHistory)(reader, plan.account),
    readDecimals(reader, touched),
    readDepths(reader, plan.quotes),
  ]);
  return {
    plan,
    decoded,
    known: knownAddresses(reader, protocols, markets),
    prices,
    tokens: reader.tokens.all,
    wrappedNative,
    balances,
    positions: positions.flat(),
    groundings: options.groundings,
    contacts: options.contacts,
    recipients,
    history,
    chainDecimals,
    depths,
    spentTodayUsdE8: options.spentTodayUsdE8,
    gasPriceWei: reader.gasPriceWei,
    nowSeconds: options.nowSeconds,
    ...(intent && { intent }),
    ...(simulation && { simulation }),
  };
}

/** Listed tokens the guards will have to value: those of the calls, the intent, the plan and the simulation. */
function touchedTokens(
  { tokens }: Reader,
  plan: Plan,
  decoded: readonly DecodedCall[],
  simulation: Simulation | undefined,
): readonly Token[] {
  const addresses = [
    tokens.native.address,
    tokens.wrappedNative.address,
    ...decoded.flatMap(({ effect }) => (effect ? assetsOf(effect) : [])),
    ...plan.expectations.flatMap((entry) => [...entry.pays, ...entry.gets]).map(({ token }) => token.address),
    ...(simulation?.balanceChanges ?? []).map((change) => change.token.address),
  ];
  const named = plan.intent.actions
    .flatMap((action) => Object.values(action))
    .flatMap((value) => {
      return typeof value === "string" ? (tokens.bySymbol(value) ?? tokens.byAddress(value as Address) ?? []) : [];
    });
  const found = [...addresses.flatMap((address) => tokens.byAddress(address) ?? []), ...named];
  return [...new Map(found.map((token) => [token.address.toLowerCase(), token])).values()];
}

function assetsOf(effect: Effect): readonly Address[] {
  if (effect.type === "swap") return [effect.sell, effect.buy];
  if (effect.type === "approve") return [effect.token];
  return "asset" in effect ? [effect.asset] : [];
}

async function readPrices({ reader, prices }: GatherOptions, tokens: readonly Token[]): Promise<readonly Price[]> {
  const found = await prices(
    reader,
    tokens.map((token) => token.address),
  );
  return tokens.flatMap((token) => {
    const price = found.get(token.address);
    return price ? [{ token, usdE8: price.usdE8, source: price.source, block: reader.block }] : [];
  });
}

/** Markets of the protocols that the calls really go to: they name the position tokens. */
async function readMarkets(
  reader: Reader,
  protocols: readonly Protocol[],
  decoded: readonly DecodedCall[],
): Promise<readonly Market[]> {
  const used = protocols.filter(({ id, actions }) => {
    return actions.includes("supply") && decoded.some((entry) => entry.decodedBy === id);
  });
  return (await Promise.all(used.map((protocol) => protocol.markets(reader)))).flat();
}

function knownAddresses(
  { tokens, addresses }: Reader,
  protocols: readonly Protocol[],
  markets: readonly Market[],
): readonly KnownAddress[] {
  const listed = tokens.all.map(
    (token): KnownAddress => ({ address: token.address, label: token.symbol, role: "token", protocol: "erc20" }),
  );
  return [...listed, ...protocols.flatMap((protocol) => protocol.known(addresses, markets))];
}
