import { type Address, getAddress, isAddress } from "viem";
import { approveCall } from "../../chain/erc20.ts";
import type { ActionOf } from "../../domain/intent.ts";
import { isNative } from "../../domain/token.ts";
import { resolveAsset } from "../assets/resolveAsset.ts";
import { addCall, addNotes, closeAction } from "../draft.ts";
import { AmountZeroError, RecipientUnresolvedError, UnsupportedActionError } from "../errors.ts";
import { CALL_GAS } from "../gas.ts";
import { protocolId } from "../lending/findMarkets.ts";
import type { Context, Draft } from "../types.ts";
import { plannedAllowance, setAllowance } from "../wallet.ts";

type Spender = { readonly address: Address; readonly label: string };

/** Takes back what a spender may take of one token: an address, or every contract of a protocol. */
export async function planRevoke(
  context: Context,
  draft: Draft,
  action: ActionOf<"revoke">,
  actionIndex: number,
): Promise<Draft> {
  const token = await resolveAsset(context.reader, action.asset);
  if (isNative(token))
    throw new UnsupportedActionError(`${token.symbol} itself needs no approval, so that none can be taken back.`);
  const spenders = spendersNamed(context, action.spender);
  const open = await Promise.all(
    spenders.map(async ({ address }) => {
      return plannedAllowance(draft.ledger, token, address) ?? (await context.reads.allowance(token, address));
    }),
  );
  const held = spenders.filter((_, index) => (open[index] ?? 0n) > 0n);
  if (held.length === 0)
    throw new AmountZeroError(`Nothing to take back: ${action.spender} may take no ${token.symbol}.`);
  let revoked = draft;
  for (const { address, label } of held)
    revoked = addCall(
      { ...revoked, ledger: setAllowance(revoked.ledger, token, address, 0n) },
      {
        call: approveCall(token.address, address, 0n),
        role: "reset",
        label: `Take back the allowance of ${token.symbol} to ${label}`,
        protocol: "erc20",
        actionIndex,
        gas: CALL_GAS.reset,
      },
    );
  const names = held.map(({ label }) => label).join(" and ");
  const told = addNotes(revoked, { sentences: [`take back the allowance of ${token.symbol} to ${names}`] });
  return closeAction(told, { actionIndex, pays: [], gets: [] }, undefined);
}

function spendersNamed(context: Context, said: string): readonly Spender[] {
  if (isAddress(said, { strict: false })) return [{ address: getAddress(said), label: getAddress(said) }];
  const { addresses } = context.reader;
  const known = context.protocols
    .flatMap((protocol) => protocol.known(addresses))
    .filter(({ role }) => role === "spender");
  const id = protocolId(context, said);
  // "uniswap" without a version means every version.
  const family = `${said.toLowerCase()}-v`;
  const found = known.filter(({ protocol }) => protocol === id || protocol.startsWith(family));
  if (found.length > 0) return found;
  throw new RecipientUnresolvedError(`"${said}" is no protocol of this chain: give the spender's address.`);
}
