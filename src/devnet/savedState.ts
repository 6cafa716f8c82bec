import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Hex } from "viem";
import { z } from "zod";
import type { DevnetDeployment } from "./types.ts";

/** A built chain as kept on disk. */
export type SavedState = {
  readonly builtAtMs: number;
  readonly deployment: DevnetDeployment;
  /** What `anvil_dumpState` gave: gzipped JSON as hex. */
  readonly state: Hex;
};

/**
 * Interest runs on while a saved state lies still, and Morpho's rate model drifts with it; a day later the markets are
 * not those of params.ts any more, and building takes a second.
 */
const MAX_AGE_MS = 24 * 3_600_000;

const shape = z.object({
  builtAtMs: z.number(),
  deployment: z.custom<DevnetDeployment>((value) => typeof value === "object" && value !== null),
  state: z.custom<Hex>((value) => typeof value === "string" && value.startsWith("0x1f8b")),
});

/** Reads a saved state; undefined when there is none, it is damaged, or it is older than a day. */
export function readSavedState(dir: string, hash: string, nowMs: number): SavedState | undefined {
  try {
    const saved = shape.parse(JSON.parse(readFileSync(fileOf(dir, hash), "utf8")));
    const age = nowMs - saved.builtAtMs;
    return age >= 0 && age <= MAX_AGE_MS ? saved : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a state so that a reader in another process sees all of it or nothing. */
export function writeSavedState(dir: string, hash: string, saved: SavedState): void {
  mkdirSync(dir, { recursive: true });
  const temporary = `${fileOf(dir, hash)}.${process.pid}.${saved.builtAtMs}.tmp`;
  try {
    writeFileSync(temporary, JSON.stringify(saved));
    renameSync(temporary, fileOf(dir, hash));
    prune(dir, saved.builtAtMs);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Removes states of former inputs once they are too old to be loaded. */
function prune(dir: string, nowMs: number): void {
  for (const name of readdirSync(dir).filter((file) => /^[0-9a-f]{16}\.json$/.test(file))) {
    const path = join(dir, name);
    if (nowMs - statSync(path).mtimeMs > MAX_AGE_MS) rmSync(path, { force: true });
  }
}

function fileOf(dir: string, hash: string): string {
  return join(dir, `${hash}.json`);
}
