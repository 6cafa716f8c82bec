import pc from "picocolors";
import type { Problem } from "../../domain/error.ts";

/** An error as a person reads it (stderr), or as JSON (stdout). */
export function printProblem(problem: Problem, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ error: problem })}\n`);
    return;
  }
  process.stderr.write(`${pc.red("✖")} ${problem.message} ${pc.dim(`[${problem.code}]`)}\n`);
  for (const fact of problem.facts) process.stderr.write(`  ${pc.dim("·")} ${fact}\n`);
}
