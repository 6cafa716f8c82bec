import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Root of the project. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

export type Source = { readonly path: string; readonly text: string; readonly lines: number };

const ROOMS = ["src", "agents", "tools", "policies"];

/** Every TypeScript source that ships: no tests, no artifacts. */
export function listSources(): readonly Source[] {
  return ROOMS.flatMap((room) => walk(join(root, room)))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.includes("/artifacts/"))
    .map((path) => {
      const text = readFileSync(path, "utf8");
      return { path: relative(root, path), text, lines: text.split("\n").length - 1 };
    });
}

function walk(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

/** Project files whose values (not only types) a source imports, relative to the root. */
export function valueImports({ path, text }: Source): readonly string[] {
  const statement = /(?:import|export)\s+(type\s+)?([^;"']*?)\s*from\s+"(\.[^"]+)"/g;
  return [...text.matchAll(statement)]
    .filter(([, typeOnly, names]) => typeOnly === undefined && !onlyTypes(names ?? ""))
    .map(([, , , target]) => normalize(join(dirname(path), target ?? "")));
}

function onlyTypes(names: string): boolean {
  const inside = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1];
  if (inside === undefined) return false;
  const list = inside.split(",").map((name) => name.trim());
  return list.filter((name) => name !== "").every((name) => name.startsWith("type "));
}

/** Room of a file: "policies", "agents", "tools", or the folder under src ("src/planner"); a file in src itself is its own room. */
export function roomOf(path: string): string {
  const parts = path.split("/");
  return parts[0] === "src" ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}
