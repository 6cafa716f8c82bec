import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Hex } from "viem";
import { IntendantError } from "../domain/error.ts";
import { fromJson, type Json, toJson } from "../domain/json.ts";
import type { Plan } from "../domain/plan.ts";
import type { ExecutionOutcome, Receipt } from "../domain/receipt.ts";
import type { Simulation } from "../domain/simulation.ts";

/** One fact of an execution, in the order in which it became true. Keyed by plan hash and call index. */
export type JournalEntry =
  | {
      readonly type: "begin";
      readonly planId: Hex;
      readonly intentId?: string;
      readonly plan: Plan;
      readonly simulation: Simulation;
      /** What the owner consented with, handed to the guards when they judge again (after a restart too). */
      readonly consent: Json;
      /** What this plan reserved of the owner's daily cap; 1e8 = $1. */
      readonly usdE8: bigint;
    }
  | {
      readonly type: "sending";
      readonly planId: Hex;
      readonly callIndex: number;
      readonly nonce: number;
      readonly txHash: Hex;
      /** The signed transaction: sent again as it is after a crash, which cannot execute it twice. */
      readonly raw: Hex;
    }
  | { readonly type: "mined"; readonly planId: Hex; readonly receipt: Receipt }
  | { readonly type: "end"; readonly planId: Hex; readonly state: ExecutionOutcome["state"]; readonly reason?: string };

export type Journal = {
  readonly path: string;
  /** Appends one entry and returns once it is on the disk (fdatasync). */
  append(entry: JournalEntry): void;
  /** Entries of one plan, oldest first. */
  of(planId: Hex): readonly JournalEntry[];
  /** Plans that began and have no end. */
  open(): readonly Hex[];
  close(): void;
};

/**
 * Opens the append-only journal, the record that decides after a crash what was sent.
 *
 * A last line cut short by a crash is dropped (its fact never became true: nothing is broadcast before the line is
 * flushed). Any other damage is an error: an executor must not guess.
 *
 * @throws {JournalCorruptError} when a line does not match its checksum.
 * @throws {JournalLockedError} when another live process holds it.
 */
export function openJournal(path: string): Journal {
  mkdirSync(dirname(path), { recursive: true });
  const release = lock(`${path}.lock`);
  try {
    const entries = readEntries(path);
    const file = openSync(path, "a");
    syncFolder(dirname(path));
    return {
      path,
      append: (entry) => {
        writeLine(file, path, encodeLine(entry));
        entries.push(entry);
      },
      of: (planId) => entries.filter((entry) => entry.planId === planId),
      open: () => openPlans(entries),
      close: () => {
        closeSync(file);
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** All of the line or nothing of it: what a full disk cuts is taken back, so that later lines stay readable. */
function writeLine(file: number, path: string, line: string): void {
  const before = fstatSync(file).size;
  try {
    const bytes = Buffer.from(line);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fdatasyncSync(file);
  } catch (cause) {
    ftruncateSync(file, before);
    throw new JournalWriteError(path, cause);
  }
}

/** A new file survives a power loss once its folder is on the disk. Some systems cannot sync a folder. */
function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } catch {
    // the journal still survives a crash of the process
  } finally {
    closeSync(folder);
  }
}

function openPlans(entries: readonly JournalEntry[]): readonly Hex[] {
  const ended = new Set(entries.filter((entry) => entry.type === "end").map((entry) => entry.planId));
  return entries.filter((entry) => entry.type === "begin" && !ended.has(entry.planId)).map((entry) => entry.planId);
}

function encodeLine(entry: JournalEntry): string {
  const text = JSON.stringify(toJson(entry));
  return `${checksum(text)} ${text}\n`;
}

function readEntries(path: string): JournalEntry[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  const end = text.lastIndexOf("\n") + 1;
  if (end < text.length) cutTornTail(path, Buffer.byteLength(text.slice(0, end)));
  return text
    .slice(0, end)
    .split("\n")
    .filter((line) => line !== "")
    .map((line, index) => decodeLine(line, index, path));
}

function cutTornTail(path: string, bytes: number): void {
  const file = openSync(path, "r+");
  ftruncateSync(file, bytes);
  fdatasyncSync(file);
  closeSync(file);
}

function decodeLine(line: string, index: number, path: string): JournalEntry {
  const sum = line.slice(0, 16);
  const text = line.slice(17);
  if (checksum(text) !== sum) throw new JournalCorruptError(path, index + 1);
  return fromJson<JournalEntry>(JSON.parse(text) as Json);
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Lock file with our pid; a lock left by a dead process is taken over. */
function lock(path: string): () => void {
  const holder = existsSync(path) ? Number.parseInt(readFileSync(path, "utf8"), 10) : Number.NaN;
  if (!Number.isNaN(holder) && holder !== process.pid && isAlive(holder)) throw new JournalLockedError(path, holder);
  if (existsSync(path)) rmSync(path);
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
  } catch (cause) {
    throw new JournalLockedError(path, Number.NaN, cause);
  }
  return () => rmSync(path, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export class JournalCorruptError extends IntendantError {
  readonly code = "journal_corrupt";
  constructor(path: string, line: number) {
    super(
      `Line ${line} of the journal ${path} is damaged: restore the file from a backup; nothing is sent until then.`,
    );
  }
}

/** The disk did not take a line; what it was about to allow was not sent. */
export class JournalWriteError extends IntendantError {
  readonly code = "journal_write_failed";
  constructor(path: string, cause: unknown) {
    super(`The journal ${path} cannot be written: free space on its disk, or check its permissions.`, {
      cause,
      retry: "same",
    });
  }
}

export class JournalLockedError extends IntendantError {
  readonly code = "journal_locked";
  constructor(path: string, pid: number, cause?: unknown) {
    super(`Another Intendant holds the journal (${path}): stop it, or give this one its own data folder.`, {
      facts: Number.isNaN(pid) ? [] : [`held by process ${pid}`],
      cause,
      retry: "same",
    });
  }
}
