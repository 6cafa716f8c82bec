import type { Address, Hex } from "viem";
import { numberToHex } from "viem";
import { runSale, type SaleOutcome, type SaleRun, shortfallBps } from "./saleRun.ts";
import { transferCall } from "./trade.ts";
import type { LatentFinding, ProbeCall, Target } from "./types.ts";

/** A tax that a privileged call adds, in basis points, from which it is a trap (guards research: 25 points). */
const TAX_ADDED_BPS = 2_500n;
const HUGE = 1n << 200n;

export type LatentRequest = {
  /** A run that sells well: bought amount known, nothing done in between. */
  readonly run: Omit<SaleRun, "meanwhile">;
  /** The token itself, and every contract that it asks during a transfer. */
  readonly targets: readonly Target[];
};

type Change = { readonly kind: LatentFinding["kind"]; readonly says: string };

/**
 * What privileged callers could do next: each of them calls every function of the token with adversarial arguments in a
 * sandbox, in two rounds so that a role may be granted and then used, and the bought tokens are sold again. Functions are
 * tried together and a change is narrowed down to the fewest calls that cause it (delta debugging, Zeller and Hildebrandt,
 * "Simplifying and Isolating Failure-Inducing Input", 2002), so that a token costs tens of probes and not thousands.
 *
 * @throws {ProbeUnavailableError}
 */
export async function latentTraps({ run, targets }: LatentRequest): Promise<readonly LatentFinding[]> {
  const before = await runSale(run);
  const suspects = targets.flatMap((target) =>
    target.callers.flatMap((caller) => roundsOf(run, target, caller).map((calls) => ({ caller, calls }))),
  );
  const found = await Promise.all(
    suspects.map(async ({ caller, calls }): Promise<LatentFinding | undefined> => {
      const attempt = (tried: readonly ProbeCall[]) => changed(run, before, tried);
      if ((await attempt(calls)) === undefined) return undefined;
      const fewest = await narrow(calls, async (tried) => (await attempt(tried)) !== undefined);
      const change = await attempt(fewest);
      return change === undefined
        ? undefined
        : { caller, calls: fewest.map(({ to, data }) => ({ to, data })), ...change };
    }),
  );
  return distinct(found.filter((one) => one !== undefined));
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
  if (other.held < run.bought) return { kind: "takes-balance", says: "the holder's tokens are taken" };
  if (!other.ok) return { kind: "blocks-sale", says: "the sale fails" };
  const added = shortfallBps(other.expected, other.got) - shortfallBps(one.expected, one.got);
  if (added >= TAX_ADDED_BPS) return { kind: "raises-tax", says: `the sale brings ${added / 100n} % less` };
  if (after.supply !== undefined && before.supply !== undefined && after.supply > before.supply + before.supply / 10n)
    return { kind: "mints", says: "new tokens are made" };
  return undefined;
}

/** Rounds of calls by one caller: roles first, then one set of arguments each. */
function roundsOf(
  run: LatentRequest["run"],
  { at, selectors }: Target,
  caller: Address,
): readonly (readonly ProbeCall[])[] {
  const all = (words: readonly (Address | bigint)[]): readonly ProbeCall[] =>
    selectors.map((selector) => ({ from: caller, to: at, data: `${selector}${words.map(word).join("")}` as Hex }));
  // Some templates are armed by a transfer to oneself, which looks like nothing.
  const roles = [...all([caller, 1n, 1n, 1n]), transferCall(run.token, caller, caller, 0n)];
  const [seller, pair] = [run.through ?? run.buyer, run.pair.pair];
  return [
    all([seller, 1n, 1n, 1n]),
    all([seller, 0n, 0n, 0n]),
    all([pair, 1n, 1n, 1n]),
    all([0n, 0n, 0n, 0n]),
    all([1n, 1n, 1n, 1n]),
    all([99n, 99n, 99n, 99n]),
    all([9_900n, 9_900n, 9_900n, 9_900n]),
    // A list of one address, alone or beside a flag.
    all([64n, 1n, 1n, seller]),
    all([32n, 1n, seller, 1n]),
    all([caller, HUGE, HUGE, HUGE]),
  ].map((calls) => [...roles, ...calls]);
}

function word(value: Address | bigint): string {
  return numberToHex(typeof value === "bigint" ? value : BigInt(value), { size: 32 }).slice(2);
}

/** Fewest calls, in their order, that still cause it. */
async function narrow(
  calls: readonly ProbeCall[],
  causes: (tried: readonly ProbeCall[]) => Promise<boolean>,
): Promise<readonly ProbeCall[]> {
  let kept = calls;
  for (let pieces = 2; kept.length > 1; ) {
    const size = Math.ceil(kept.length / pieces);
    const parts = Array.from({ length: Math.ceil(kept.length / size) }, (_, at) =>
      kept.slice(at * size, (at + 1) * size),
    );
    const alone = await firstThat(parts, causes);
    const without =
      alone ??
      (await firstThat(
        parts.map((part) => kept.filter((one) => !part.includes(one))),
        causes,
      ));
    if (without !== undefined && without.length < kept.length) {
      kept = without;
      pieces = alone === undefined ? Math.max(2, pieces - 1) : 2;
    } else if (size === 1) break;
    else pieces = Math.min(kept.length, pieces * 2);
  }
  return kept;
}

async function firstThat(
  parts: readonly (readonly ProbeCall[])[],
  causes: (tried: readonly ProbeCall[]) => Promise<boolean>,
): Promise<readonly ProbeCall[] | undefined> {
  for (const part of parts) if (part.length > 0 && (await causes(part))) return part;
  return undefined;
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
