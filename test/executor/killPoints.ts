import type { ExecutionOutcome } from "../../src/domain/receipt.ts";
import type { KillPoint } from "./killSelf.ts";

export type KillCase = {
  readonly name: string;
  readonly die: KillPoint;
  /** The restart is killed too, here, before a third life settles the plan. */
  readonly dieAgain?: KillPoint;
  /** How far the clock of the restart is ahead: past the plan's expiry. */
  readonly skewSeconds?: number;
  /** "waiting": never began, still open for a yes or failed with nothing sent. */
  readonly end: ExecutionOutcome["state"] | "waiting";
  /** Calls of the plan that the chain has in the end. */
  readonly mined: number;
};

/** Past every expiry (120 s by default). */
const LATER = 600;

/**
 * Journal writes of the four-call plan approve, swap, approve, supply: 1 begin · 2 sending 0 · 3 mined 0 · 4 sending 1 ·
 * 5 mined 1 · 6 sending 2 · 7 mined 2 · 8 sending 3 · 9 mined 3 · 10 end. Every write is followed by one flush.
 */
export const KILL_CASES: readonly KillCase[] = [
  { name: "approved, before anything is reserved", die: { at: "before-request", n: 1 }, end: "waiting", mined: 0 },
  { name: "spend reserved, journal empty", die: { at: "before-write", n: 1 }, end: "failed", mined: 0 },
  { name: "first journal line torn", die: { at: "torn-write", n: 1 }, end: "failed", mined: 0 },
  { name: "begun, nothing signed", die: { at: "after-flush", n: 1 }, end: "confirmed", mined: 4 },
  { name: "line of step 1 torn", die: { at: "torn-write", n: 2 }, end: "confirmed", mined: 4 },
  { name: "step 1 journaled, not sent", die: { at: "before-broadcast", n: 1 }, end: "confirmed", mined: 4 },
  { name: "step 1 sent, answer lost", die: { at: "after-broadcast", n: 1 }, end: "confirmed", mined: 4 },
  { name: "step 2 written, not flushed", die: { at: "before-flush", n: 4 }, end: "confirmed", mined: 4 },
  { name: "step 2 (swap) sent, answer lost", die: { at: "after-broadcast", n: 2 }, end: "confirmed", mined: 4 },
  { name: "swap mined, its line torn", die: { at: "torn-write", n: 5 }, end: "confirmed", mined: 4 },
  { name: "swap recorded, database behind", die: { at: "after-flush", n: 5 }, end: "confirmed", mined: 4 },
  { name: "step 4 journaled, not sent", die: { at: "before-broadcast", n: 4 }, end: "confirmed", mined: 4 },
  { name: "step 4 sent, answer lost", die: { at: "after-broadcast", n: 4 }, end: "confirmed", mined: 4 },
  { name: "all mined, end not written", die: { at: "after-flush", n: 9 }, end: "confirmed", mined: 4 },
  { name: "end in the journal, not in the database", die: { at: "after-flush", n: 10 }, end: "confirmed", mined: 4 },
  {
    name: "killed at step 1, and again in the restart at step 2",
    die: { at: "after-flush", n: 2 },
    // The restart counts anew: first the journaled step 1, then the swap.
    dieAgain: { at: "after-broadcast", n: 2 },
    end: "confirmed",
    mined: 4,
  },
  {
    name: "swap recorded, restarted after the plan's expiry",
    die: { at: "after-flush", n: 5 },
    skewSeconds: LATER,
    end: "partially_confirmed",
    mined: 2,
  },
  {
    name: "swap journaled, not sent, restarted after expiry",
    die: { at: "before-broadcast", n: 2 },
    skewSeconds: LATER,
    end: "partially_confirmed",
    mined: 1,
  },
];
