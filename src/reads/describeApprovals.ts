import { type Address, getAbiItem, getAddress } from "viem";
import { erc20Abi } from "../chain/abis/erc20.ts";
import { readBalances } from "../chain/balances.ts";
import { readEvents } from "../chain/readEvents.ts";
import type { Reader } from "../chain/reader.ts";
import { isNative, type Token } from "../domain/token.ts";
import { findAsset } from "./findAsset.ts";
import { type AddressBook, nameAddresses } from "./nameAddresses.ts";
import { type Allowance, isEndless, listedFirst, openAllowances, uniquePairs } from "./openAllowances.ts";
import { sayAmount } from "./sayEffect.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { ReadDeps } from "./types.ts";

/** Most approvals named in one answer, and most pairs taken from events: anyone can log an Approval in our name. */
const SHOWN = 20;
const FROM_EVENTS = 200;
const APPROVAL = getAbiItem({ abi: erc20Abi, name: "Approval" });

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
  const seen = uniquePairs(logged.toReversed())
    .filter(({ token }) => only === undefined || only.has(token.toLowerCase()))
    .sort(listedFirst(reader));
  const pairs = uniquePairs([...known, ...seen.slice(0, FROM_EVENTS)]);
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
