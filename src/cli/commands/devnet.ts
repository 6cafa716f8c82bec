import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { printDevnet, startDevnet } from "../../devnet/index.ts";
import type { CliDeps } from "../deps.ts";
import { EXIT } from "../exitCodes.ts";
import { createSteps } from "../render/steps.ts";

/** Starts the local chain on a fixed port, writes its addresses where `RPC_URL` users find them, and keeps it running. */
export async function devnetUp(
  deps: CliDeps,
  options: { readonly port: string; readonly json?: boolean },
): Promise<number> {
  const path = deps.readConfig().INTENDANT_DEPLOYMENT;
  const steps = createSteps(options.json === true);
  steps.begin("Starting the local chain");
  const devnet = await startDevnet({ port: Number(options.port), onProgress: (line) => steps.note(line) });
  try {
    steps.done(`Local chain at ${devnet.rpcUrl}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(devnet.deployment));
    const { rpcUrl, chainId, accounts, deployment } = devnet;
    process.stdout.write(
      options.json === true
        ? `${JSON.stringify({ rpcUrl, chainId, accounts, deployment })}\n`
        : `${printDevnet(devnet)}\n`,
    );
    await new Promise<void>((resolve) => {
      process.once("SIGINT", () => resolve());
      process.once("SIGTERM", () => resolve());
    });
    return EXIT.ok;
  } finally {
    await devnet.stop();
  }
}
