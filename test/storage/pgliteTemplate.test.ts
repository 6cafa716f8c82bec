import { existsSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openPglite } from "../../src/storage/pgliteTemplate.ts";

const folder = mkdtempSync(join(tmpdir(), "template-"));

test("behavior: a damaged template is replaced, and a database made from the new one is empty and works", async () => {
  const template = join(folder, "empty.tar");
  writeFileSync(template, "not a tar");
  const first = await openPglite(join(folder, "first"), template);
  await first.exec("create table only_here (n integer)");
  await first.close();
  expect(statSync(template).size).toBeGreaterThan(1_000_000);
  const second = await openPglite(join(folder, "second"), template);
  expect((await second.query("select * from pg_tables where tablename = 'only_here'")).rows).toEqual([]);
  await second.close();
  const again = await openPglite(join(folder, "first"), template);
  expect((await again.query("select * from pg_tables where tablename = 'only_here'")).rows).toHaveLength(1);
  await again.close();
});

test("behavior: a cache that cannot be written costs nothing but time", async () => {
  writeFileSync(join(folder, "file"), "");
  const template = join(folder, "file", "empty.tar");
  const engine = await openPglite(undefined, template);
  expect((await engine.query<{ one: number }>("select 1 as one")).rows[0]?.one).toBe(1);
  await engine.close();
  expect(existsSync(template)).toBe(false);
});
