import { HumanMessage } from "@langchain/core/messages";
import { getLlama, type Llama, LlamaLogLevel } from "node-llama-cpp";
import { expect, test } from "vitest";
import { describeGpu } from "../../src/cli/render/model.ts";
import { ModelLoadError } from "../../src/inference/errors.ts";
import { loadChatModel } from "../../src/inference/loadChatModel.ts";
import { loadGguf } from "../../src/inference/loadGguf.ts";
import { nanoModelPath } from "../../src/inference/nano/nanoModelPath.ts";
import type { StartLlama } from "../../src/inference/openLlama.ts";

const onCpu = () => getLlama({ build: "never", logLevel: LlamaLogLevel.error, gpu: false });

/** A machine whose GPU starts and then has no room for the model. The real llama.cpp everywhere else. */
function fullGpu(starts: boolean[]): StartLlama {
  return async ({ gpu }) => {
    starts.push(gpu);
    const llama = await onCpu();
    if (!gpu) return llama;
    return new Proxy(llama, {
      get: (target, key) => {
        if (key === "gpu") return "cuda";
        if (key === "loadModel")
          return () => Promise.reject(new Error("A model of 9.1GB needs more VRAM than is free."));
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    }) as Llama;
  };
}

test("behavior: a GPU that cannot take the model leaves it to the CPU, and says so", async () => {
  const starts: boolean[] = [];
  const loaded = await loadGguf({ modelPath: nanoModelPath(), gpuLayers: "max" }, fullGpu(starts));
  expect(starts).toEqual([true, false]);
  expect(loaded.info).toMatchObject({ device: "cpu", gpu: false, gpuLayers: 0 });
  expect(loaded.info.notice).toMatch(/runs on the CPU.*more VRAM.*INTENDANT_GPU_LAYERS/);
  expect(describeGpu(loaded.info)).toBe(loaded.info.notice);
  await loaded.dispose();
});

test("behavior: a backend that does not start leaves it to the CPU too", async () => {
  const start: StartLlama = async ({ gpu }) => (gpu ? Promise.reject(new Error("driver too old")) : await onCpu());
  const loaded = await loadGguf({ modelPath: nanoModelPath(), gpuLayers: 4 }, start);
  expect(loaded.info.notice).toContain("driver too old");
  await loaded.dispose();
});

test("behavior: layers that were asked for without a GPU are said; auto says nothing", async () => {
  const start: StartLlama = () => onCpu();
  const asked = await loadGguf({ modelPath: nanoModelPath(), gpuLayers: 4 }, start);
  expect(asked.info.notice).toContain("no GPU backend");
  await asked.dispose();
  const auto = await loadGguf({ modelPath: nanoModelPath() }, start);
  expect(auto.info).not.toHaveProperty("notice");
  await auto.dispose();
});

test("error: ModelLoadError when the CPU cannot hold it either", async () => {
  const start: StartLlama = () => Promise.reject(new Error("no binary for this machine"));
  await expect(loadGguf({ modelPath: nanoModelPath(), gpuLayers: "max" }, start)).rejects.toThrow(ModelLoadError);
});

test.each([true, false, "auto"] as const)("behavior: flash attention %s gives an answer", async (flashAttention) => {
  const chat = await loadChatModel({ modelPath: nanoModelPath(), gpuLayers: 0, flashAttention });
  expect(chat.info.flashAttention).toBe(flashAttention);
  const answer = await chat.model.invoke([new HumanMessage("user: hi")]);
  expect(answer.text).toBe('{"kind":"talk"}');
  await chat.dispose();
});

test("default: what doctor says of a GPU and its memory", () => {
  const info = { path: "", sha256: "", name: "m", parameters: 1, gpuLayers: 33, contextSize: 1, threads: 1 };
  const gpuMemory = { devices: ["NVIDIA H200"], totalBytes: 150e9, freeBytes: 149.25e9 };
  expect(describeGpu({ ...info, gpu: "cuda", device: "cuda", gpuMemory, flashAttention: "auto" })).toBe(
    "cuda: NVIDIA H200, 149.3 of 150.0 GB free, flash attention auto",
  );
  expect(describeGpu({ ...info, gpu: false, device: "cpu" })).toBe("not used");
});
