import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import type { Config } from "../config.ts";
import { IntendantError } from "../domain/error.ts";
import type { UsageRecord } from "../domain/usage.ts";
import { ModelMissingError } from "../inference/errors.ts";
import { fetchModel, isModelUri } from "../inference/fetchModel.ts";
import { type ChatModel, loadChatModel } from "../inference/loadChatModel.ts";
import { secondReaderPath } from "../inference/nano/nanoModelPath.ts";
import { loadRemoteModel } from "../inference/remote/loadRemoteModel.ts";
import type { Drafted } from "../understanding/understand.ts";
import { type Bounds, type Reading, weighReadings } from "../understanding/weighReadings.ts";
import { digestsFolder, type ModelChoice, modelsFolder, readModelChoice } from "./modelChoice.ts";

/** Asks the model for JSON of a schema; the usage record names the intent. */
export type AskModel = (
  prompt: { readonly system: string; readonly user: string },
  schema: Record<string, unknown>,
  intentId: string,
) => Promise<Drafted>;

export type ModelParts = {
  readonly info: ChatModel["info"];
  readonly ask: AskModel;
  /** Whether a remote model would answer now; absent for a loaded one. */
  readonly ready?: () => Promise<boolean>;
  close(): Promise<void>;
};

/** Loads the model of the settings, or reaches it on its server; every inference leaves a usage record. */
export async function composeModel(
  config: Config,
  onUsage: (record: UsageRecord) => Promise<void>,
  onProgress: (line: string) => void = () => undefined,
): Promise<ModelParts> {
  const choice = readModelChoice(config);
  const [loaded, second] = await Promise.all([
    open(config, choice, { onUsage, onProgress }),
    openSecondReader(config, choice, onUsage),
  ]);
  const { model, info, ready, dispose } = loaded;
  return {
    info,
    ...(ready === undefined ? {} : { ready }),
    ask: async (...asked) => {
      if (second === undefined) return believed(await readWith(model, asked), info.leastConfidence);
      const [one, two] = await Promise.all([readWith(model, asked), readWith(second.model, asked).catch(unread)]);
      return weighReadings(one, two, PAIR);
    },
    close: async () => {
      await Promise.all([dispose(), second?.dispose()]);
    },
  };
}

/** What the two embedded readers are believed at, from the development set: `npx tsx src/eval/calibrate.ts`. */
const PAIR: Bounds = { agreed: 0.6, contested: 0.95, alone: 0.7 };

type Hooks = {
  readonly onUsage: (record: UsageRecord) => Promise<void>;
  readonly onProgress: (line: string) => void;
};

async function open(
  config: Config,
  choice: ModelChoice,
  { onUsage, onProgress }: Hooks,
): Promise<ChatModel<BaseChatModel>> {
  if ("url" in choice) return await reach(config, choice, onUsage);
  return await loadChatModel({
    modelPath: await pathOf(config, choice, onProgress),
    gpuLayers: config.INTENDANT_GPU_LAYERS,
    flashAttention: { auto: "auto" as const, on: true, off: false }[config.INTENDANT_FLASH_ATTENTION],
    ...(choice.from === "embedded" ? {} : { cacheFolder: digestsFolder(config) }),
    ...(config.INTENDANT_THREADS === undefined ? {} : { threads: config.INTENDANT_THREADS }),
    onUsage,
  });
}

/** The embedded model reads together with one that was trained apart; a model of the owner's choice reads alone. */
async function openSecondReader(
  config: Config,
  { from }: ModelChoice,
  onUsage: Hooks["onUsage"],
): Promise<ChatModel | undefined> {
  if (from !== "embedded" || config.INTENDANT_SECOND_READER === "off") return undefined;
  return await loadChatModel({ modelPath: secondReaderPath(), gpuLayers: 0, onUsage });
}

async function readWith(model: BaseChatModel, [prompt, schema, intentId]: Parameters<AskModel>): Promise<Reading> {
  const { raw, parsed } = await model
    .withStructuredOutput(schema, { includeRaw: true })
    .invoke([new SystemMessage(prompt.system), new HumanMessage(prompt.user)], { metadata: { intentId } });
  const { confidence } = raw.response_metadata;
  return { draft: parsed, ...(typeof confidence === "number" ? { confidence } : {}) };
}

/** A second reader that could not answer agrees with nobody: the first one's reading then needs the higher bound. */
function unread(error: unknown): Reading {
  if (error instanceof IntendantError) return { draft: null };
  throw error;
}

/**
 * One reading alone: doubtful where it is less probable than the model's maker advises, or of unknown probability where
 * the maker names a bound; a model that names none is believed.
 */
function believed({ draft, confidence }: Reading, least: number | undefined): Drafted {
  return { draft, doubtful: least !== undefined && !(confidence !== undefined && confidence >= least) };
}

function reach(
  config: Config,
  { url, name }: Extract<ModelChoice, { url: string }>,
  onUsage: (record: UsageRecord) => Promise<void>,
) {
  const { INTENDANT_MODEL_KEY: key, INTENDANT_MODEL_TIMEOUT_SECONDS: seconds } = config;
  return loadRemoteModel({ url, name, timeoutMs: seconds * 1_000, ...(key === undefined ? {} : { key }), onUsage });
}

async function pathOf(
  config: Config,
  { file, from }: Extract<ModelChoice, { file: string }>,
  onProgress: (line: string) => void,
): Promise<string> {
  const path = await findModel(config, file, onProgress);
  if (from === "chosen" && !existsSync(path))
    throw new ModelMissingError(path, {
      facts: ["chosen with `intendant model use`: choose another there, or `intendant model use embedded`"],
    });
  return path;
}

/** Path of a model that is named by a path, a file name of the models folder, or a URI, which is downloaded once. */
export async function findModel(
  config: Config,
  named: string,
  onProgress: (line: string) => void = () => undefined,
): Promise<string> {
  const folder = modelsFolder(config);
  if (!isModelUri(named)) return existsSync(named) || !existsSync(join(folder, named)) ? named : join(folder, named);
  return await fetchModel({
    uri: named,
    folder,
    onProgress: ({ downloadedBytes, totalBytes }) =>
      onProgress(`downloading the model, ${megabytes(downloadedBytes)} of ${megabytes(totalBytes)} MB`),
  });
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}
