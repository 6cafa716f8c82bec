import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKAGE_ARTIFACTS } from "./build/artifact.ts";

const here = dirname(fileURLToPath(import.meta.url));

/** SHA-256 (first 16 hex digits) of everything the built state depends on: scripts, artifacts, package versions. */
export function inputsHash(): string {
  const hash = createHash("sha256");
  const files = [...listed("build", ".ts"), ...listed("artifacts", ".json"), join(here, "accounts.ts")];
  for (const file of files) hash.update(file.slice(here.length)).update(readFileSync(file));
  for (const name of packages()) hash.update(`${name}@${versionOf(name)}`);
  return hash.digest("hex").slice(0, 16);
}

function listed(folder: string, suffix: string): string[] {
  const names = readdirSync(join(here, folder)).filter((name) => name.endsWith(suffix));
  return names.sort().map((name) => join(here, folder, name));
}

function packages(): string[] {
  const names = Object.values(PACKAGE_ARTIFACTS).map((path) => path.split("/").slice(0, 2).join("/"));
  return [...new Set([...names, "@foundry-rs/anvil"])].sort();
}

function versionOf(name: string): string {
  const path = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly version: string }).version;
}
