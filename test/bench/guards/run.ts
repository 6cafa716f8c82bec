import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openChain } from "./chain.ts";
import { groupOf, readCorpus } from "./corpus.ts";
import { BenchError } from "./errors.ts";
import { type Measured, measure } from "./measure.ts";
import { misses, report } from "./report.ts";

/**
 * `npm run bench:guards [-- --corpus PATH --only TEXT --limit N --json FILE]`: deploys every file of a labelled corpus on the
 * local chain, scans it beside three other ways of looking, and prints one table per group. `--only` takes a group or a part
 * of a file's name. Compilers come from npm on demand and are kept in .cache/guards.
 */
const root = resolve(fileURLToPath(import.meta.url), "../../../..");
const { values, rows } = started();

function started() {
  try {
    const { values } = parseArgs({
      options: {
        corpus: { type: "string", default: resolve(root, "../shared/data/tokens") },
        only: { type: "string" },
        limit: { type: "string" },
        json: { type: "string" },
      },
    });
    const { only, limit } = values;
    if (limit !== undefined && !/^[1-9]\d*$/.test(limit))
      throw new BenchError(`--limit ${limit} is not a whole number`);
    const rows = readCorpus(resolve(values.corpus))
      .filter((row) => only === undefined || groupOf(row) === only || row.file.includes(only))
      .slice(0, limit === undefined ? undefined : Number(limit));
    if (rows.length === 0) throw new BenchError(`no file or group of the corpus is named ${only}`);
    return { values, rows };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(2);
  }
}

const cache = resolve(root, ".cache/guards");
const chain = await openChain();
const measured: Measured[] = [];
try {
  for (const row of rows) {
    const one = await measure(chain, row, cache);
    measured.push(one);
    const said = one.why ?? `${one.market?.buyable ? "traded" : "not buyable"}, ${one.ours?.verdict}`;
    process.stderr.write(
      `${measured.length}/${rows.length} ${row.file} (${one.group}): ${said}, ${one.ours?.seconds.toFixed(1) ?? "–"} s\n`,
    );
  }
} finally {
  await chain.stop();
}
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(measured, undefined, 1));
const [cpu] = cpus();
process.stdout.write(
  `${report(measured)}\n\nMISSED\n${misses(measured)}\n\n${cpus().length} × ${cpu?.model ?? "?"}, load ${loadavg()[0]?.toFixed(1) ?? "?"} at the end, Node ${process.versions.node}\n`,
);
process.exit(0);
