import { cpus, loadavg } from "node:os";
import { type BenchRow, benchInference } from "./inference.ts";
import { benchSpine } from "./spine.ts";

/** `npm run bench`: every published speed, measured on this machine, in one run. `--json` prints rows as JSON. */
const benches: readonly (readonly [string, () => Promise<readonly BenchRow[]>])[] = [
  ["inference: the chat model against bare node-llama-cpp, same GGUF", () => benchInference()],
  ["the spine: understanding, planning, simulation on the local chain", benchSpine],
];

const rows: BenchRow[] = [];
for (const [title, bench] of benches) {
  process.stderr.write(`${title} …\n`);
  rows.push(...(await bench()));
}
if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(rows)}\n`);
else {
  const [cpu] = cpus();
  process.stdout.write(
    `\n${cpus().length} × ${cpu?.model ?? "?"}, load ${loadavg()[0]?.toFixed(1) ?? "?"} at the end, Node ${process.versions.node}\n\n`,
  );
  const width = Math.max(...rows.map((row) => row.name.length));
  for (const row of rows)
    process.stdout.write(`${row.name.padEnd(width)}  ${row.value.toFixed(2).padStart(10)} ${row.unit}\n`);
}
process.exit(0);
