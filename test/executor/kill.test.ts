import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { erc20Abi, type Hex, type Transaction } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDevnet } from "../../src/devnet/index.ts";
import type { Intent } from "../../src/domain/intent.ts";
import { minedReceipts, recordedOutcome } from "../../src/executor/runCalls.ts";
import { type Journal, openJournal } from "../../src/storage/journal.ts";
import { type TestChain, toTestChain } from "../setup/testChain.ts";
import type { ChildReport } from "./killChild.ts";
import { KILL_CASES, type KillCase } from "./killPoints.ts";
import { type Life, runChild } from "./runChild.ts";

const SELL_DAI = 100n * 10n ** 18n;
const ACTIONS: Intent["actions"] = [
  {
    type: "swap",
    sell: "DAI",
    buy: "ETH",
    amount: { unit: "token", value: "100" },
    side: "sell",
  },
  { type: "supply", asset: "ETH", amount: { unit: "previous" }, protocol: "aave-v3" },
];

type Row = {
  readonly killed: KillCase;
  readonly victim: Life;
  readonly planId: Hex;
  readonly after: Extract<ChildReport, { type: "restarted" }>;
};

let chain: TestChain;
let journal: Journal;
let sent: readonly Transaction[];
let daiBefore: bigint;
const rows: Row[] = [];
const folder = mkdtempSync(join(tmpdir(), "intendant-kill-"));

const readDai = () =>
  chain.client.readContract({
    address: chain.token("DAI").address,
    abi: erc20Abi,
    functionName: "balanceOf",
    args: [chain.owner.address],
  });

/** Every life of one Intendant, one after the other, on one journal, one database and one chain: each settles what the one before it left, and dies at the next point. */
async function runLives(env: Readonly<Record<string, string>>): Promise<void> {
  let left:
    | { readonly killed: KillCase; readonly victim: Life; readonly planId: Hex; readonly intentId: string }
    | undefined;
  for (const killed of [...KILL_CASES, undefined]) {
    const seek = left === undefined ? {} : { inspect: { intentId: left.intentId, planId: left.planId } };
    if (left?.killed.dieAgain !== undefined) {
      const again = await runChild({ dieInRestart: left.killed.dieAgain, actions: ACTIONS }, env);
      if (again.signal !== "SIGKILL") throw new Error(`the restart survived: ${again.stderr}`);
    }
    const skew = left?.killed.skewSeconds === undefined ? {} : { skewSeconds: left.killed.skewSeconds };
    const life = await runChild({ ...seek, ...skew, ...(killed && { die: killed.die }), actions: ACTIONS }, env);
    const after = life.report("restarted");
    if (left !== undefined) {
      if (after === undefined) throw new Error(`no restart after "${left.killed.name}": ${life.stderr}`);
      rows.push({ ...left, after });
    }
    if (killed === undefined) return;
    const approving = life.report("approving");
    if (approving === undefined) throw new Error(`no plan for "${killed.name}": ${life.stderr}`);
    left = { killed, victim: life, planId: approving.planId, intentId: approving.intentId };
  }
}

async function ownTransactions(fromBlock: bigint): Promise<readonly Transaction[]> {
  const found: Transaction[] = [];
  const last = await chain.client.getBlockNumber();
  for (let blockNumber = fromBlock; blockNumber <= last; blockNumber++) {
    const { transactions } = await chain.client.getBlock({ blockNumber, includeTransactions: true });
    found.push(...transactions.filter(({ from }) => from.toLowerCase() === chain.owner.address.toLowerCase()));
  }
  return found;
}

beforeAll(async () => {
  const devnet = await startDevnet();
  chain = toTestChain(devnet);
  writeFileSync(join(folder, "deployment.json"), JSON.stringify(devnet.deployment));
  daiBefore = await readDai();
  const first = (await chain.client.getBlockNumber()) + 1n;
  await runLives({
    RPC_URL: devnet.rpcUrl,
    CHAIN_ID: "31337",
    INTENDANT_DEPLOYMENT: join(folder, "deployment.json"),
    INTENDANT_DATA: folder,
    DATABASE_URL: `pglite:${join(folder, "database")}`,
    INTENDANT_PRIVATE_KEY: devnet.accounts[0]?.privateKey ?? "",
  });
  copyFileSync(join(folder, "journal-31337.log"), join(folder, "copy.log"));
  journal = openJournal(join(folder, "copy.log"));
  sent = await ownTransactions(first);
}, 900_000);

afterAll(async () => {
  journal?.close();
  await chain?.devnet.stop();
  rmSync(folder, { recursive: true, force: true });
});

const hashesOf = (planId: Hex) =>
  journal.of(planId).flatMap((entry) => (entry.type === "sending" ? [entry.txHash as string] : []));
const onChain = (planId: Hex) => sent.filter(({ hash }) => hashesOf(planId).includes(hash));

describe("kill -9 and restart", () => {
  it.each(KILL_CASES.map((killed, index) => [killed.name, index] as const))("behavior: %s", (_, index) => {
    const row = rows[index] as Row;
    const { killed, planId, after } = row;
    expect(row.victim.signal).toBe("SIGKILL");
    expect(row.victim.report("survived")).toBeUndefined();
    expect(row.victim.report("approving")?.calls).toBe(4);
    expect(onChain(planId)).toHaveLength(killed.mined);
    const outcome = recordedOutcome(journal, planId);
    if (killed.end === "waiting") {
      expect(["awaiting_approval", "failed"]).toContain(after.record);
      expect([outcome, after.database]).toEqual([undefined, "none"]);
      return;
    }
    expect([after.record, after.database]).toEqual([killed.end, killed.end]);
    expect(after.databaseReceipts).toBe(killed.mined);
    // Without a beginning in the journal there is no end in it either: the database alone knew of the attempt.
    expect(outcome?.state).toBe(journal.of(planId).length === 0 ? undefined : killed.end);
    expect(minedReceipts(journal, planId).map(({ txHash }) => txHash)).toEqual(onChain(planId).map(({ hash }) => hash));
    if (killed.end !== "confirmed") expect(after.reason).toMatch(/nothing was sent|not sent/);
  });

  it("behavior: no call of a plan is mined twice, and nothing is mined that the journal does not know", () => {
    const journaled = rows.flatMap(({ planId }) => hashesOf(planId));
    expect(sent.filter(({ hash }) => !journaled.includes(hash))).toEqual([]);
    expect(sent.map(({ nonce }) => nonce)).toEqual(sent.map((_, index) => (sent[0]?.nonce ?? 0) + index));
    const steps = rows.flatMap(({ planId }) => minedReceipts(journal, planId).map((r) => `${planId}:${r.callIndex}`));
    expect(new Set(steps).size).toBe(steps.length);
    expect(steps).toHaveLength(sent.length);
    expect(journal.open()).toEqual([]);
  });

  it("behavior: balances are what the mined calls say, to the unit", async () => {
    const swaps = rows.filter(({ planId }) => onChain(planId).length >= 2).length;
    expect(daiBefore - (await readDai())).toBe(SELL_DAI * BigInt(swaps));
    const changes = rows.flatMap(({ planId }) => minedReceipts(journal, planId).flatMap((receipt) => receipt.changes));
    const sum = (symbol: string) =>
      changes.filter((change) => change.symbol === symbol).reduce((total, { delta }) => total + delta, 0n);
    expect(sum("DAI")).toBe(-SELL_DAI * BigInt(swaps));
    // The one swap whose supply was not sent left its WETH in the wallet; all others moved it on.
    const kept = rows.find(({ killed }) => killed.mined === 2)?.planId as Hex;
    const got = minedReceipts(journal, kept).flatMap((receipt) => receipt.changes);
    expect(sum("WETH")).toBe(got.find(({ symbol }) => symbol === "WETH")?.delta);
    console.table(
      rows.map(({ killed, planId, after }) => ({
        "killed at": killed.name,
        record: after.record,
        database: after.database,
        journal: recordedOutcome(journal, planId)?.state ?? "(no entry)",
        "mined calls": onChain(planId).length,
        signed: hashesOf(planId).length,
      })),
    );
  });
});
