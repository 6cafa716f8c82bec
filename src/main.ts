import { runCli } from "./cli/runCli.ts";
import { httpDeps } from "./compose/httpDeps.ts";
import { composeIntendant } from "./compose/intendant.ts";
import { readConfig } from "./config.ts";
import { buildApp } from "./http/app.ts";

/** Composition root: the settings and everything that starts from them, handed to the command line. */
process.exitCode = await runCli({
  argv: process.argv.slice(2),
  readConfig,
  start: composeIntendant,
  buildApp: (intendant, options) => buildApp(httpDeps(intendant, options)),
});
