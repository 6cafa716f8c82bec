import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ModelInvalidError, ModelLoadError, ModelMissingError } from "../../src/inference/errors.ts";
import { loadChatModel } from "../../src/inference/loadChatModel.ts";
import { nanoModelPath } from "../../src/inference/nano/nanoModelPath.ts";

describe("loadChatModel", () => {
  let folder = "";
  const put = async (name: string, bytes: Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "intendant-model-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("default", async () => {
    const chat = await loadChatModel({
      modelPath: nanoModelPath(),
      gpuLayers: 0,
      contextSize: 512,
      sequences: 2,
      threads: 2,
      cacheFolder: folder,
    });
    expect(chat.info).toMatchObject({ contextSize: 512, threads: 2, path: nanoModelPath() });
    await chat.dispose();
  });

  test("error: ModelMissingError", async () => {
    await expect(loadChatModel({ modelPath: join(folder, "none.gguf") })).rejects.toThrow(ModelMissingError);
  });

  test("error: ModelInvalidError", async () => {
    const text = await put("text.gguf", Buffer.from("this is not a model".repeat(100)));
    await expect(loadChatModel({ modelPath: text })).rejects.toThrow(ModelInvalidError);
    const old = Buffer.alloc(4096);
    old.write("GGUF");
    old.writeUInt32LE(99, 4);
    await expect(loadChatModel({ modelPath: await put("old.gguf", old) })).rejects.toThrow(ModelInvalidError);
    await expect(loadChatModel({ modelPath: folder })).rejects.toThrow(ModelInvalidError);
  });

  test("error: ModelLoadError", async () => {
    const whole = await readFile(nanoModelPath());
    const cut = await put("cut.gguf", whole.subarray(0, 200_000));
    await expect(loadChatModel({ modelPath: cut, gpuLayers: 0 })).rejects.toThrow(ModelLoadError);
  });
});
