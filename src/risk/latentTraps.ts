import type { Address, Hex } from "viem";
import { attacks, openAttacks, type Scene } from "./attacks.ts";
import { inTurns } from "./inTurns.ts";
import { narrow } from "./narrow.ts";
import { payableSelectors, privilegedSelectors } from "./privileged.ts";
import { runSale, type SaleOutcome, type SaleRun, shortfallBps } from "./saleRun.ts";
import { formulaOut, nativeDepth } from "./trade.ts";
import type { LatentFinding, ProbeCall, Target } from "./types.ts";

/** A tax that a privileged call adds, in basis points, from which it is a trap (guards research: 25 points). */
const TAX_ADDED_BPS = 2_500n;
/** Part of the supply that has to appear, or to leave the pool, before it counts. */
const SUPPLY_PART = 50n;
const POOL_PART = 20n;

export type LatentRequest = {
  /** A run that sells well: bought amount known, nothing done in between. */
  readonly run: Omit<SaleRun, "meanwhile">;
  /** The token itself, and every contract that it asks during a transfer. */
  readonly targets: readonly Target[];
  /** Fresh accounts: one that stands for anybody, and one that gets a plain transfer. */
  readonly stranger: Address;
  readonly friend: Address;
};

type Change = { readonly kind: LatentFinding["kind"]; readonly says: string };
type Suspect = { readonly caller: Address; readonly calls: readonly ProbeCall[] };

/**
 * What privileged callers could do next, in a sandbox: every account that a contract treats otherwise than a stranger, and
 * the stranger itself, makes adversarial calls, and the bought tokens are sold again. A change is narrowed down to the fewest
 * calls that cause it, so that a token costs tens of probes and not thousands.
 *
 * @throws {ProbeUnavailableError}
 */
export async function latentTraps(request: LatentRequest): Promise<readonly LatentFinding[]> {
  const { targets, stranger, friend } = request;
  const callers = [...new Set(targets.flatMap((target) => target.callers))];
  // The stranger stands first.
  const watch = [stranger, ...callers, request.run.pair.pair, request.run.token];
  const run = { ...request.run, watch, lastTo: friend, surroundings: "impersonated" } as const;
  const before = await runSale(run);
  const suspects = await suspectsOf({ ...request, run }, before);
  const told = new Set<string>();
  const found = await inTurns(suspects, async ({ caller, calls }): Promise<LatentFinding | undefined> => {
    const attempt = (tried: readonly ProbeCall[]) => changed(run, before, tried);
    const first = await attempt(calls);
    if (first === undefined || told.has(`${caller} ${first.kind}`)) return undefined;
    told.add(`${caller} ${first.kind}`);
    const fewest = await narrow(calls, async (tried) => (await attempt(tried)) !== undefined);
    const change = await attempt(fewest);
    if (change === undefined) return undefined;
    // What anybody can do is no power of this one.
    const open = fewest.map((call) => ({ ...call, from: stranger }));
    const anybody = caller === stranger ? undefined : await attempt(open);
    const others = fewest.map((call) => ({ ...call, data: naming(call.data, run.through ?? run.buyer, friend) }));
    const aimed = others.some(({ data }, at) => data !== fewest[at]?.data) && (await attempt(others)) === undefined;
    const who = anybody === undefined ? caller : stranger;
    return { caller: who, calls: fewest.map(({ to, data }) => ({ to, data })), aimed, ...(anybody ?? change) };
  });
  return distinct(found.filter((one) => one !== undefined));
}

/** The same call, naming somebody else. */
function naming(data: Hex, one: Address, other: Address): Hex {
  return data.toLowerCase().replaceAll(one.slice(2).toLowerCase(), other.slice(2).toLowerCase()) as Hex;
}

async function suspectsOf(
  { run, targets, stranger }: LatentRequest,
  { supply = 0n }: SaleOutcome,
): Promise<readonly Suspect[]> {
  const { reader, token, pair } = run;
  const scene: Scene = { token, seller: run.through ?? run.buyer, pair: pair.pair, router: pair.router, supply };
  const pairs = targets.flatMap((target) => [...target.callers, stranger].map((caller) => ({ target, caller })));
  const found = await inTurns(pairs, async ({ target, caller }): Promise<readonly Suspect[]> => {
    if (target.selectors.length === 0) return [];
    const of = { reader, scene, target, caller, stranger };
    const sequences =
      caller === stranger
        ? openAttacks(scene, target, { stranger, payable: await payableSelectors(of) })
        : attacks(scene, target, { caller, privileged: await privilegedSelectors(of) });
    return sequences.map((calls) => ({ caller, calls }));
  });
  return found.flat();
}

/** What calls of others did to a sale that went well without them. */
async function changed(
  run: LatentRequest["run"],
  before: SaleOutcome,
  meanwhile: readonly ProbeCall[],
): Promise<Change | undefined> {
  const after = await runSale({ ...run, meanwhile });
  const [one, other] = [before.sales[0], after.sales[0]];
  if (one?.ok !== true || other === undefined) return undefined;
  if (before.supply !== undefined && after.supply === undefined)
    return { kind: "replaces-code", says: "the token no longer answers as a token" };
  if (other.held < run.bought) return taken(run, before, after);
  // Before the sale: a pool that was sent more than it can count fails for that reason alone.
  const moved = supplied(run, before, after, meanwhile);
  if (moved !== undefined) return moved;
  if (!other.ok) return { kind: "blocks-sale", says: "the sale fails" };
  const added = shortfallBps(other.expected, other.got) - shortfallBps(one.expected, one.got);
  if (added >= TAX_ADDED_BPS) return { kind: "raises-tax", says: `the sale brings ${added / 100n} % less` };
  if (before.lastPassed === true && after.lastPassed === false)
    return { kind: "blocks-transfer", says: "a plain transfer fails" };
  return undefined;
}

/** Bridges destroy what they let out elsewhere, and the supply tells it; who only takes leaves the supply as it is. */
function taken(run: LatentRequest["run"], before: SaleOutcome, after: SaleOutcome): Change {
  const lost = run.bought - (after.sales[0]?.held ?? 0n);
  return after.supply !== undefined && after.supply + lost <= (before.supply ?? 0n)
    ? { kind: "burns-balance", says: "the holder's tokens are destroyed" }
    : { kind: "takes-balance", says: "the holder's tokens are taken" };
}

/** New tokens, and tokens out of the pool. */
function supplied(
  run: LatentRequest["run"],
  before: SaleOutcome,
  after: SaleOutcome,
  meanwhile: readonly ProbeCall[],
): Change | undefined {
  const gift = given(run, before, after, meanwhile);
  if (gift !== undefined) return gift;
  // Where all balances grow alike, as in a rebasing token, nobody's share gets smaller.
  const held = after.sales[0]?.held ?? run.bought;
  const share = (amount: bigint) => (amount * held) / run.bought;
  const [old, supply] = [share(before.supply ?? 0n), after.supply ?? 0n];
  const kind = meanwhile[0]?.from === run.watch?.[0] ? "inflates" : "mints";
  if (supply > old + old / SUPPLY_PART) return { kind, says: "new tokens are made" };
  const sum = ({ watched }: SaleOutcome) => watched.reduce((total, one) => total + one, 0n);
  if (sum(after) > share(sum(before)) + old / SUPPLY_PART)
    return { kind, says: "tokens appear that nobody gave up, beside the supply" };
  const pool = (run.watch ?? []).indexOf(run.pair.pair);
  const [full = 0n, left = 0n] = [before.watched[pool], after.watched[pool]];
  if (left + full / POOL_PART < full) return { kind: "takes-balance", says: "the pool's tokens are taken" };
  return undefined;
}

/** Tokens that anybody, the first of those watched, got for less than the pool asks: they will be sold into it. */
function given(
  { watch = [], pair }: LatentRequest["run"],
  before: SaleOutcome,
  after: SaleOutcome,
  calls: readonly ProbeCall[],
): Change | undefined {
  const [stranger] = watch;
  if (calls[0]?.from !== stranger) return undefined;
  const got = (after.watched[0] ?? 0n) - (before.watched[0] ?? 0n);
  if (got <= 0n) return undefined;
  const paid = calls.reduce((sum, { value = 0n }) => sum + value, 0n);
  const [base, tokens] = [nativeDepth(pair), pair.tokenReserve];
  if (got <= formulaOut(paid, base, tokens)) return undefined;
  const grave = got > (before.supply ?? 0n) / SUPPLY_PART;
  return {
    kind: grave ? "mints" : "gives-away",
    says: paid === 0n ? "tokens are had for nothing" : "tokens are had for less than the pool asks",
  };
}

/** One finding per caller and kind, the one with the fewest calls. */
function distinct(found: readonly LatentFinding[]): readonly LatentFinding[] {
  const best = new Map<string, LatentFinding>();
  for (const one of found) {
    const key = `${one.caller} ${one.kind}`;
    const known = best.get(key);
    if (known === undefined || one.calls.length < known.calls.length) best.set(key, one);
  }
  return [...best.values()];
}
