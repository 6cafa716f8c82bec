import { type Address, encodeFunctionData, size, slice } from "viem";
import { erc20Abi } from "../chain/abis/erc20.ts";
import { aggregate, type RawCall, type RawResult } from "../chain/aggregate.ts";
import type { Reader } from "../chain/reader.ts";

/** Contracts on no list that are asked in one request. */
const TOGETHER = 20;
/** More than any amount that is meant as one; some tokens hold an allowance in 96 bits. */
const ENDLESS = 1n << 128n;
const ENDLESS_96 = (1n << 96n) - 1n;

export type Pair = { readonly token: Address; readonly spender: Address };
export type Allowance = Pair & { readonly amount: bigint };

/** Each pair once. */
export function uniquePairs(pairs: readonly Pair[]): readonly Pair[] {
  return [...new Map(pairs.map((pair) => [`${pair.token}${pair.spender}`.toLowerCase(), pair])).values()];
}

/** Anybody may make tokens that log approvals in our name: they never push a listed one out of sight. */
export function listedFirst({ tokens }: Reader): (a: Pair, b: Pair) => number {
  const rank = ({ token }: Pair) => (tokens.byAddress(token) === undefined ? 1 : 0);
  return (a, b) => rank(a) - rank(b);
}

/** What is not zero, dearest first. A contract that does not answer allows nothing that it would honour. */
export async function openAllowances(
  reader: Reader,
  owner: Address,
  pairs: readonly Pair[],
): Promise<readonly Allowance[]> {
  const isListed = ({ token }: Pair) => reader.tokens.byAddress(token) !== undefined;
  const callOf = ({ token, spender }: Pair): RawCall => ({
    target: token,
    callData: encodeFunctionData({ abi: erc20Abi, functionName: "allowance", args: [owner, spender] }),
  });
  const listed = pairs.filter(isListed);
  const strange = pairs.filter((pair) => !isListed(pair));
  const answers = [
    ...(await aggregate(reader, listed.map(callOf), { callsPerRequest: 100 })),
    ...(await askStrangers(reader, strange.map(callOf))),
  ];
  return [...listed, ...strange]
    .flatMap((pair, index) => {
      const data = answers[index];
      const amount = data === undefined || size(data) < 32 ? 0n : BigInt(slice(data, 0, 32));
      return amount === 0n ? [] : [{ ...pair, amount }];
    })
    .sort((a, b) => listedFirst(reader)(a, b) || Number(isEndless(b)) - Number(isEndless(a)));
}

/** A contract that burns all gas spoils the answers beside it: those that gave none are asked again alone. */
async function askStrangers(reader: Reader, calls: readonly RawCall[]): Promise<readonly RawResult[]> {
  const answers: RawResult[] = [];
  for (let at = 0; at < calls.length; at += TOGETHER) {
    const some = calls.slice(at, at + TOGETHER);
    const together = await aggregate(reader, some, { callsPerRequest: TOGETHER }).catch((): RawResult[] => []);
    const alone = some.map(async (call, index): Promise<RawResult> => {
      if (together[index] !== undefined) return together[index];
      return (await aggregate(reader, [call], { callsPerRequest: 1 }).catch(() => []))[0];
    });
    answers.push(...(await Promise.all(alone)));
  }
  return answers;
}

/** True for an allowance that is meant to have no limit. */
export const isEndless = ({ amount }: Pick<Allowance, "amount">): boolean => amount >= ENDLESS || amount === ENDLESS_96;
