import { type Address, type Hex, zeroAddress } from "viem";
import { expect, test } from "vitest";
import { readAllowances } from "../../src/chain/allowances.ts";
import { readBalances } from "../../src/chain/balances.ts";
import { approveCall } from "../../src/chain/erc20.ts";
import type { Reader } from "../../src/chain/reader.ts";
import type { Effect } from "../../src/domain/effect.ts";
import { fromJson, toJson } from "../../src/domain/json.ts";
import type { Quote, ResolvedAction } from "../../src/domain/quote.ts";
import { isNative, type Token } from "../../src/domain/token.ts";
import type { Protocol } from "../../src/protocols/protocol.ts";
import type { TestChain } from "../setup/testChain.ts";

export type ConformanceCase = {
  readonly name: string;
  readonly protocol: string;
  /** Anything that must exist first (a position, a loan); sent before the reader is pinned. */
  readonly prepare?: (chain: TestChain) => Promise<void>;
  readonly action: (chain: TestChain, reader: Reader) => ResolvedAction | Promise<ResolvedAction>;
  /** The amount asked of the real contract itself, not through the adapter: what the quote must equal to the unit. */
  readonly real?: (chain: TestChain, reader: Reader, quote: Quote) => Promise<bigint>;
  /** Which number of the quote `real` gives; default "gets". */
  readonly realIs?: "gets" | "pays";
  /** What the calls must decode to, in order. */
  readonly effects: (chain: TestChain, quote: Quote, owner: Address, deadlineSeconds: bigint) => readonly Effect[];
  /** Contracts that must hold none of the quote's tokens afterwards: routers, adapters. */
  readonly empty?: (chain: TestChain) => readonly Address[];
  /**
   * Base units by which executed changes may differ from the quote because the next block is some seconds later
   * (interest); default 0. Swaps have no excuse.
   */
  readonly tolerance?: (quote: Quote) => bigint;
  /** Further checks on the mined state: position grew, debt gone, rate as quoted. */
  readonly after?: (chain: TestChain, quote: Quote) => Promise<void>;
  /** Who acts; default the chain's owner. */
  readonly as?: "owner" | "borrower";
};

/** The same questions for every protocol: terms equal the contract's, calls mean the action, execution leaves nothing. */
export function conformance(chain: () => TestChain, cases: readonly ConformanceCase[]): void {
  for (const item of cases) {
    test(`conformance: ${item.protocol} ${item.name}`, async () => {
      const net = chain();
      const account = net[item.as ?? "owner"];
      const protocol = named(net.protocols, item.protocol);
      await item.prepare?.(net);
      const reader = await net.reader();
      const action = await item.action(net, reader);
      const quote = await protocol.quote(reader, action, account.address);
      const deadline = reader.timestamp + 1200n;
      expect(quote).toMatchObject({ protocol: item.protocol, block: reader.block });
      expect(quote.action).toEqual(action);
      expect(fromJson<Quote>(toJson(quote))).toEqual(quote); // plain data
      await expectRealTerms(item, net, reader, quote);
      expectSameMeaning(item, net, protocol, quote, account.address, deadline);
      await expectExecution(item, net, protocol, quote, deadline);
      await item.after?.(net, quote);
    });
  }
}

async function expectRealTerms(item: ConformanceCase, net: TestChain, reader: Reader, quote: Quote): Promise<void> {
  if (item.real === undefined) return;
  const side = (item.realIs ?? "gets") === "gets" ? quote.gets : quote.pays;
  expect(side.reduce((sum, { amount }) => sum + amount, 0n)).toBe(await item.real(net, reader, quote));
}

function expectSameMeaning(
  item: ConformanceCase,
  net: TestChain,
  protocol: Protocol,
  quote: Quote,
  owner: Address,
  deadline: bigint,
): void {
  const calls = protocol.calls(quote, owner, deadline);
  expect(protocol.calls(quote, owner, deadline)).toEqual(calls); // pure
  expect(calls.map((call) => protocol.decode(call))).toEqual(item.effects(net, quote, owner, deadline));
  const known = protocol.known(net.addresses).map(({ address }) => address.toLowerCase());
  for (const call of calls) expect(known).toContain(call.to.toLowerCase());
  for (const { spender } of quote.approvals) expect(known).toContain(spender.toLowerCase());
  for (const call of calls) {
    for (const other of net.protocols.filter(({ id }) => id !== protocol.id))
      expect(other.decode(call)).toBeUndefined();
    expect(protocol.decode({ ...call, to: zeroAddress })).toBeUndefined();
    expect(protocol.decode({ ...call, data: `${call.data}00` as Hex })).toBeUndefined();
    // a value that belongs there changes the meaning; any other is not understood
    expect(protocol.decode({ ...call, value: call.value + 1n })).not.toEqual(protocol.decode(call));
  }
}

async function expectExecution(
  item: ConformanceCase,
  net: TestChain,
  protocol: Protocol,
  quote: Quote,
  deadline: bigint,
): Promise<void> {
  const account = net[item.as ?? "owner"];
  const moved = tokensOf(quote);
  const spenders = quote.approvals.map(({ token, spender }) => ({ token, spender }));
  const start = await net.reader();
  const holders = item.empty?.(net) ?? [];
  const before = await readBalances(start, account.address, moved);
  let gasWei = 0n;
  const calls = [
    ...quote.approvals.map(({ token, spender, amount }) => approveCall(token.address, spender, amount)),
    ...protocol.calls(quote, account.address, deadline),
  ];
  for (const call of calls) {
    const receipt = await net.send(call, account);
    expect(receipt.status).toBe("success");
    gasWei += receipt.gasUsed * receipt.effectiveGasPrice;
  }
  const end = await net.reader();
  const after = await readBalances(end, account.address, moved);
  const paidByToken = new Map<Token, bigint>();
  moved.forEach((token, index) => {
    const gas = isNative(token) ? gasWei : 0n;
    const delta = (after[index]?.amount ?? 0n) - (before[index]?.amount ?? 0n) + gas;
    const expected = amountOf(quote.gets, token) - amountOf(quote.pays, token);
    const off = delta > expected ? delta - expected : expected - delta;
    expect([token.symbol, delta, off <= (item.tolerance?.(quote) ?? 0n)]).toEqual([token.symbol, delta, true]);
    paidByToken.set(token, -delta);
  });
  const left = await readAllowances(end, account.address, spenders);
  quote.approvals.forEach(({ token, amount }, index) => {
    // what the planner resets: exactly what an exact output or an interest buffer did not need
    expect(left[index]).toBe(amount - (paidByToken.get(token) ?? 0n));
  });
  for (const holder of holders) {
    const dust = await readBalances(end, holder, [...moved, net.tokens.native, net.tokens.wrappedNative]);
    expect(dust.filter(({ amount }) => amount > 0n)).toEqual([]);
  }
}

/** Tokens that the quote moves, each once. */
function tokensOf(quote: Quote): readonly Token[] {
  const all = [...quote.pays, ...quote.gets, ...quote.approvals].map(({ token }) => token);
  return [...new Map(all.map((token) => [token.address.toLowerCase(), token])).values()];
}

const amountOf = (side: Quote["pays"], token: Token): bigint =>
  side.reduce((sum, entry) => (entry.token.address === token.address ? sum + entry.amount : sum), 0n);

function named(protocols: readonly Protocol[], id: string): Protocol {
  const protocol = protocols.find((candidate) => candidate.id === id);
  if (protocol === undefined) throw new Error(`no protocol ${id} on the test chain`);
  return protocol;
}
