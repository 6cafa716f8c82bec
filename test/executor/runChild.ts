import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundle } from "../setup/bundle.ts";
import type { ChildOrder, ChildReport } from "./killChild.ts";

let child: Promise<string> | undefined;

export type Life = {
  readonly signal: string | null;
  readonly code: number | null;
  readonly stderr: string;
  report<T extends ChildReport["type"]>(type: T): Extract<ChildReport, { type: T }> | undefined;
};

/** One life of Intendant in a process of its own. */
export async function runChild(order: ChildOrder, env: Readonly<Record<string, string>>): Promise<Life> {
  child ??= bundle(fileURLToPath(new URL("./killChild.ts", import.meta.url)));
  const life = spawn(process.execPath, [await child, JSON.stringify(order)], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  life.stdout.on("data", (data: Buffer) => {
    stdout += data;
  });
  life.stderr.on("data", (data: Buffer) => {
    stderr += data;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    life.on("close", (...end) => resolve(end));
  });
  const reports = stdout
    .split("\n")
    .filter((line) => line.startsWith("@"))
    .map((line) => JSON.parse(line.slice(1)) as ChildReport);
  return {
    signal,
    code,
    stderr,
    report: <T extends ChildReport["type"]>(type: T) =>
      reports.find((entry): entry is Extract<ChildReport, { type: T }> => entry.type === type),
  };
}
