import { type Address, isAddressEqual } from "viem";
import type { Effect } from "../domain/effect.ts";
import type { Evidence } from "../domain/evidence.ts";
import type { Permission } from "../domain/permission.ts";
import type { BalanceChange, Simulation } from "../domain/simulation.ts";
import { isNative, NATIVE_ADDRESS } from "../domain/token.ts";
import type { Finding } from "../domain/verdict.ts";
import { baitName } from "./baitNames.ts";
import type { ReadCall } from "./readCalls.ts";
import { cut, say } from "./say.ts";

type Outcome = {
  readonly calls: readonly ReadCall[];
  readonly simulation: Simulation;
  readonly evidence: Evidence;
  readonly permissions: readonly Permission[];
};

/** Loss at oracle prices that warns, and that is a danger: Rabby's security engine draws the same lines. */
const WARN_BPS = 1_000n;
const DANGER_BPS = 2_000n;

/** Findings on what the simulated batch really does: what leaves unsaid, what does not come back, allowances that appear. */
export function judgeOutcome(outcome: Outcome): readonly Finding[] {
  const { simulation } = outcome;
  return [
    ...(simulation.oddities ?? []).map(({ asset, text }) => say("odd-token", "warn", asset, cut(text))),
    ...judgeOutflows(outcome),
    ...judgeReturn(outcome),
    ...judgeValue(outcome),
    ...hiddenApprovals(outcome),
  ];
}

const key = (address: string): string => address.toLowerCase();

/** Where every call was read, whatever leaves must be what the calls say. */
function judgeOutflows({ calls, simulation, evidence }: Outcome): readonly Finding[] {
  if (!calls.every(({ whole }) => whole)) return [];
  const said = new Set(
    calls.flatMap(({ effect, swaps, call }) => [
      ...(effect === undefined ? [] : assetsOf(effect, evidence)),
      ...(call.value > 0n ? [key(NATIVE_ADDRESS)] : []),
      // The shapes of other routers' swaps name no asset here; what they take is judged by what comes back.
      ...(effect === undefined && swaps.length > 0
        ? simulation.balanceChanges.map(({ token }) => key(token.address))
        : []),
    ]),
  );
  return simulation.balanceChanges
    .filter(({ token, delta }) => delta < 0n && !said.has(key(token.address)) && !isPosition(evidence, token.address))
    .map(({ token, delta }) =>
      say(
        "unexplained-outflow",
        "danger",
        token.address,
        `${-delta} units of ${cut(token.symbol)} leave, and no call says so`,
      ),
    );
}

function assetsOf(effect: Effect, { wrappedNative }: Evidence): readonly string[] {
  if (effect.type === "swap") return [key(effect.sell)];
  if (effect.type === "wrap") return [key(NATIVE_ADDRESS)];
  if (effect.type === "unwrap") return [key(wrappedNative)];
  return "asset" in effect ? [key(effect.asset)] : [];
}

function isPosition({ known }: Evidence, address: Address): boolean {
  return known.some((one) => one.role === "position-token" && isAddressEqual(one.address, address));
}

/** Something is paid for a trade, or to somebody whom nobody can read, and nothing comes back. */
function judgeReturn({ calls, simulation, evidence }: Outcome): readonly Finding[] {
  return calls.flatMap(({ call, index, whole, effect, swaps }) => {
    const { changes = [], status } = simulation.calls[index] ?? {};
    const leaves = changes.filter(({ delta }) => delta < 0n);
    if (status !== "success" || leaves.length === 0 || changes.some(({ delta }) => delta > 0n)) return [];
    const trade = effect?.type === "swap" || swaps.length > 0;
    if (whole && !trade) return [];
    const known = evidence.known.some(({ address }) => isAddressEqual(address, call.to));
    const bait = baitName(call.data);
    const what = leaves.map(({ token, delta }) => `${-delta} units of ${cut(token.symbol)}`).join(", ");
    const text = `call ${index + 1} takes ${what}, and nothing comes back${bait === undefined ? "" : `; it is called ${bait}`}`;
    return [say("nothing-back", trade || (bait !== undefined && !known) ? "danger" : "warn", call.to, text)];
  });
}

/** Each call at oracle prices, where it gives something and brings something, and all of it has a price. */
function judgeValue({ simulation, evidence }: Outcome): readonly Finding[] {
  return simulation.calls.flatMap(({ changes }, index) => {
    const [out, back] = [changes.filter(({ delta }) => delta < 0n), changes.filter(({ delta }) => delta > 0n)];
    const [paid, got] = [worth(evidence, out), worth(evidence, back)];
    if (paid === undefined || got === undefined || back.length === 0 || paid >= 0n) return [];
    const lossBps = ((-paid - got) * 10_000n) / -paid;
    if (lossBps < WARN_BPS) return [];
    const text = `call ${index + 1} gives $${dollars(-paid)} and brings $${dollars(got)} at oracle prices: ${lossBps} bps lost`;
    return [say("value-loss", lossBps >= DANGER_BPS ? "danger" : "warn", `call ${index + 1}`, text)];
  });
}

function worth({ prices, wrappedNative }: Evidence, changes: readonly BalanceChange[]): bigint | undefined {
  return changes.reduce<bigint | undefined>((sum, { token, delta }) => {
    const asked = isNative(token) ? [NATIVE_ADDRESS, wrappedNative] : [token.address];
    const price = prices.find((one) => asked.some((address) => isAddressEqual(one.token.address, address)));
    return sum === undefined || price === undefined
      ? undefined
      : sum + (delta * price.usdE8) / 10n ** BigInt(price.token.decimals);
  }, 0n);
}

const dollars = (usdE8: bigint): string =>
  `${usdE8 / 100_000_000n}.${((usdE8 / 1_000_000n) % 100n).toString().padStart(2, "0")}`;

/** Allowances that the calls' bytes do not give and that stand afterwards all the same. */
function hiddenApprovals({ simulation, permissions, calls }: Outcome): readonly Finding[] {
  const given = permissions.flatMap((one) =>
    one.type === "allowance" ? [`${key(one.token)}${key(one.spender)}`] : [],
  );
  const read = calls.flatMap(({ effect }) =>
    effect?.type === "approve" ? [`${key(effect.token)}${key(effect.spender)}`] : [],
  );
  const said = new Set([...given, ...read]);
  return simulation.allowances
    .filter(({ before, after }) => after > before)
    .filter(({ token, spender }) => !said.has(`${key(token.address)}${key(spender)}`))
    .map(({ token, spender, after }) =>
      say(
        "hidden-approval",
        "danger",
        spender,
        `${spender} could take ${after} units of ${cut(token.symbol)} afterwards, and no call says so`,
      ),
    );
}
