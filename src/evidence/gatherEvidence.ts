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
import { knownAddresses } from "./knownAddresses.ts";
import { readDecimals } from "./readDecimals.ts";
import { readDepths } from "./readDepths.ts";
import { type ReadHistory, readHistory } from "./readHistory.ts";
import { readRecipients } from "./readRecipients.ts";
import { type RiskOf, readTokenRisks } from "./readTokenRisks.ts";
import { readUnlisted } from "./readUnlisted.ts";

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
  /** Scans a token that the plan buys and no list names; must not throw. Absent: the guards find no scan, and deny. */
  readonly riskOf?: RiskOf;
  /** What the owner paid before; default: the chain's events alone. */
  readonly history?: ReadHistory;
};

/** Everything the guards may look at, read from the chain and decoded by code. Errors: the reader's and the protocols' own. */
export async function gatherEvidence(options: GatherOptions): Promise<Evidence> {
  const { reader, protocols, plan, simulation, intent } = options;
  const wrappedNative = reader.addresses.wrappedNative;
  const decoded = plan.calls.map((call, index) => decodePlanned({ protocols, wrappedNative }, call, index));
  const touched = touchedTokens(reader, plan, decoded, simulation);
  const unlisted = await readUnlisted(reader, plan, decoded);
  const [markets, prices, balances, positions, recipients, history, chainDecimals, depths] = await Promise.all([
    options.markets ?? readMarkets(reader, protocols, decoded),
    readPrices(options, touched),
    readBalances(reader, plan.account, [...touched, ...unlisted]),
    Promise.all(protocols.map((protocol) => protocol.positions(reader, plan.account))),
    readRecipients(reader, plan.account, decoded),
    (options.history ?? readHistory)(reader, plan.account),
    readDecimals(reader, touched),
    readDepths(reader, plan.quotes),
  ]);
  const tokenRisks = options.riskOf && (await readTokenRisks(reader, options.riskOf, { decoded, prices }));
  return {
    plan,
    decoded,
    known: [
      ...knownAddresses(reader, protocols, markets),
      ...unlisted.filter((token) => isNamed(plan, token)).map(asKnown),
    ],
    prices,
    tokens: reader.tokens.all,
    unlisted,
    ...(tokenRisks && { tokenRisks }),
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

function isNamed({ intent }: Plan, { address }: Token): boolean {
  const said = intent.actions.flatMap((action) => Object.values(action));
  return said.some((value) => typeof value === "string" && value.toLowerCase() === address.toLowerCase());
}

/** A token contract that the owner named: it may be approved and sent, and is no recipient. */
function asKnown({ address, symbol }: Token): KnownAddress {
  return { address, label: symbol, role: "token", protocol: "erc20" };
}
