import type { Address, Hex } from "viem";
import type { Reader } from "../chain/reader.ts";
import { argumentLists, callOf, EMPTY, OFFER, type Scene } from "./attacks.ts";
import { runProbe } from "./probe.ts";
import type { ProbeCall, ProbeResult, Target } from "./types.ts";

/** Gas that no difference of calldata explains: another path was taken, without a revert. */
const OTHER_PATH_GAS = 1_500n;
/** Selector of `Error(string)`. */
const ERROR_TEXT = "0x08c379a0";
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

/** Functions, the fallback among them, that take an offer of ether from anybody, asked without arguments. */
export async function payableSelectors({ reader, target, stranger }: PrivilegeRequest): Promise<readonly Hex[]> {
  const asked = [EMPTY, ...target.selectors];
  const calls = asked.map((data) => ({ from: stranger, to: target.at, data, value: OFFER }));
  const funded = new Map([[stranger, FUNDS]]);
  const [answers = []] = await runProbe({ reader, blocks: [{ calls }], funded, surroundings: "impersonated" });
  return asked.filter((_, at) => answers[at]?.ok === true);
}

/** Every function with every argument list, one block each; one request. */
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
  const otherPath = gas > OTHER_PATH_GAS || -gas > OTHER_PATH_GAS;
  // Both refused, for different reasons: one of them came further.
  return otherPath || (!one.ok && reasonOf(one) !== reasonOf(other));
}

/** A text whole, a custom error by its selector, whose arguments may name the caller. */
function reasonOf({ data }: ProbeResult): string {
  return data.startsWith(ERROR_TEXT) ? data : data.slice(0, 10);
}
