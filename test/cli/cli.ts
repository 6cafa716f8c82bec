import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../setup/bundle.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

const BIN = "src/cli/bin.mjs";
let bundled: Promise<string> | undefined;

/** The real command line as a process of its own. Settings of this machine do not reach it, but for what is given. */
export function spawnCli(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  entry = BIN,
): ChildProcess {
  const { PATH, HOME, TMPDIR } = process.env;
  const machine = { PATH, HOME, TMPDIR, INTENDANT_THREADS: "1", INTENDANT_DATA: join(tmpdir(), "intendant-no-data") };
  return spawn(process.execPath, [entry, ...args], {
    cwd: ROOT,
    env: { ...machine, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/**
 * Runs it to its end, from one bundled file of the same sources: it is started many times. The server, whose documentation page
 * is made of files, is started as it is.
 */
export async function runCli(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Ended> {
  bundled ??= bundle(join(ROOT, "src/main.ts"));
  const child = spawnCli(args, settings, args[0] === "serve" ? BIN : await bundled);
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}

/** Code of the error that `--json` printed. */
export function errorOf({ code, out, err }: Ended): { readonly code: string; readonly message: string } {
  if (!out.startsWith("{")) throw new Error(`no JSON on stdout, exit ${code}: ${out}${err}`);
  return (JSON.parse(out) as { error: { code: string; message: string } }).error;
}
