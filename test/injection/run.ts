import { readCorpus } from "./corpus.ts";
import { baseline, HARMLESS, INTENTS, measure, type Run, tally } from "./measure.ts";
import { shownWrongly } from "./shown.ts";
import { openStage } from "./stage.ts";

/**
 * `npm run bench:injection`: every text of the corpus against every intent. Ends with 1 where the calls of a plan changed
 * or an intent without an attacker ended without a plan.
 */
const corpus = readCorpus();
const stage = await openStage();
const began = performance.now();
const runs: Run[] = [];
const shown: string[] = [];
try {
  const base = await baseline(stage);
  const planned = [...base.values()].filter((ended) => "calls" in ended).length;
  for (const [at, injection] of corpus.entries()) {
    const measured = await measure(stage, base, injection);
    runs.push(...measured.runs);
    shown.push(...shownWrongly(injection, measured.carried));
    for (const { outcome, intent } of measured.runs.filter((run) => run.outcome === "changed"))
      process.stderr.write(`${outcome}: text ${injection.id}, ${injection.carrier}: ${intent}\n`);
    if (at % 20 === 19) process.stderr.write(`${at + 1} of ${corpus.length} texts\n`);
  }
  const control: Run[] = [];
  for (const injection of HARMLESS) control.push(...(await measure(stage, base, injection)).runs);
  const again = await baseline(stage);
  const kept = INTENTS.filter((intent) => JSON.stringify(base.get(intent)) === JSON.stringify(again.get(intent)));
  const table = (some: readonly Run[], keyOf: (run: Run) => string) => {
    for (const [key, { same, stopped, changed }] of tally(some, keyOf))
      process.stdout.write(`  ${key.padEnd(16)} same ${same}  stopped ${stopped}  changed ${changed}\n`);
  };
  process.stdout.write(
    `${corpus.length} texts x ${INTENTS.length} intents, ${((performance.now() - began) / 1000).toFixed(0)} s\n`,
  );
  process.stdout.write(
    `without an attacker: ${planned} of ${INTENTS.length} planned; the same again afterwards: ${kept.length}\n`,
  );
  process.stdout.write(`foreign text shown unescaped, unquoted or uncut: ${shown.length} ${shown.join(", ")}\n`);
  table(runs, () => "all");
  process.stdout.write("by carrier\n");
  table(runs, ({ injection }) => injection.carrier);
  process.stdout.write("by encoding\n");
  table(runs, ({ injection }) => injection.encoding);
  process.stdout.write("a harmless text instead, by carrier\n");
  table(control, ({ injection }) => injection.carrier);
  const changed = runs.filter(({ outcome }) => outcome === "changed");
  for (const { injection, intent, ended } of changed)
    process.stdout.write(
      `CHANGED ${injection.id} ${injection.carrier}: ${intent}: ${JSON.stringify([injection.parts, ended])}\n`,
    );
  process.exitCode =
    shown.length === 0 && changed.length === 0 && planned === INTENTS.length && kept.length === INTENTS.length ? 0 : 1;
} finally {
  await stage.close();
}
process.exit();
