import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClient } from "../../src/chain/createClient.ts";
import { EXIT, exitCodeOfError } from "../../src/cli/exitCodes.ts";
import { composeIntendant } from "../../src/compose/intendant.ts";
import { readConfig } from "../../src/config.ts";
import { type Devnet, startDevnet } from "../../src/devnet/index.ts";
import { toProblem } from "../../src/domain/error.ts";
import type { IntentRecord } from "../../src/domain/record.ts";
import { errorOf, runCli } from "./cli.ts";

const WORDS = ["intent", "--yes", "--json", "swap 100 usdc for dai"];

let devnet: Devnet;
let folder: string;
/** A local chain that runs elsewhere, a key, and a data folder: what is sent would be seen there. */
let settings: Readonly<Record<string, string>>;

beforeAll(async () => {
  devnet = await startDevnet();
  folder = mkdtempSync(join(tmpdir(), "intendant-cli-"));
  const deployment = join(folder, "deployment.json");
  writeFileSync(deployment, JSON.stringify(devnet.deployment));
  settings = {
    RPC_URL: devnet.rpcUrl,
    INTENDANT_DEPLOYMENT: deployment,
    INTENDANT_DATA: join(folder, "data"),
    INTENDANT_PRIVATE_KEY: devnet.accounts[0]?.privateKey ?? "",
    DATABASE_URL: "pglite:memory",
  };
});

afterAll(async () => {
  await devnet?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function sent(): Promise<number> {
  const client = createClient({ rpcUrl: devnet.rpcUrl, chainId: 31_337 });
  return client.getTransactionCount({ address: devnet.accounts[0]?.address ?? "0x" });
}

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A process of its own takes seconds of processor time to load, many more on a busy machine. */
const OWN_PROCESS_MS = 240_000;

test.each([
  ["model_missing", EXIT.unavailable, () => ({ INTENDANT_MODEL: join(folder, "no.gguf"), ...ownData("a") })],
  ["model_invalid", EXIT.unavailable, () => ({ INTENDANT_MODEL: write("text.gguf", "no model"), ...ownData("b") })],
  ["mandate_invalid", EXIT.badInput, () => ({ INTENDANT_MANDATE: write("mandate.json", '{"version":1,') })],
  ["journal_corrupt", EXIT.badInput, () => ({ INTENDANT_DATA: corruptJournal() })],
  ["rpc_unavailable", EXIT.unavailable, () => ({ RPC_URL: "http://127.0.0.1:9", ...ownData("c") })],
] as const)(
  "error: %s ends with its exit code",
  async (code, exit, change) => {
    const ended = await runCli(WORDS, { ...settings, ...change() });
    const error = errorOf(ended);
    expect([error.code, ended.code]).toEqual([code, exit]);
    expect(error.message).toMatch(/[.:]/);
  },
  OWN_PROCESS_MS,
);

test(
  "error: port_in_use names the port, and what was started is stopped",
  async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as AddressInfo;
    const ended = await runCli(["serve", "--port", String(port)], { ...settings, ...ownData("d") });
    holder.close();
    expect(ended.code).toBe(EXIT.unavailable);
    expect(ended.err).toContain("[port_in_use]");
    expect(ended.err).toContain(String(port));
  },
  OWN_PROCESS_MS,
);

test(
  "error: a command that does not exist is exit 2",
  async () => expect((await runCli(["frobnicate"])).code).toBe(EXIT.badInput),
  OWN_PROCESS_MS,
);

test.each([
  ["mandate_invalid", () => ({ INTENDANT_MANDATE: join(folder, "no-mandate.json") })],
  ["wrong_chain", () => ({ CHAIN_ID: "10", INTENDANT_PRIVATE_KEY: "" })],
  ["deployment_missing", () => ({ INTENDANT_DEPLOYMENT: join(folder, "no.json") })],
  ["database_url_invalid", () => ({ DATABASE_URL: "mysql://x" })],
  ["config_invalid", () => ({ HOST: "0.0.0.0" })],
  ["config_invalid", () => ({ PORT: "many" })],
  [
    "keystore_invalid",
    () => ({ INTENDANT_KEYSTORE: join(folder, "k.json"), INTENDANT_KEYSTORE_PASSWORD_FILE: join(folder, "no") }),
  ],
] as const)("error: %s is wrong input", async (code, change) => {
  const start = async () => composeIntendant(readConfig(change(), { ...settings, ...ownData(code) }), () => undefined);
  const error: unknown = await start().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect([toProblem(error).code, exitCodeOfError(error)]).toEqual([code, EXIT.badInput]);
});

test("behavior: none of these starts sent anything", async () => {
  expect(await sent()).toBe(0);
});

test(
  "default: with everything in order the same words are executed on that chain, exit 0",
  async () => {
    const ended = await runCli(WORDS, settings);
    const record = JSON.parse(ended.out) as IntentRecord;
    expect([ended.code, record.state]).toEqual([EXIT.ok, "confirmed"]);
    expect(await sent()).toBe(record.plan?.calls);
  },
  OWN_PROCESS_MS,
);

function ownData(name: string): { readonly INTENDANT_DATA: string } {
  return { INTENDANT_DATA: join(folder, name) };
}

function corruptJournal(): string {
  const data = join(folder, "damaged");
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, "journal-31337.log"), '0123456789abcdef {"type":"begin"}\n');
  return data;
}
