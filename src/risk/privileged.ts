import type { Address, Hex } from "viem";
import type { Reader } from "../chain/reader.ts";
import { argumentLists, callOf, type Scene } from "./attacks.ts";
import { runProbe } from "./probe.ts";
import type { ProbeCall, ProbeResult, Target } from "./types.ts";

/** Gas that no difference of calldata explains: another path was taken, without a revert. */
const OTHER_PATH_GAS = 1_500n;
const FUNDS = 10n ** 21n;

export type PrivilegeRequest = {
  readonly reader: Reader;
  readonly scene: Scene;
  readonly target: Target;
  readonly caller: Address;
  readonly stranger: Address;
};

/**
 * Functions that treat an account otherwise than a stranger: they revert for one and not for the other, or take another way.
 * Whose name stands where does not matter; who may do what is seen from what happens.
 *
 * @throws {ProbeUnavailableError}
 */
export async function privilegedSelectors(request: PrivilegeRequest): Promise<readonly Hex[]> {
  const [own, strange] = await Promise.all([results(request, request.caller), results(request, request.stranger)]);
  return request.target.selectors.filter((_, at) =>
    own[at]?.some((result, list) => differs(result, strange[at]?.[list])),
  );
}

/** Functions that do something for anybody: they succeed and cost more than a look. */
export async function openSelectors(request: PrivilegeRequest): Promise<readonly Hex[]> {
  const found = await results(request, request.stranger);
  return request.target.selectors.filter((_, at) => found[at]?.some(({ ok, logs }) => ok && logs.length > 0));
}

/** Each function in a block of its own block of calls, every argument list; one request. */
async function results(
  { reader, scene, target, caller }: PrivilegeRequest,
  from: Address,
): Promise<readonly (readonly ProbeResult[])[]> {
  const lists = argumentLists(scene, caller);
  const blocks = target.selectors.map((selector) => ({
    calls: lists.map((words): ProbeCall => callOf(from, target.at, selector, words)),
  }));
  const funded = new Map([[from, FUNDS]]);
  return await runProbe({ reader, blocks, funded, surroundings: "impersonated" });
}

function differs(one: ProbeResult, other: ProbeResult | undefined): boolean {
  if (other === undefined || one.ok !== other.ok) return one.ok;
  const gas = one.gasUsed - other.gasUsed;
  return one.ok && (gas > OTHER_PATH_GAS || -gas > OTHER_PATH_GAS);
}
