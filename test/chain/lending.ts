import {
  type Address,
  createWalletClient,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  http,
  parseAbi,
  type TransactionReceipt,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { erc20Abi } from "../../src/chain/abis/erc20.ts";
import { createClient } from "../../src/chain/createClient.ts";
import { createReader } from "../../src/chain/createReader.ts";
import { devnetAddresses, devnetTokens } from "../../src/chain/devnetAddresses.ts";
import type { Client, Reader } from "../../src/chain/reader.ts";
import { type Devnet, revertTo, snapshot, startDevnet } from "../../src/devnet/index.ts";
import type { LendMarket, Market } from "../../src/domain/market.ts";
import type { Quote, ResolvedAction } from "../../src/domain/quote.ts";
import type { Token } from "../../src/domain/token.ts";
import type { Protocol } from "../../src/protocols/protocol.ts";

/** A started chain and an account on it, as one test file of a lending protocol uses them. */
export type Bench = {
  readonly devnet: Devnet;
  readonly client: Client;
  readonly owner: Address;
  /** Pinned to the latest block. */
  reader(): Promise<Reader>;
  token(symbol: string): Token;
  balance(token: Token): Promise<bigint>;
  allowance(token: Token, spender: Address): Promise<bigint>;
  /** Sends as the owner; the transaction may revert (see status). */
  send(call: { readonly to: Address; readonly data: Hex; readonly value?: bigint }): Promise<TransactionReceipt>;
  approve(token: Token, spender: Address, amount: bigint): Promise<void>;
};

/** Starts one chain per file (account 0 as owner) and puts it back after each test. */
export function useBench(): Bench {
  let started: Bench | undefined;
  let saved: Hex | undefined;
  const get = (): Bench => {
    if (started === undefined) throw new TypeError("the chain starts in beforeAll");
    return started;
  };
  beforeAll(async () => {
    started = openBench(await startDevnet());
  });
  beforeEach(async () => {
    saved = await snapshot(get().client);
  });
  afterEach(async () => {
    if (saved !== undefined) await revertTo(get().client, saved);
  });
  afterAll(() => started?.devnet.stop());
  return {
    get devnet() {
      return get().devnet;
    },
    get client() {
      return get().client;
    },
    get owner() {
      return get().owner;
    },
    reader: () => get().reader(),
    token: (symbol) => get().token(symbol),
    balance: (token) => get().balance(token),
    allowance: (token, spender) => get().allowance(token, spender),
    send: (call) => get().send(call),
    approve: (token, spender, amount) => get().approve(token, spender, amount),
  };
}

function openBench(devnet: Devnet): Bench {
  const client = createClient({ rpcUrl: devnet.rpcUrl, chainId: 31337 });
  const [first] = devnet.accounts;
  if (first === undefined) throw new TypeError("the local chain has accounts");
  const account = privateKeyToAccount(first.privateKey);
  const wallet = createWalletClient({ account, chain: client.chain, transport: http(devnet.rpcUrl) });
  const tokens = devnetTokens(devnet.deployment);
  const addresses = devnetAddresses(devnet.deployment);
  const owner = account.address;
  const send: Bench["send"] = async (call) => {
    const hash = await wallet.sendTransaction({ ...call, gas: 3_000_000n });
    return client.waitForTransactionReceipt({ hash, pollingInterval: 20 });
  };
  const erc20 = { abi: erc20Abi } as const;
  return {
    devnet,
    client,
    owner,
    send,
    reader: () => createReader(client, { addresses, tokens }),
    token: (symbol) => {
      const token = tokens.bySymbol(symbol);
      if (token === undefined) throw new TypeError(`no ${symbol} on the local chain`);
      return token;
    },
    balance: ({ address }) => client.readContract({ ...erc20, address, functionName: "balanceOf", args: [owner] }),
    allowance: ({ address }, spender) =>
      client.readContract({ ...erc20, address, functionName: "allowance", args: [owner, spender] }),
    approve: async ({ address }, spender, amount) => {
      const data = encodeFunctionData({ ...erc20, functionName: "approve", args: [spender, amount] });
      const { status } = await send({ to: address, data });
      if (status !== "success") throw new TypeError("approve reverted");
    },
  };
}

/** What executing a quote did, with exact approvals before and a reset after, as the planner does it. */
export type Done = {
  readonly quote: Quote;
  readonly gasUsed: bigint;
  readonly deltas: ReadonlyMap<string, bigint>;
};

/** Quotes, approves exactly, runs the calls, resets what is left of an approval, and reports balance changes by symbol. */
export async function execute(bench: Bench, protocol: Protocol, action: ResolvedAction): Promise<Done> {
  const quote = await protocol.quote(await bench.reader(), action, bench.owner);
  return executeQuote(bench, protocol, quote);
}

export async function executeQuote(bench: Bench, protocol: Protocol, quote: Quote): Promise<Done> {
  const touched = [...quote.pays, ...quote.gets].map(({ token }) => token);
  for (const { token, spender, amount } of quote.approvals) await bench.approve(token, spender, amount);
  const before = await Promise.all(touched.map((token) => bench.balance(token)));
  let gasUsed = 0n;
  for (const { to, data, value } of protocol.calls(quote, bench.owner, 0n)) {
    const receipt = await bench.send({ to, data, value });
    if (receipt.status !== "success") throw new TypeError(`${quote.action.type} reverted on chain`);
    gasUsed += receipt.gasUsed;
  }
  const after = await Promise.all(touched.map((token) => bench.balance(token)));
  for (const { token, spender } of quote.maxPays === undefined ? [] : quote.approvals)
    await bench.approve(token, spender, 0n);
  const deltas = new Map(touched.map((token, index) => [token.symbol, (after[index] ?? 0n) - (before[index] ?? 0n)]));
  return { quote, gasUsed, deltas };
}

/** Words that the real contract returns for the quote's first call, asked at the quote's own block (approvals must stand there). */
export async function contractSays(bench: Bench, protocol: Protocol, quote: Quote): Promise<readonly bigint[]> {
  const [call] = protocol.calls(quote, bench.owner, 0n);
  if (call === undefined) throw new TypeError("a quote has a call");
  const { data } = await bench.client.call({
    account: bench.owner,
    to: call.to,
    data: call.data,
    blockNumber: quote.block,
  });
  const words = data === undefined ? 0 : (data.length - 2) / 64;
  const abi = parseAbi(
    words === 2 ? ["function f() view returns (uint256, uint256)"] : ["function f() view returns (uint256)"],
  );
  const result = data === undefined ? [] : decodeFunctionResult({ abi, data });
  return (Array.isArray(result) ? result : [result]) as readonly bigint[];
}

/** The market with this id and asset, read anew. */
export async function marketOf(bench: Bench, protocol: Protocol, id: string): Promise<LendMarket> {
  const markets: readonly Market[] = await protocol.markets(await bench.reader());
  const found = markets.find((market) => market.id.toLowerCase() === id.toLowerCase());
  if (found?.kind !== "lend") throw new TypeError(`no market ${id}`);
  return found;
}

/** The next block keeps the latest block's time, so that no interest accrues between quote and execution. */
export async function freezeTime(bench: Bench): Promise<void> {
  const { timestamp } = await bench.client.getBlock();
  await setNextTime(bench, timestamp);
}

export async function setNextTime(bench: Bench, timestamp: bigint): Promise<void> {
  const body = { jsonrpc: "2.0", id: 1, method: "evm_setNextBlockTimestamp", params: [Number(timestamp)] };
  const response = await fetch(bench.devnet.rpcUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (typeof answer === "object" && answer !== null && "error" in answer)
    throw new TypeError(`evm_setNextBlockTimestamp: ${JSON.stringify(answer.error)}`);
}
