import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readWritten } from "../../src/inference/nano/corpus/readWritten.ts";

const SETS = fileURLToPath(new URL("sets/", import.meta.url));
const sums = readFileSync(`${SETS}SHA256SUMS`, "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split(/\s+/) as [string, string]);

test.each(sums)("default: %s is the frozen %s", (sum, name) => {
  const found = createHash("sha256")
    .update(readFileSync(SETS + name))
    .digest("hex");
  expect(found).toBe(sum);
});

test("behavior: nothing of the measuring sets stands in the corpus", () => {
  const texts = (folder?: string) =>
    readWritten(folder).map(({ record: { text, messages = [] } }) =>
      JSON.stringify(text === undefined ? messages.map(({ content }) => content) : text)
        .toLowerCase()
        .replace(/\W+/g, " "),
    );
  const corpus = new Set(texts());
  const long = (text: string) => text.length > 45;
  for (const part of ["dev", "test"])
    expect(texts(SETS + part).filter((text) => long(text) && corpus.has(text))).toEqual([]);
});

test("behavior: at least 600 cases to measure by, at least 100 of them conversations", () => {
  const cases = readWritten(`${SETS}test`);
  expect(cases.length).toBeGreaterThanOrEqual(600);
  expect(cases.filter(({ record }) => record.messages !== undefined).length).toBeGreaterThanOrEqual(100);
});
