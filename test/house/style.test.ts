import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configKeys } from "../../src/config.ts";
import { listSources, root } from "./sources.ts";

const MAX_LINES = 250;
/** Data and grammars, exempt from the size rule: lists of addresses, words and ABIs. */
const DATA = ["/abis/", "/lexicon/", "/corpus/", "curatedTokens.ts", "aaveErrorNames.ts", "addressesFor.ts"];

test("default: no file is longer than a reader's patience", () => {
  const long = listSources().filter(
    ({ path, lines }) => lines > MAX_LINES && !DATA.some((part) => path.includes(part)),
  );
  expect(long.map(({ path, lines }) => `${path} ${lines}`)).toEqual([]);
});

test("behavior: no any, no double casts, no bare errors, no environment outside the settings", () => {
  const rules: readonly (readonly [string, RegExp])[] = [
    ["any", /(:|\bas|<)\s*any\b/],
    ["double cast", /\bas unknown as\b/],
    ["bare error", /\bthrow new Error\(/],
  ];
  const wrong = listSources().flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => {
      const code = line.replace(/\/\/.*$|^\s*\*.*$/, "");
      const broken = rules.filter(([, rule]) => rule.test(code)).map(([name]) => `${path}:${index + 1} ${name}`);
      const reads =
        /\bprocess\.env\b/.test(code) && path !== "src/config.ts" ? [`${path}:${index + 1} process.env`] : [];
      return [...broken, ...reads];
    }),
  );
  expect(wrong).toEqual([]);
});

test("behavior: .env.example lists every setting and nothing else", () => {
  const text = readFileSync(join(root, ".env.example"), "utf8");
  const listed = [...text.matchAll(/^([A-Z_]+)=/gm)].map(([, key]) => key);
  expect([...listed].sort()).toEqual([...configKeys].sort());
});
