import { type Address, encodeFunctionData, getAbiItem, getAddress, size, slice } from "viem";
import { erc20Abi } from "../chain/abis/erc20.ts";
import { aggregate, type RawCall, type RawResult } from "../chain/aggregate.ts";
import { readBalances } from "../chain/balances.ts";
import { readEvents } from "../chain/readEvents.ts";
import type { Reader } from "../chain/reader.ts";
import { isNative, type Token } from "../domain/token.ts";
import { findAsset } from "./findAsset.ts";
import { type AddressBook, nameAddresses } from "./nameAddresses.ts";
import { sayAmount } from "./sayEffect.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { ReadDeps } from "./types.ts";

/** Most approvals named in one answer, and most pairs taken from events: anyone can log an Approval in our name. */
const SHOWN = 20;
const FROM_EVENTS = 200;
/** Contracts on no list that are asked in one request. */
const TOGETHER = 20;
const APPROVAL = getAbiItem({ abi: erc20Abi, name: "Approval" });
/** More than any amount that is meant as one; some tokens hold an allowance in 96 bits. */
const ENDLESS = 1n << 128n;
const ENDLESS_96 = (1n << 96n) - 1n;

type Pair = { readonly token: Address; readonly spender: Address };
type Allowance = Pair & { readonly amount: bigint };

/** Who may take what from the owner now: known spenders over what is held, and every spender of recent Approval events. */
export async function describeApprovals(
  deps: ReadDeps,
  { owner, asset }: { readonly owner: Address; readonly asset?: string | undefined },
): Promise<Answer> {
  const reader = await deps.reader();
  const source = `allowances and Approval events of ${owner} on chain ${reader.chainId}`;
  const found = asset === undefined ? undefined : await findAsset(reader, asset);
  if (found?.missing !== undefined) return toAnswer({ says: found.missing, block: reader.block, source });
  const asked = found?.tokens.filter((token) => !isNative(token));
  if (asked?.length === 0)
    return toAnswer({
      says: "The chain's own coin needs no approval: nobody may take it.",
      block: reader.block,
      source,
    });
  const book = nameAddresses(deps, reader);
  const tokens = asked ?? (await heldTokens(reader, owner));
  const events = await readEvents(reader, (range) =>
    reader.client.getLogs({ event: APPROVAL, args: { owner }, strict: true, ...range }),
  );
  const logged = (events.logs ?? []).map(({ address, args }) => ({
    token: getAddress(address),
    spender: args.spender,
  }));
  const only = asked === undefined ? undefined : new Set(asked.map(({ address }) => address.toLowerCase()));
  const known = tokens.flatMap((token) =>
    book.spenders.map(({ address }) => ({ token: token.address, spender: address })),
  );
  const seen = unique(logged.toReversed())
    .filter(({ token }) => only === undefined || only.has(token.toLowerCase()))
    .sort(listedFirst(reader));
  const pairs = unique([...known, ...seen.slice(0, FROM_EVENTS)]);
  const open = await openAllowances(reader, owner, pairs);
  const searched =
    events.logs === undefined
      ? `the node did not give the Approval events of ${events.blocks}: spenders that are not known here are not covered`
      : `looked at: ${pairs.length} pairs of token and spender, the spenders of ${events.blocks} among them; older approvals to others are not covered`;
  const inner = open.some(({ spender }) => book.nameOf(spender) === "Permit2")
    ? ["not looked at: what Permit2 lets others take in turn"]
    : [];
  const over = seen.length - FROM_EVENTS;
  const rest = over > 0 ? [`left out: ${over} more pairs of those events, tokens on no list last`] : [];
  const facts = [...open.slice(0, SHOWN).map((one) => sayAllowance(reader, book, one)), ...inner, searched, ...rest];
  return toAnswer({ says: saysOf(open, book), facts, block: reader.block, source });
}

async function heldTokens(reader: Reader, owner: Address): Promise<readonly Token[]> {
  const listed = reader.tokens.all.filter((token) => !isNative(token));
  const balances = await readBalances(reader, owner, listed);
  return balances.filter(({ amount }) => amount > 0n).map(({ token }) => token);
}

function unique(pairs: readonly Pair[]): readonly Pair[] {
  return [...new Map(pairs.map((pair) => [`${pair.token}${pair.spender}`.toLowerCase(), pair])).values()];
}

/** Anybody may make tokens that log approvals in our name: they never push a listed one out of sight. */
function listedFirst({ tokens }: Reader): (a: Pair, b: Pair) => number {
  const rank = ({ token }: Pair) => (tokens.byAddress(token) === undefined ? 1 : 0);
  return (a, b) => rank(a) - rank(b);
}

/** What is not zero, dearest first. A contract that does not answer allows nothing that it would honour. */
async function openAllowances(reader: Reader, owner: Address, pairs: readonly Pair[]): Promise<readonly Allowance[]> {
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

function sayAllowance({ tokens }: Reader, { nameOf }: AddressBook, { token, spender, amount }: Allowance): string {
  const name = nameOf(spender);
  const who = name === undefined ? `${spender} (not known here)` : `${name} (${spender})`;
  const symbol = tokens.byAddress(token)?.symbol ?? `the unlisted token ${token}`;
  return isEndless({ amount })
    ? `${who} may take any amount of ${symbol}`
    : `${who} may take ${sayAmount(tokens, token, amount)}`;
}

function saysOf(open: readonly Allowance[], { nameOf }: AddressBook): string {
  if (open.length === 0) return "No approval is open among the tokens and spenders that were looked at.";
  const endless = open.filter(isEndless).length;
  const strangers = open.filter(({ spender }) => nameOf(spender) === undefined).length;
  const count = open.length === 1 ? "1 approval is open" : `${open.length} approvals are open`;
  const rest = open.length > SHOWN ? `; the first ${SHOWN} are named` : "";
  return `${count}: ${endless} without limit, ${strangers} to a spender that is not known here${rest}.`;
}

const isEndless = ({ amount }: Pick<Allowance, "amount">): boolean => amount >= ENDLESS || amount === ENDLESS_96;
