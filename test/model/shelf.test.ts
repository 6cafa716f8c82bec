import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { composeModel } from "../../src/compose/model.ts";
import { ModelChoiceInvalidError } from "../../src/compose/modelChoice.ts";
import { composeModels } from "../../src/compose/models.ts";
import { readConfig } from "../../src/config.ts";
import { toProblem } from "../../src/domain/error.ts";
import { EvalSetInvalidError } from "../../src/eval/readSet.ts";
import {
  ModelDownloadError,
  ModelInvalidError,
  ModelMissingError,
  ModelUriInvalidError,
} from "../../src/inference/errors.ts";
import { downloadedModel, fetchModel } from "../../src/inference/fetchModel.ts";
import { nanoModelPath } from "../../src/inference/nano/nanoModelPath.ts";
import { draftJsonSchema } from "../../src/understanding/draft.ts";
import { deriveGguf } from "./deriveGguf.ts";
import { type Hub, startHub } from "./hub.ts";

const quiet = () => undefined;

describe("models of the settings", () => {
  let root = "";
  let folder = "";
  let set = "";
  let second = "";
  const settings = (more: Readonly<Record<string, string>> = {}) =>
    readConfig({}, { INTENDANT_DATA: folder, INTENDANT_GPU_LAYERS: "0", ...more });
  const shelf = (more?: Readonly<Record<string, string>>) => composeModels(settings(more));

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "intendant-shelf-"));
    second = join(root, "second.gguf");
    deriveGguf({ path: second, name: "second-model", every: 3 });
    set = join(root, "set.jsonl");
    const line = (text: string, understanding: object) => JSON.stringify({ text, understanding, tags: ["t"] });
    const swap = { type: "swap", sell: "USDC", buy: "ETH", amount: { unit: "token", value: "100" }, side: "sell" };
    const lines = [
      line("swap 100 usdc for eth", { kind: "act", actions: [swap] }),
      line("hi", { kind: "talk" }),
      line("swap some usdc for eth", { kind: "clarify", missing: ["amount"] }),
    ];
    writeFileSync(set, lines.join("\n"));
  });
  beforeEach(() => {
    folder = mkdtempSync(join(root, "data-"));
    mkdirSync(join(folder, "models"));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("default: only the model that ships, and it is used", async () => {
    const [only, ...others] = await shelf().list();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ kind: "embedded", name: "intendant-nano", architecture: "llama", used: true });
    expect(only?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(only?.sizeBytes).toBe(statSync(nanoModelPath()).size);
  });

  test("behavior: files of the models folder are listed, what is no GGUF is said, parts of a split model count once", async () => {
    copyFileSync(second, join(folder, "models", "b.gguf"));
    writeFileSync(join(folder, "models", "a.gguf"), "no model");
    writeFileSync(join(folder, "models", "notes.txt"), "");
    writeFileSync(join(folder, "models", "big-00002-of-00003.gguf"), "");
    const models = await shelf().list();
    expect(models.map(({ kind, name, used }) => [kind, name, used])).toEqual([
      ["embedded", "intendant-nano", true],
      ["unusable", "model_invalid", false],
      ["file", "second-model", false],
    ]);
  });

  test("behavior: use remembers a file of the models folder, and that is the model that answers", async () => {
    copyFileSync(second, join(folder, "models", "b.gguf"));
    const { used, wins } = await shelf().use("b.gguf", quiet);
    expect([used.name, used.used, wins]).toEqual(["second-model", true, []]);
    const parts = await composeModel(settings(), async () => undefined);
    expect(parts.info.name).toBe("second-model");
    await parts.close();
    expect((await shelf().list()).filter((one) => one.used).map(({ name }) => name)).toEqual(["second-model"]);
    await shelf().use("embedded", quiet);
    expect((await shelf().list()).filter((one) => one.used).map(({ name }) => name)).toEqual(["intendant-nano"]);
  });

  test("behavior: the environment wins over what was remembered, and use says so", async () => {
    const environment = { INTENDANT_MODEL: nanoModelPath() };
    const { used, wins } = await shelf(environment).use(second, quiet);
    expect([used.used, wins]).toEqual([false, ["INTENDANT_MODEL"]]);
    const parts = await composeModel(settings(environment), async () => undefined);
    expect(parts.info.name).toBe("intendant-nano");
    await parts.close();
    const remote = { INTENDANT_MODEL_URL: "http://localhost:1/v1", INTENDANT_MODEL_NAME: "large" };
    const listed = await shelf(remote).list();
    expect(listed.filter((one) => one.used)).toEqual([
      { name: "large", where: "localhost:1", kind: "remote", used: true },
    ]);
  });

  test("behavior: the credentials of an address that is not downloaded yet are not listed", async () => {
    const address = "https://me:hunter2@models.example.com/m.gguf?token=t0ken";
    const listed = await shelf({ INTENDANT_MODEL: address }).list();
    expect(listed.at(-1)).toMatchObject({ kind: "unusable", where: "https://***@models.example.com" });
    expect(JSON.stringify(listed)).not.toMatch(/hunter2|t0ken/);
  });

  test("behavior: test measures any model with the same code, and two models differ", async () => {
    const good = await shelf().test({ set });
    expect(good.summary).toMatchObject({ right: 3, all: 3, wrongSilentActs: 0, kinds: { talk: { right: 1, all: 1 } } });
    expect(good.lines.join("\n")).toMatch(/exact understanding +3 of 3 +100\.0 %/);
    const seen: string[] = [];
    const other = await shelf().test({ set, model: second, misses: true, onProgress: (line) => void seen.push(line) });
    expect(other.model).toMatchObject({ name: "second-model", device: "cpu" });
    expect(other.model.sha256).not.toBe(good.model.sha256);
    expect(other.summary.right).toBeLessThan(3);
    expect(other.lines.join("\n")).toContain("want");
    expect(seen.at(-1)).toBe("understanding request 3 of 3");
  });

  test("behavior: a copy with the same weights answers the same", async () => {
    const copy = join(root, "copy.gguf");
    deriveGguf({ path: copy, name: "a much longer name than the shipped model has", every: 0 });
    const { model, summary } = await shelf().test({ set, model: copy });
    expect([model.name, summary.right]).toEqual(["a much longer name than the shipped model has", 3]);
  });

  test("behavior: a model that reads instructions gets all of them, and its answer is a draft all the same", async () => {
    const instruct = join(root, "instruct.gguf");
    const metadata = { "intendant.system_message": "read", "llama.context_length": 4_096 };
    deriveGguf({ path: instruct, name: "instruct", every: 0, metadata });
    const promptTokens: number[] = [];
    const asked = { system: "Answer with a draft. ".repeat(60), user: "user: swap [N1] [T1s] for [T2e]" };
    for (const model of [instruct, nanoModelPath()]) {
      const parts = await composeModel(settings({ INTENDANT_MODEL: model }), async (record) => {
        promptTokens.push(record.promptTokens);
      });
      expect(await parts.ask(asked, draftJsonSchema, "i")).toHaveProperty("draft.kind");
      await parts.close();
    }
    const [read = 0, ignored = 0] = promptTokens;
    expect(read).toBeGreaterThan(ignored + 200);
  });

  test("error: ModelMissingError, ModelInvalidError; nothing is remembered", async () => {
    await expect(shelf().use(join(folder, "none.gguf"), quiet)).rejects.toThrow(ModelMissingError);
    await expect(shelf().use(set, quiet)).rejects.toThrow(ModelInvalidError);
    expect(existsSync(join(folder, "model.json"))).toBe(false);
  });

  test("error: ModelMissingError names the remembered choice when its file is gone", async () => {
    const gone = join(folder, "gone.gguf");
    copyFileSync(second, gone);
    await shelf().use(gone, quiet);
    rmSync(gone);
    const failed: unknown = await composeModel(settings(), async () => undefined).catch((error) => error);
    expect(failed).toBeInstanceOf(ModelMissingError);
    expect(toProblem(failed).facts.join()).toContain("intendant model use");
    expect((await shelf().list()).find((one) => one.used)).toMatchObject({ kind: "unusable", name: "model_missing" });
  });

  test("error: ModelChoiceInvalidError", async () => {
    writeFileSync(join(folder, "model.json"), "{");
    await expect(shelf().list()).rejects.toThrow(ModelChoiceInvalidError);
    await shelf().use("embedded", quiet);
    expect(await shelf().list()).toHaveLength(1);
    mkdirSync(join(folder, "model.json")); // there, and not readable
    await expect(shelf().list()).rejects.toThrow(ModelChoiceInvalidError);
  });

  test("error: EvalSetInvalidError", async () => {
    await expect(shelf().test({ set: join(folder, "none.jsonl") })).rejects.toThrow(EvalSetInvalidError);
    await expect(shelf().test({ set: join(folder, "models") })).rejects.toThrow(EvalSetInvalidError);
  });
});

describe("models by URI", () => {
  let folder = "";
  let hub: Hub;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "intendant-uri-"));
    hub = await startHub();
  });
  afterAll(async () => {
    await hub.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("default: downloads once into the models folder; afterwards no network is needed", async () => {
    const uri = "hf:owner/model:F16";
    const seen: number[] = [];
    const path = await fetchModel({
      uri,
      folder,
      endpoint: hub.endpoint,
      onProgress: ({ totalBytes }) => void seen.push(totalBytes),
    });
    expect(path.startsWith(folder)).toBe(true);
    expect(readFileSync(path).equals(readFileSync(nanoModelPath()))).toBe(true);
    expect(seen).toContain(statSync(nanoModelPath()).size);
    const requests = hub.asked.length;
    expect(await fetchModel({ uri, folder, endpoint: "http://127.0.0.1:1/" })).toBe(path);
    expect(await downloadedModel({ uri, folder })).toBe(path);
    expect(hub.asked).toHaveLength(requests);
  });

  test("behavior: a model that was not downloaded is listed as such, without asking the network", async () => {
    const config = readConfig({}, { INTENDANT_DATA: folder, INTENDANT_MODEL: "hf:owner/other:Q4_K_M" });
    const requests = hub.asked.length;
    expect((await composeModels(config).list()).at(-1)).toMatchObject({ kind: "unusable", used: true });
    expect(hub.asked).toHaveLength(requests);
  });

  test("error: ModelDownloadError when offline, for what does not exist, and when nothing arrives", async () => {
    const offline = { uri: "hf:owner/offline:F16", folder, endpoint: "http://127.0.0.1:1/" };
    await expect(fetchModel(offline)).rejects.toThrow(ModelDownloadError);
    await expect(fetchModel({ uri: "hf:owner/none:F16", folder, endpoint: hub.endpoint })).rejects.toThrow(
      ModelDownloadError,
    );
    const failed: unknown = await fetchModel({
      uri: "hf:stuck/model:F16",
      folder,
      endpoint: hub.endpoint,
      stallMs: 300,
    }).catch((e) => e);
    expect(failed).toBeInstanceOf(ModelDownloadError);
    expect(toProblem(failed).facts.join()).toContain("nothing arrived for 0.3 s");
  });

  test("error: ModelUriInvalidError", async () => {
    for (const uri of ["hf:owner", "hf:", "ftp://a.b/m.gguf", "http://example.com/m.gguf"])
      await expect(fetchModel({ uri, folder, endpoint: hub.endpoint }), uri).rejects.toThrow(ModelUriInvalidError);
  });
});
