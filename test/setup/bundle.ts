import { mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Packages with files of their own beside their code (WebAssembly, native addons), which must stay where they are. */
const EXTERNAL = ["node-llama-cpp", "@electric-sql/pglite", "pg", "solc", "@foundry-rs/anvil"];

/** Our sources look for files beside themselves: they keep their own address inside the bundle. */
const ownAddress: Plugin = {
  name: "own-address",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)),
      loader: "ts",
    }));
  },
};

/**
 * One file of a TypeScript entry and everything it imports; its path. For tests that start the same process many times:
 * loading some thousand modules one by one takes seconds each time.
 */
export async function bundle(entry: string): Promise<string> {
  const folder = join(ROOT, "node_modules", ".cache", "intendant-test");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${basename(entry, ".ts")}-${process.pid}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: EXTERNAL,
    plugins: [ownAddress],
    // CommonJS packages inside an ES module still ask for these.
    banner: {
      js: 'import { createRequire as ownRequire } from "node:module"; const require = ownRequire(import.meta.url); const __dirname = import.meta.dirname; const __filename = import.meta.filename;',
    },
    logLevel: "error",
  });
  return outfile;
}
