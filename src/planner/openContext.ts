import type { Constraints, Intent } from "../domain/intent.ts";
import { floorUnits, maxOf, minOf, parseDecimal } from "./decimal.ts";
import { ChainMismatchError, DeadlineError, UnsupportedActionError } from "./errors.ts";
import { protocolId } from "./lending/findMarkets.ts";
import { createReads } from "./reads.ts";
import { findRoute as bestRoute } from "./routes/findRoute.ts";
import type { Context, PlanInput, Venues } from "./types.ts";

const DEFAULTS = { slippageBps: 50, deadlineSeconds: 1_200, expirySeconds: 120, horizonDays: 30, lateBinding: true };

/** What people call the chains that are supported; ids count as well. */
const CHAIN_NAMES: Readonly<Record<string, number>> = {
  ethereum: 1,
  mainnet: 1,
  "ethereum mainnet": 1,
  optimism: 10,
  polygon: 137,
  base: 8453,
  arbitrum: 42161,
  "arbitrum one": 42161,
  local: 31337,
  devnet: 31337,
  anvil: 31337,
};

/** Settings and constraints of one plan, checked. Throws ChainMismatchError, DeadlineError, UnsupportedActionError. */
export function openContext(input: PlanInput): Context {
  const { reader, protocols, prices, account, intent, options, findRoute = bestRoute, resolveRecipient } = input;
  const constraints = intent.constraints ?? {};
  checkChain(constraints, reader.chainId);
  checkMinReceive(intent);
  const settings = { ...DEFAULTS, ...options };
  const said = constraints.maxSlippageBps;
  const deadlineSeconds = deadlineOf(
    constraints,
    maxOf(options.nowSeconds, reader.timestamp),
    settings.deadlineSeconds,
  );
  const context = {
    reader,
    protocols,
    account,
    intent,
    findRoute,
    ...(resolveRecipient === undefined ? {} : { resolveRecipient }),
    reads: createReads({ reader, protocols, prices, account }),
    slippageBps: said === undefined ? settings.slippageBps : Number(floorUnits(parseDecimal(said), 0)),
    deadlineSeconds,
    // Nothing starts after the owner's own deadline, calls that carry none on chain included.
    expiresAtSeconds: minOf(options.nowSeconds + BigInt(settings.expirySeconds), deadlineSeconds),
    horizonDays: settings.horizonDays,
    lateBinding: settings.lateBinding,
    venues: { deny: [] },
  };
  return { ...context, venues: venuesOf(context, constraints) };
}

function checkChain({ chain }: Constraints, chainId: number): void {
  if (chain === undefined) return;
  const named = CHAIN_NAMES[chain.toLowerCase()] ?? Number(chain);
  if (named === chainId) return;
  throw new ChainMismatchError(
    `You asked for ${chain} and this is chain ${chainId}: connect to that chain or leave it out.`,
    {
      facts: [`asked for ${chain}`, `connected to ${chainId}`],
    },
  );
}

/** A least to receive needs a swap that it can bind; one that nothing holds must not be passed over. */
function checkMinReceive({ actions, constraints }: Intent): void {
  if (constraints?.minReceive === undefined || actions.some(({ type }) => type === "swap" || type === "earn")) return;
  throw new UnsupportedActionError("The least to receive can be held for a swap or earn only: leave it out here.");
}

function deadlineOf({ deadline }: Constraints, nowSeconds: bigint, seconds: number): bigint {
  const usual = nowSeconds + BigInt(seconds);
  if (deadline === undefined) return usual;
  const parsedMs = Date.parse(deadline);
  if (Number.isNaN(parsedMs)) throw new DeadlineError(`"${deadline}" is no date: give the deadline as an ISO date.`);
  const said = BigInt(Math.floor(parsedMs / 1000));
  if (said <= nowSeconds) throw new DeadlineError(`The deadline ${deadline} has passed: give a later one.`);
  return minOf(usual, said);
}

/** "uniswap" without a version means every version. */
function venuesOf(context: Context, { protocols }: Constraints): Venues {
  const expand = (named: string) => {
    const family = context.protocols.map((one) => one.id).filter((id) => id.startsWith(`${named.toLowerCase()}-v`));
    return family.length > 0 ? family : [protocolId(context, named)];
  };
  const deny = (protocols?.deny ?? []).flatMap(expand);
  const allow = protocols?.allow?.flatMap(expand);
  return allow === undefined ? { deny } : { allow, deny };
}
