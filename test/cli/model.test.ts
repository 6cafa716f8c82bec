import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EXIT } from "../../src/cli/exitCodes.ts";
import type { ListedModel } from "../../src/compose/models.ts";
import { deriveGguf } from "../model/deriveGguf.ts";
import { startHub } from "../model/hub.ts";
import { errorOf, runCli } from "./cli.ts";

let folder = "";
let set = "";
const data = () => ({ INTENDANT_DATA: folder });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "intendant-model-cli-"));
  mkdirSync(join(folder, "models"));
  deriveGguf({ path: join(folder, "second.gguf"), name: "second", every: 0 });
  copyFileSync(join(folder, "second.gguf"), join(folder, "models", "second.gguf"));
  set = join(folder, "set.jsonl");
  writeFileSync(set, `${JSON.stringify({ text: "hi", understanding: { kind: "talk" } })}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process of its own takes seconds of processor time to load, many more on a busy machine. */
const OWN_PROCESS_MS = 240_000;

test(
  "default: list, use, list, test",
  async () => {
    expect((await runCli(["model", "use", "second.gguf"], data())).out).toContain("second");
    const { out, code } = await runCli(["model", "list", "--json"], data());
    const { models } = JSON.parse(out) as { models: readonly ListedModel[] };
    expect(code).toBe(EXIT.ok);
    expect(models.map(({ name, used }) => [name, used])).toEqual([
      ["intendant-nano", false],
      ["second", true],
    ]);
    const tested = await runCli(["model", "test", "--set", set], data());
    expect(tested.code).toBe(EXIT.ok);
    expect(tested.out).toMatch(/^second on cpu, sha256 [0-9a-f]{64}$/m);
    expect(tested.out).toMatch(/exact understanding +1 of 1 +100\.0 %/);
  },
  OWN_PROCESS_MS,
);

test(
  "behavior: a URI in the settings is downloaded into the models folder and answers",
  async () => {
    const hub = await startHub();
    const fresh = { INTENDANT_DATA: join(folder, "fresh"), INTENDANT_MODEL: "hf:owner/model:F16" };
    const tested = await runCli(["model", "test", "--set", set, "--json"], { ...fresh, HF_ENDPOINT: hub.endpoint });
    await hub.close();
    expect(JSON.parse(tested.out)).toMatchObject({ model: { name: "intendant-nano" }, summary: { right: 1, all: 1 } });
    expect(readdirSync(join(folder, "fresh", "models")).filter((name) => name.endsWith(".gguf"))).toHaveLength(1);
    const offline = await runCli(["model", "list", "--json"], { ...fresh, HF_ENDPOINT: "http://127.0.0.1:1/" });
    const { models } = JSON.parse(offline.out) as { models: readonly ListedModel[] };
    expect(models.map(({ kind, used }) => [kind, used])).toEqual([
      ["embedded", false],
      ["file", true],
    ]);
  },
  OWN_PROCESS_MS,
);

test(
  "error: a model that cannot be fetched is unavailable, a bad URI is wrong input",
  async () => {
    const offline = { ...data(), HF_ENDPOINT: "http://127.0.0.1:1/" };
    const pulled = await runCli(["model", "pull", "hf:owner/model:Q4_K_M", "--json"], offline);
    expect([errorOf(pulled).code, pulled.code]).toEqual(["model_download_failed", EXIT.unavailable]);
    const bad = await runCli(["model", "pull", "hf:nobody", "--json"], offline);
    expect([errorOf(bad).code, bad.code]).toEqual(["model_uri_invalid", EXIT.badInput]);
  },
  OWN_PROCESS_MS,
);
