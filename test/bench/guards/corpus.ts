import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BenchError } from "./errors.ts";

/** One labelled source file of the corpus (a row of its index.csv). */
export type Row = {
  readonly file: string;
  readonly label: string;
  readonly trapType: string;
  readonly expected: string;
  readonly labelSource: string;
  readonly solc: string;
  readonly contract: string;
  /** Types and names of the constructor's parameters; the values are ours. */
  readonly constructor_: string;
  readonly hardcodedRouter: boolean;
  readonly sourceRepo: string;
  readonly sourcePath: string;
  readonly source: string;
};

export type Group = "active" | "latent" | "identity" | "lures" | "unscored" | "known projects" | "hard negatives";

/** Reads the corpus. @throws {BenchError} when it is not there or its index has other columns. */
export function readCorpus(folder: string): readonly Row[] {
  const index = join(folder, "index.csv");
  if (!existsSync(index))
    throw new BenchError(`There is no corpus at ${folder}; name its folder with --corpus (it holds an index.csv).`);
  const [head = [], ...lines] = parseCsv(readFileSync(index, "utf8"));
  const at = (line: readonly string[], name: string): string => {
    const column = head.indexOf(name);
    if (column < 0) throw new BenchError(`The corpus at ${folder} has no column ${name}; is it another corpus?`);
    return line[column] ?? "";
  };
  return lines.map((line) => ({
    file: at(line, "file"),
    label: at(line, "label"),
    trapType: at(line, "trap_type"),
    expected: at(line, "expected"),
    labelSource: at(line, "label_source"),
    solc: at(line, "solc_compiled"),
    contract: at(line, "main_contract"),
    constructor_: at(line, "constructor"),
    hardcodedRouter: at(line, "router_hardcoded") !== "",
    sourceRepo: at(line, "source_repo"),
    sourcePath: at(line, "source_path"),
    source: readFileSync(join(folder, at(line, "file")), "utf8"),
  }));
}

/** The corpus's own table of groups, as code. */
export function groupOf({ label, trapType, expected }: Row): Group {
  if (label === "eth_lure") return "lures";
  if (expected === "unscored") return "unscored";
  if (expected === "allow") return "known projects";
  if (expected.startsWith("not_")) return "hard negatives";
  if (label === "name_collision" || /impersonation|fake_/.test(trapType)) return "identity";
  return expected === "block" ? "active" : "latent";
}

/** Sources of real rug-pull events, across the groups. */
export function isEvent({ labelSource, expected }: Row): boolean {
  return /real rug-pull/.test(labelSource) && expected !== "unscored";
}

/** The trap's family without its details: `limiting_sell(helper contract)` counts as such, clones as one. */
export function familyOf({ trapType }: Row): string {
  return trapType.replace(/:.*$/, "").trim();
}

/** Rows of fields; quoted fields may hold commas and doubled quotes (RFC 4180). */
function parseCsv(text: string): readonly (readonly string[])[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
        quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'),
      ),
    );
}
