import { readFileSync } from "node:fs";
import { argv, exit, stdout } from "node:process";
import { readShorthand, ShorthandError } from "./corpus/shorthand.ts";
import { toPair } from "./prepare.ts";
import { UnreachableError } from "./spanFinder.ts";

/**
 * `npx tsx src/inference/nano/check.ts [--form] file.txt …`: reads corpus files in shorthand and prints every record whose
 * label cannot be read, or (without --form) cannot be reached from its words by the masks and guards. Exit code 1 if any.
 */
const form = argv.includes("--form");
let bad = 0;
for (const path of argv.slice(2).filter((argument) => !argument.startsWith("--"))) {
  let count = 0;
  for (const block of blocksOf(readFileSync(path, "utf8"))) {
    try {
      for (const record of readShorthand(block.source)) {
        count++;
        if (!form) toPair(record);
      }
    } catch (error) {
      if (!(error instanceof UnreachableError) && !(error instanceof ShorthandError)) throw error;
      bad++;
      const why = error instanceof UnreachableError ? `${error.field}: ${error.facts.join()}` : error.message;
      stdout.write(`${path}:${block.line}: ${why}\n    ${block.source.trim().replaceAll("\n", "\n    ")}\n`);
    }
  }
  stdout.write(`${path}: ${count} records\n`);
}
exit(bad > 0 ? 1 : 0);

/** One record each, so that one bad line hides no other; the line is that of the label. */
function blocksOf(source: string): readonly { readonly source: string; readonly line: number }[] {
  const blocks: { source: string; line: number }[] = [];
  let lines: string[] = [];
  for (const [index, line] of source.split("\n").entries()) {
    lines.push(line);
    if (!line.includes("==>")) continue;
    blocks.push({ source: lines.join("\n"), line: index + 1 });
    lines = [];
  }
  if (lines.some((line) => line.trim() !== "" && !line.startsWith("#")))
    blocks.push({ source: lines.join("\n"), line: -1 });
  return blocks;
}
