import { type Address, createPublicClient, erc20Abi, type Hex, http, type PublicClient } from "viem";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type Devnet, type DevnetDeployment, revertTo, snapshot, startDevnet } from "../../src/devnet/index.ts";

/** A running chain with what these tests ask of it. */
export type Harness = {
  readonly devnet: Devnet;
  readonly deployment: DevnetDeployment;
  readonly client: PublicClient;
  account(index: number): Address;
  balance(token: Address, owner: Address): Promise<bigint>;
};

/** One chain per file, put back after each test. Knows src/devnet only, so that it fails for no other room's reason. */
export function harness(): () => Harness {
  let running: Harness | undefined;
  let clean: Hex = "0x";
  const get = () => running ?? expect.fail("the chain is not up");
  beforeAll(async () => {
    const devnet = await startDevnet();
    const client = createPublicClient({ transport: http(devnet.rpcUrl), cacheTime: 0 });
    running = {
      devnet,
      deployment: devnet.deployment,
      client,
      account: (index) => devnet.accounts[index]?.address ?? expect.fail(`no account ${index}`),
      balance: (address, owner) =>
        client.readContract({ address, abi: erc20Abi, functionName: "balanceOf", args: [owner] }),
    };
  });
  afterAll(() => running?.devnet.stop());
  beforeEach(async () => {
    clean = await snapshot(get().client);
  });
  afterEach(() => revertTo(get().client, clean));
  return get;
}
