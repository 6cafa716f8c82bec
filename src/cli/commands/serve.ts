import { IntendantError } from "../../domain/error.ts";
import type { CliDeps } from "../deps.ts";
import { EXIT } from "../exitCodes.ts";
import { withIntendant } from "../withIntendant.ts";

/** Serves the HTTP API until SIGINT or SIGTERM; stops intake, finishes the running step, then ends. */
export async function serve(deps: CliDeps, options: { readonly port?: string }): Promise<number> {
  const config = deps.readConfig(options.port === undefined ? {} : { PORT: options.port });
  return await withIntendant(deps, { config, quiet: false }, async (intendant) => {
    const app = await deps.buildApp(intendant, { log: false });
    try {
      const url = await app.listen({ port: config.PORT, host: config.HOST });
      const account = intendant.account === undefined ? "none (wallets sign)" : intendant.account;
      process.stdout.write(
        `Intendant listens on ${url} (API ${url}/docs)\nAccount ${account}, journal ${intendant.storage.journal.path}, durability ${intendant.storage.database.durability}\n`,
      );
      await untilStopped();
      return EXIT.ok;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") throw new PortInUseError(config.PORT);
      throw error;
    } finally {
      await app.close();
    }
  });
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

export class PortInUseError extends IntendantError {
  readonly code = "port_in_use";
  constructor(port: number) {
    super(
      `Port ${port} is taken by another program: stop it, or choose another with PORT or --port (0 = any free one).`,
    );
  }
}
