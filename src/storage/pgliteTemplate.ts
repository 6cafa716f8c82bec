import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";

/** PGlite does not export its package.json; it lies above the entry point. */
const MANIFEST = new URL("../package.json", import.meta.resolve("@electric-sql/pglite"));
const { version } = JSON.parse(readFileSync(MANIFEST, "utf8")) as { version: string };

/** An empty, initialised database as PGlite dumps it (uncompressed tar), per PGlite version. */
const TEMPLATE = join(fileURLToPath(new URL("../../.cache/pglite", import.meta.url)), `empty-${version}.tar`);

/**
 * Opens PGlite on a folder, or in memory without one. Creating a database takes seconds (initdb in WebAssembly), copying
 * an empty one a fraction: the first creation leaves a template in the project's cache, later ones start from it.
 */
export async function openPglite(dataDir?: string, template: string = TEMPLATE): Promise<PGlite> {
  if (dataDir !== undefined && existsSync(join(dataDir, "PG_VERSION"))) return await ready(new PGlite(dataDir));
  const empty = readTemplate(template);
  if (empty !== undefined) {
    try {
      return await ready(create(dataDir, empty));
    } catch {
      // A damaged template costs one slow start, nothing else: the folder it half filled goes with it.
      rmSync(template, { force: true });
      if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true });
    }
  }
  const engine = await ready(create(dataDir));
  await writeTemplate(engine, template);
  return engine;
}

function create(dataDir: string | undefined, loadDataDir?: Blob): PGlite {
  return new PGlite({
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(loadDataDir === undefined ? {} : { loadDataDir }),
  });
}

async function ready(engine: PGlite): Promise<PGlite> {
  await engine.waitReady;
  return engine;
}

function readTemplate(template: string): Blob | undefined {
  try {
    return new Blob([readFileSync(template)]);
  } catch {
    return undefined;
  }
}

/** Written beside and renamed, so that another process sees all of it or nothing. A cache that cannot be written is no failure. */
async function writeTemplate(engine: PGlite, template: string): Promise<void> {
  const beside = `${template}.${process.pid}.tmp`;
  try {
    const dump = await engine.dumpDataDir("none");
    mkdirSync(dirname(template), { recursive: true });
    writeFileSync(beside, Buffer.from(await dump.arrayBuffer()));
    renameSync(beside, template);
  } catch {
    if (existsSync(beside)) rmSync(beside);
  }
}
