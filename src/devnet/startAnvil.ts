import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { IntendantError } from "../domain/error.ts";
import { anvilBinary } from "./anvilBinary.ts";

/** A running anvil process. */
export type AnvilProcess = {
  readonly rpcUrl: string;
  readonly pid: number;
  /** Ends it and waits until it is gone; safe to call twice. */
  stop(): Promise<void>;
};

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 3_000;

/**
 * Starts anvil on 127.0.0.1 and waits until it listens; port 0 takes a free one.
 *
 * @throws DevnetPortInUseError when a port was asked for and something listens there.
 * @throws DevnetStartError when the process ends or says nothing for 20 s.
 */
export async function startAnvil(options: {
  readonly port: number;
  readonly host: string;
  readonly args: readonly string[];
}): Promise<AnvilProcess> {
  if (options.port !== 0) await assertPortFree(options.host, options.port);
  const args = ["--host", options.host, "--port", String(options.port), ...options.args];
  const child = spawnTied(anvilBinary(), args);
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = () => end(child).finally(() => process.removeListener("exit", kill));
  try {
    const address = await listeningAddress(child, options);
    return { rpcUrl: `http://${address}`, pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Waits on a pipe that only the parent holds, and kills anvil when it closes: however the parent ends, even by
 * SIGKILL, no node is left behind. `$$` is the shell's id, which anvil takes over by `exec`.
 */
const TIED = '(read -r _ <&3; kill -9 $$) >/dev/null 2>&1 & exec "$0" "$@" 3<&-';

function spawnTied(binary: string, args: readonly string[]): ChildProcess {
  if (process.platform === "win32") return spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
  const stdio = ["ignore", "pipe", "pipe", "pipe"] as const;
  const child = spawn("/bin/sh", ["-c", TIED, binary, ...args], { stdio: [...stdio] });
  const tie = child.stdio[3];
  tie?.on("error", () => {});
  child.once("exit", () => tie?.destroy());
  return child;
}

/** Reads "Listening on 127.0.0.1:NNNNN" from stdout, then keeps the pipes drained. */
function listeningAddress(child: ChildProcess, options: { readonly host: string; readonly port: number }) {
  return new Promise<string>((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => fail(`silent for ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
    const fail = (why: string) => {
      clearTimeout(timer);
      const inUse = /address.*in use/i.test(output);
      reject(inUse ? new DevnetPortInUseError(options) : new DevnetStartError(why, output));
    };
    const read = (chunk: Buffer) => {
      if (output.length < 20_000) output += chunk.toString();
      const found = /Listening on (\S+)/.exec(output);
      if (found?.[1] === undefined) return;
      clearTimeout(timer);
      resolve(found[1]);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code, signal) => fail(`ended with ${signal ?? `code ${code}`}`));
  });
}

function assertPortFree(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", () => reject(new DevnetPortInUseError({ host, port })));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    child.once("exit", () => {
      clearTimeout(force);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/** The local chain's node did not come up. */
export class DevnetStartError extends IntendantError {
  readonly code = "devnet_start_failed";
  constructor(why: string, output: string) {
    super("The local chain did not start; delete .cache/devnet and try again.", {
      facts: [why, ...output.trim().split("\n").slice(-5)].filter((line) => line !== ""),
      retry: "same",
    });
  }
}

/** The port asked for is taken. */
export class DevnetPortInUseError extends IntendantError {
  readonly code = "devnet_port_in_use";
  constructor(at: { readonly host: string; readonly port: number }) {
    super(`Port ${at.port} is in use; choose another one for the local chain, or 0 for any free port.`, {
      facts: [`${at.host}:${at.port}`],
    });
  }
}
