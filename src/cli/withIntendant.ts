import pc from "picocolors";
import type { Intendant } from "../compose/intendant.ts";
import type { Config } from "../config.ts";
import type { CliDeps } from "./deps.ts";
import { placeOf } from "./render/model.ts";
import { createSteps, type Steps } from "./render/steps.ts";

type Work = (intendant: Intendant, steps: Steps) => Promise<number>;

/** Starts everything, runs one command's work, and always stops everything. */
export async function withIntendant(
  deps: CliDeps,
  options: { readonly config?: Config; readonly quiet: boolean },
  work: Work,
): Promise<number> {
  const steps = createSteps(options.quiet);
  steps.begin("Starting chain, database and model");
  const config = options.config ?? deps.readConfig();
  let intendant: Intendant;
  try {
    intendant = await deps.start(config, (line) => steps.note(`Starting: ${line}`));
  } catch (error) {
    steps.fail();
    throw error;
  }
  try {
    const { info } = intendant.model;
    steps.done(
      `Chain ${intendant.chain.chainId}, ${intendant.storage.database.describe}, model ${info.name} ${placeOf(info)}`,
    );
    if (info.notice !== undefined && !options.quiet) process.stderr.write(`${pc.yellow("!")} ${info.notice}\n`);
    return await work(intendant, steps);
  } finally {
    await intendant.close();
  }
}
