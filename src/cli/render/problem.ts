import pc from "picocolors";
import type { Problem } from "../../domain/error.ts";
import { printable } from "./printable.ts";

/** Longest message or fact shown. */
const LONGEST = 2_000;

/** An error as a person reads it (stderr), or as JSON (stdout). */
export function printProblem(problem: Problem, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ error: problem })}\n`);
    return;
  }
  process.stderr.write(`${pc.red("✖")} ${printable(problem.message, LONGEST)} ${pc.dim(`[${problem.code}]`)}\n`);
  for (const fact of problem.facts) process.stderr.write(`  ${pc.dim("·")} ${printable(fact, LONGEST)}\n`);
}
