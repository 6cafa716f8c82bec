import { once } from "node:events";
import { expect, test } from "vitest";
import { EXIT } from "../../src/cli/exitCodes.ts";
import type { IntentRecord } from "../../src/domain/record.ts";
import { runCli, spawnCli } from "./cli.ts";

test("default: the demo's own words end in a confirmed position, exit 0", async () => {
  const ended = await runCli(["demo", "--json"]);
  expect(ended.err).toBe("");
  const record = JSON.parse(ended.out) as IntentRecord;
  expect([ended.code, record.state]).toEqual([EXIT.ok, "confirmed"]);
  expect(record.understanding?.kind).toBe("act");
  expect(record.preview?.alternatives.filter(({ chosen }) => chosen)).not.toEqual([]);
  expect(record.receipts.map(({ status }) => status)).toEqual(record.preview?.calls.map(() => "success"));
  expect(record.usage).toHaveLength(2);
}, 120_000);

test("behavior: words after the dashes, shown to a person", async () => {
  const ended = await runCli(["demo", "--", "supply 100 usdc to aave"]);
  expect(ended.code).toBe(EXIT.ok);
  for (const part of ["Understood", "Plan", "Verdict", "Simulated changes", "Executed", "Earning", "Compute"])
    expect(ended.out).toContain(part);
}, 120_000);

test("behavior: serve answers on a free port and stops on SIGTERM with exit 0", async () => {
  const child = spawnCli(["serve", "--port", "0"]);
  let out = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  const address = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`serve ended with ${code}: ${out}`)));
    child.stdout?.on("data", () => {
      const found = /listens on (http:\/\/[\d.]+:\d+)/.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
  const closed = once(child, "close");
  child.kill("SIGTERM");
  expect(await closed).toEqual([EXIT.ok, null]);
}, 120_000);
