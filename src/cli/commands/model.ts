import type { ListedModel } from "../../compose/models.ts";
import type { CliDeps, GlobalOptions } from "../deps.ts";
import { EXIT } from "../exitCodes.ts";
import { renderModels } from "../render/model.ts";
import { printable } from "../render/printable.ts";
import { createSteps, type Steps } from "../render/steps.ts";

/** The models that are here, and which one is used. */
export async function modelList(deps: CliDeps, { json }: GlobalOptions): Promise<number> {
  const shelf = await deps.models(deps.readConfig());
  const models = await shelf.list();
  process.stdout.write(`${json === true ? JSON.stringify({ models }) : renderModels(models)}\n`);
  return EXIT.ok;
}

/** Remembers a model for this data folder. */
export async function modelUse(deps: CliDeps, named: string, { json }: GlobalOptions): Promise<number> {
  const shelf = await deps.models(deps.readConfig());
  const { used, wins } = await withSteps(json === true, "Looking at the model", (note) => shelf.use(named, note));
  if (json === true) process.stdout.write(`${JSON.stringify({ model: used, overriddenBy: wins })}\n`);
  else {
    show(used);
    for (const key of wins) process.stdout.write(`${key} is set and wins: unset it to use this model.\n`);
  }
  return EXIT.ok;
}

/** Downloads a model. */
export async function modelPull(deps: CliDeps, uri: string, { json }: GlobalOptions): Promise<number> {
  const shelf = await deps.models(deps.readConfig());
  const model = await withSteps(json === true, "Fetching the model", (note) => shelf.pull(uri, note));
  if (json === true) process.stdout.write(`${JSON.stringify({ model })}\n`);
  else show(model);
  return EXIT.ok;
}

type TestOptions = GlobalOptions & { readonly set?: string; readonly misses?: boolean };

/** Measures how well a model understands. */
export async function modelTest(deps: CliDeps, model: string | undefined, options: TestOptions): Promise<number> {
  const { json, set, misses } = options;
  const shelf = await deps.models(deps.readConfig());
  const measured = await withSteps(json === true, "Loading the model", (onProgress) =>
    shelf.test({
      onProgress,
      ...(model === undefined ? {} : { model }),
      ...(set === undefined ? {} : { set }),
      ...(misses === undefined ? {} : { misses }),
    }),
  );
  const { lines, ...result } = measured;
  // The model's name is its maker's, and a set may hold any words.
  const shown = () => lines.map((line) => printable(line, Number.POSITIVE_INFINITY)).join("\n");
  process.stdout.write(`${json === true ? JSON.stringify(result) : shown()}\n`);
  return EXIT.ok;
}

async function withSteps<T>(quiet: boolean, text: string, work: (note: Steps["note"]) => Promise<T>): Promise<T> {
  const steps = createSteps(quiet);
  steps.begin(text);
  try {
    const result = await work((line) => steps.note(line));
    steps.done(text);
    return result;
  } catch (error) {
    steps.fail();
    throw error;
  }
}

function show(model: ListedModel): void {
  process.stdout.write(`${renderModels([model])}\n`);
}
