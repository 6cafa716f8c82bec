import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { IntendantError } from "../domain/error.ts";

const require = createRequire(import.meta.url);

/** npm's platform package names: Node's `x64` is called `amd64` there. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/**
 * Path of the anvil binary that the npm package `@foundry-rs/anvil` brings for this platform.
 *
 * @throws AnvilMissingError when the platform package is not installed (unsupported platform, or `--omit=optional`).
 */
export function anvilBinary(platform: NodeJS.Platform = process.platform, arch: string = process.arch): string {
  const name = `@foundry-rs/anvil-${platform}-${ARCHITECTURES[arch] ?? arch}`;
  const file = platform === "win32" ? "anvil.exe" : "anvil";
  try {
    const path = join(dirname(require.resolve(`${name}/package.json`)), "bin", file);
    if (existsSync(path)) return path;
  } catch (cause) {
    throw new AnvilMissingError(name, cause);
  }
  throw new AnvilMissingError(name, undefined);
}

/** The local chain's node program is not installed for this platform. */
export class AnvilMissingError extends IntendantError {
  readonly code = "anvil_missing";
  constructor(packageName: string, cause: unknown) {
    super("The local chain needs anvil; run `npm ci` without --omit=optional, or give a public chain's RPC URL.", {
      facts: [`package not found: ${packageName}`],
      cause,
    });
  }
}
