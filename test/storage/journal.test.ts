import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { JournalCorruptError, JournalLockedError, openJournal } from "../../src/storage/journal.ts";
import { samplePlan, sampleReceipt, sampleSimulation } from "./samples.ts";

const fresh = () => join(mkdtempSync(join(tmpdir(), "journal-")), "journal.log");
const plan = samplePlan("journal");
const begin = {
  type: "begin",
  planId: plan.id,
  plan,
  simulation: sampleSimulation(plan),
  consent: null,
  usdE8: 5n,
} as const;

test("default: entries survive a reopening, bigints included; an ended plan is not open", () => {
  const path = fresh();
  const first = openJournal(path);
  first.append(begin);
  first.append({ type: "mined", planId: plan.id, receipt: sampleReceipt(plan) });
  first.close();
  const second = openJournal(path);
  expect(second.of(plan.id)).toEqual([begin, { type: "mined", planId: plan.id, receipt: sampleReceipt(plan) }]);
  expect(second.open()).toEqual([plan.id]);
  second.append({ type: "end", planId: plan.id, state: "confirmed" });
  expect(second.open()).toEqual([]);
  second.close();
});

test("behavior: a last line cut short by a crash is dropped, and what follows is whole again", () => {
  const path = fresh();
  const first = openJournal(path);
  first.append(begin);
  first.close();
  appendFileSync(path, '0123456789abcdef {"type":"send');
  const second = openJournal(path);
  expect(second.of(plan.id)).toHaveLength(1);
  second.append({ type: "end", planId: plan.id, state: "failed" });
  second.close();
  const third = openJournal(path);
  expect(third.of(plan.id)).toHaveLength(2);
  third.close();
});

test("error: JournalCorruptError when a whole line is damaged, and the file is left as it is", () => {
  const path = fresh();
  const journal = openJournal(path);
  journal.append(begin);
  journal.close();
  const damaged = readFileSync(path, "utf8").replace("journal", "jourNal");
  writeFileSync(path, damaged);
  expect(() => openJournal(path)).toThrow(JournalCorruptError);
  expect(readFileSync(path, "utf8")).toBe(damaged);
});

test("error: JournalLockedError while another live process holds it; a dead one's lock is taken over", () => {
  const path = fresh();
  writeFileSync(`${path}.lock`, "1");
  expect(() => openJournal(path)).toThrow(JournalLockedError);
  const dead = spawnSync(process.execPath, ["-e", "process.stdout.write(String(process.pid))"], {
    encoding: "utf8",
  }).stdout;
  writeFileSync(`${path}.lock`, dead);
  openJournal(path).close();
});
