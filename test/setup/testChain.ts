import { type Account, createWalletClient, http, type TransactionReceipt } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { ChainAddresses } from "../../src/chain/addresses.ts";
import { createClient } from "../../src/chain/createClient.ts";
import { createReader } from "../../src/chain/createReader.ts";
import { devnetAddresses, devnetTokens } from "../../src/chain/devnetAddresses.ts";
import type { Client, Reader } from "../../src/chain/reader.ts";
import type { Devnet } from "../../src/devnet/types.ts";
import type { Call } from "../../src/domain/call.ts";
import type { Token, TokenRegistry } from "../../src/domain/token.ts";
import { createProtocols } from "../../src/protocols/index.ts";
import type { Protocol } from "../../src/protocols/protocol.ts";

/** A local chain as tests use it. */
export type TestChain = {
  readonly devnet: Devnet;
  readonly client: Client;
  readonly addresses: ChainAddresses;
  readonly tokens: TokenRegistry;
  readonly protocols: readonly Protocol[];
  /** Account 0: funded with every token. */
  readonly owner: Account;
  /** Account 1: has an Aave loan. */
  readonly borrower: Account;
  /** Pins the latest block. */
  reader(): Promise<Reader>;
  /** Registered token by symbol; fails the test when the chain has none. */
  token(symbol: string): Token;
  /** Sends a call and waits; a revert is a receipt with status "reverted". Default sender: owner. */
  send(call: Call, from?: Account): Promise<TransactionReceipt>;
};

/** The test's view of a running chain. */
export function toTestChain(devnet: Devnet): TestChain {
  const { deployment, rpcUrl, chainId } = devnet;
  const client = createClient({ rpcUrl, chainId, multicall3: deployment.multicall3 });
  const addresses = devnetAddresses(deployment);
  const tokens = devnetTokens(deployment);
  const [owner, borrower] = devnet.accounts.map((account) => privateKeyToAccount(account.privateKey));
  if (owner === undefined || borrower === undefined) throw new Error("the local chain has no accounts");
  const wallet = createWalletClient({ chain: client.chain, transport: http(rpcUrl) });
  return {
    devnet,
    client,
    addresses,
    tokens,
    protocols: createProtocols(addresses),
    owner,
    borrower,
    reader: () => createReader(client, { addresses, tokens }),
    token: (symbol) => {
      const token = tokens.bySymbol(symbol);
      if (token === undefined) throw new Error(`the local chain has no ${symbol}`);
      return token;
    },
    send: async (call, from = owner) => {
      const hash = await wallet.sendTransaction({ ...call, account: from, gas: 5_000_000n });
      return client.waitForTransactionReceipt({ hash, pollingInterval: 20 });
    },
  };
}
