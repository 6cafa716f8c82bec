import { runCli } from "./cli/runCli.ts";
import { readConfig } from "./config.ts";

/** Composition root: the settings and everything that starts from them, handed to the command line. Parts load when they are needed. */
process.exitCode = await runCli({
  argv: process.argv.slice(2),
  readConfig,
  start: async (config, onProgress) => {
    const { composeIntendant } = await import("./compose/intendant.ts");
    return await composeIntendant(config, onProgress);
  },
  models: async (config) => {
    const { composeModels } = await import("./compose/models.ts");
    return composeModels(config);
  },
  buildApp: async (intendant, options) => {
    const [{ buildApp }, { httpDeps }] = await Promise.all([import("./http/app.ts"), import("./compose/httpDeps.ts")]);
    return await buildApp(httpDeps(intendant, options));
  },
});
