import type { Hex } from "viem";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { revertTo, snapshot, startDevnet } from "../../src/devnet/index.ts";
import { type TestChain, toTestChain } from "./testChain.ts";

export type { TestChain } from "./testChain.ts";

/** Starts a chain for the test file; every test begins at the same state and leaves no trace. */
export function withDevnet(): () => TestChain {
  let chain: TestChain | undefined;
  let before: Hex | undefined;
  const running = (): TestChain => {
    if (chain === undefined) throw new Error("withDevnet: use the chain inside a test or hook");
    return chain;
  };
  beforeAll(async () => {
    chain = toTestChain(await startDevnet());
  });
  beforeEach(async () => {
    before = await snapshot(running().client);
  });
  afterEach(async () => {
    if (before !== undefined) await revertTo(running().client, before);
    before = undefined;
  });
  afterAll(async () => chain?.devnet.stop());
  return running;
}
