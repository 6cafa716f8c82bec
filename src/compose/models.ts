import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { understandPrompt } from "../../agents/prompts/understand.ts";
import type { Config } from "../config.ts";
import { stripSecrets, toProblem } from "../domain/error.ts";
import { readSet } from "../eval/readSet.ts";
import { scoreModel } from "../eval/scoreModel.ts";
import { renderMisses, renderSummary, type ScoreSummary, summarise } from "../eval/summary.ts";
import { describeGguf, type GgufDescription, ggufFilesIn } from "../inference/describeGguf.ts";
import { downloadedModel, isModelUri } from "../inference/fetchModel.ts";
import { nanoModelPath } from "../inference/nano/nanoModelPath.ts";
import { composeModel, findModel } from "./model.ts";
import { digestsFolder, modelsFolder, readModelChoice, rememberModel } from "./modelChoice.ts";

/** A model that could be used. */
export type ListedModel = {
  readonly name: string;
  /** Path of a file, or host of a remote model. */
  readonly where: string;
  readonly kind: "embedded" | "file" | "remote" | "unusable";
  readonly used: boolean;
  readonly sizeBytes?: number;
  readonly sha256?: string;
  readonly architecture?: string;
};

/** A measurement, as a person and as a program reads it. */
export type ModelTest = {
  readonly model: { readonly name: string; readonly sha256: string; readonly device: string };
  readonly summary: ScoreSummary;
  readonly lines: readonly string[];
};

type TestOptions = {
  /** Path, file name of the models folder, or URI; default the model in use. */
  readonly model?: string;
  /** File or folder of labelled requests; default the set that comes with the sources. */
  readonly set?: string;
  readonly misses?: boolean;
  readonly onProgress?: (line: string) => void;
};

/** What can be done with models apart from using one. */
export type ModelShelf = {
  list(): Promise<readonly ListedModel[]>;
  /** Remembers a model; "embedded" goes back to the one that ships. `wins` = settings of the environment that are stronger. */
  use(named: string, onProgress: (line: string) => void): Promise<{ used: ListedModel; wins: readonly string[] }>;
  pull(uri: string, onProgress: (line: string) => void): Promise<ListedModel>;
  test(options: TestOptions): Promise<ModelTest>;
};

const EVAL_SET = fileURLToPath(new URL("../../test/eval/sets/test", import.meta.url));

/** The models of the settings: the one that ships, those of the models folder, and the one in use. */
export function composeModels(config: Config): ModelShelf {
  const describe = (path: string) =>
    describeGguf(path === nanoModelPath() ? { path } : { path, cacheFolder: digestsFolder(config) });
  return {
    list: () => listModels(config, describe),
    use: async (named, onProgress) => {
      const embedded = named === "embedded";
      const path = embedded ? nanoModelPath() : resolve(await findModel(config, named, onProgress));
      const described = await describe(path);
      rememberModel(config, embedded ? undefined : path);
      const wins = (["INTENDANT_MODEL_URL", "INTENDANT_MODEL"] as const).filter((key) => config[key] !== undefined);
      return { used: listed(described, wins.length === 0), wins };
    },
    pull: async (uri, onProgress) => listed(await describe(await findModel(config, uri, onProgress)), false),
    test: (options) => testModel(config, options),
  };
}

async function listModels(
  config: Config,
  describe: (path: string) => Promise<GgufDescription>,
): Promise<readonly ListedModel[]> {
  const choice = readModelChoice(config);
  const used = "file" in choice ? await localPath(config, choice.file) : undefined;
  const inFolder = (await ggufFilesIn(modelsFolder(config))).map((path) => resolve(path));
  const paths = [...new Set([nanoModelPath(), ...inFolder, ...(used === undefined ? [] : [used])])];
  const files = await Promise.all(
    paths.map(async (path): Promise<ListedModel> => {
      try {
        return listed(await describe(path), path === used);
      } catch (error) {
        const { code } = toProblem(error);
        const where = isModelUri(path) ? stripSecrets(path) : path;
        return { name: code, where, kind: "unusable", used: path === used };
      }
    }),
  );
  if (!("url" in choice)) return files;
  return [...files, { name: choice.name, where: new URL(choice.url).host, kind: "remote", used: true }];
}

/** Path of the model in use; a URI that was not downloaded yet stands for itself. */
async function localPath(config: Config, named: string): Promise<string> {
  if (!isModelUri(named)) return resolve(await findModel(config, named));
  return (await downloadedModel({ uri: named, folder: modelsFolder(config) })) ?? named;
}

function listed({ path, name, sizeBytes, sha256, architecture }: GgufDescription, used: boolean): ListedModel {
  const kind = path === nanoModelPath() ? "embedded" : "file";
  return { name, where: path, kind, used, sizeBytes, sha256, architecture };
}

async function testModel(config: Config, { model, set, misses, onProgress }: TestOptions): Promise<ModelTest> {
  const records = readSet(set ?? EVAL_SET);
  const { INTENDANT_MODEL_URL: _url, INTENDANT_MODEL: _model, ...others } = config;
  const wanted = model === "embedded" ? nanoModelPath() : model;
  const settings: Config = wanted === undefined ? config : { ...others, INTENDANT_MODEL: wanted };
  const parts = await composeModel(settings, async () => undefined, onProgress);
  try {
    const cases = await scoreModel({
      records,
      prompt: understandPrompt,
      model: (prompt, schema) => parts.ask(prompt, schema, "eval"),
      onProgress: (done, all) => onProgress?.(`understanding request ${done} of ${all}`),
    });
    const summary = summarise(cases);
    const { name, sha256, device } = parts.info;
    const head = `${name} on ${device}, sha256 ${sha256}`;
    const lines = [head, ...renderSummary(summary), ...(misses === true ? renderMisses(cases) : [])];
    return { model: { name, sha256, device }, summary, lines };
  } finally {
    await parts.close();
  }
}
