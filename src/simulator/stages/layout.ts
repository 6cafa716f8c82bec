import { type Address, encodeFunctionData } from "viem";
import { erc20Abi } from "../../chain/abis/erc20.ts";
import { multicall3Abi } from "../../chain/abis/multicall3.ts";
import type { Call } from "../../domain/call.ts";
import { isNative } from "../../domain/token.ts";
import { SimulationUnavailableError } from "../errors.ts";
import type { PositionProbe, StepResult } from "../types.ts";
import type { Watch } from "./watch.ts";

/** What one run of the sequence showed. Amounts are undefined where a read failed (not a token). */
export type Observed = {
  /** balances[0] before anything, balances[i + 1] after call i; each in the order of watch.assets. */
  readonly balances: readonly (readonly (bigint | undefined)[])[];
  readonly calls: readonly StepResult[];
  readonly allowances: {
    readonly before: readonly (bigint | undefined)[];
    readonly after: readonly (bigint | undefined)[];
  };
  readonly probes: {
    readonly before: readonly (readonly StepResult[])[];
    readonly after: readonly (readonly StepResult[])[];
  };
};

type Parts = {
  readonly owner: Address;
  readonly multicall3: Address;
  readonly calls: readonly Call[];
  readonly watch: Watch;
  readonly probes: readonly PositionProbe[];
};

/** The sequence: balances, allowances and positions; then each call with the balances after it; then the rest again. */
export function layOut({ owner, multicall3, calls, watch, probes }: Parts): readonly Call[] {
  const balances = watch.assets.map((asset) => balanceRead(asset, owner, multicall3));
  const edges = [...watch.pairs.map((pair) => allowanceRead(pair, owner)), ...probes.flatMap((probe) => probe.reads)];
  return [...edges, ...balances, ...calls.flatMap((call) => [call, ...balances]), ...edges];
}

/** Reads the results of `layOut`'s sequence back. Throws SimulationUnavailableError when the node returned too few. */
export function readBack(parts: Parts, results: readonly StepResult[]): Observed {
  const take = cursor(results);
  const allowances = () => parts.watch.pairs.map(() => amountOf(take()));
  const probes = () => parts.probes.map((probe) => probe.reads.map(() => take()));
  const balances = () => parts.watch.assets.map(() => amountOf(take()));
  const before = { allowances: allowances(), probes: probes(), balances: balances() };
  const steps = parts.calls.map(() => ({ call: take(), balances: balances() }));
  return {
    balances: [before.balances, ...steps.map((step) => step.balances)],
    calls: steps.map((step) => step.call),
    allowances: { before: before.allowances, after: allowances() },
    probes: { before: before.probes, after: probes() },
  };
}

function cursor(results: readonly StepResult[]): () => StepResult {
  let next = 0;
  return () => {
    const result = results[next++];
    if (!result)
      throw new SimulationUnavailableError("The node answered fewer results than asked; try again.", { retry: "same" });
    return result;
  };
}

function amountOf(result: StepResult): bigint | undefined {
  // Exactly one word, or a contract without code (success, no data) would read as zero.
  return result.ok && result.data.length === 66 ? BigInt(result.data) : undefined;
}

function balanceRead(asset: Address, owner: Address, multicall3: Address): Call {
  const data = isNative({ address: asset })
    ? encodeFunctionData({ abi: multicall3Abi, functionName: "getEthBalance", args: [owner] })
    : encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [owner] });
  return { to: isNative({ address: asset }) ? multicall3 : asset, data, value: 0n };
}

function allowanceRead(pair: Watch["pairs"][number], owner: Address): Call {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: "allowance", args: [owner, pair.spender] });
  return { to: pair.token, data, value: 0n };
}
