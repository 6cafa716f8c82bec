import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Config } from "../config.ts";
import { IntendantError } from "../domain/error.ts";
import { nanoModelPath } from "../inference/nano/nanoModelPath.ts";

/** Which model the settings mean, and who said so. */
export type ModelChoice =
  | { readonly from: "environment"; readonly url: string; readonly name: string }
  | { readonly from: "environment" | "chosen" | "embedded"; readonly file: string };

const choiceSchema = z.object({ model: z.string().min(1) });

/**
 * The environment first, then what `intendant model use` remembered in the data folder, then the model that ships.
 *
 * @throws ModelChoiceInvalidError
 */
export function readModelChoice(config: Config): ModelChoice {
  const { INTENDANT_MODEL_URL: url, INTENDANT_MODEL_NAME: name = "", INTENDANT_MODEL: file } = config;
  if (url !== undefined) return { from: "environment", url, name };
  if (file !== undefined) return { from: "environment", file };
  const remembered = readRemembered(choiceFile(config));
  return remembered === undefined ? { from: "embedded", file: nanoModelPath() } : { from: "chosen", file: remembered };
}

/** Remembers a model's path; undefined goes back to the one that ships. */
export function rememberModel(config: Config, file: string | undefined): void {
  const path = choiceFile(config);
  if (file === undefined) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(config.INTENDANT_DATA, { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify({ model: file })}\n`);
  renameSync(`${path}.new`, path);
}

/** Where downloaded models lie. */
export function modelsFolder(config: Config): string {
  return config.INTENDANT_MODELS ?? join(config.INTENDANT_DATA, "models");
}

/** Where digests of large files are kept. */
export function digestsFolder(config: Config): string {
  return join(config.INTENDANT_DATA, "digests");
}

function choiceFile(config: Config): string {
  return join(config.INTENDANT_DATA, "model.json");
}

function readRemembered(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    // Only where nothing was remembered: another model than the chosen one is never used silently.
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw new ModelChoiceInvalidError(path, cause);
  }
  try {
    return choiceSchema.parse(JSON.parse(text)).model;
  } catch (cause) {
    throw new ModelChoiceInvalidError(path, cause);
  }
}

export class ModelChoiceInvalidError extends IntendantError {
  readonly code = "model_choice_invalid";
  constructor(path: string, cause: unknown) {
    super("The remembered choice of a model cannot be read: choose again with `intendant model use`.", {
      facts: [`path: ${path}`],
      cause,
    });
  }
}
