import { expect, test } from "vitest";
import { listSources, roomOf, valueImports } from "./sources.ts";

/** Rooms whose values each room may import, besides its own. The table of src/README.md, as data. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/domain": [],
  "src/chain": ["src/domain"],
  "src/storage": ["src/domain"],
  "src/inference": ["src/domain", "src/understanding"],
  "src/eval": ["src/domain", "src/inference", "src/understanding"],
  "src/understanding": ["src/domain"],
  "src/devnet": ["src/domain"],
  "src/protocols": ["src/domain", "src/chain"],
  "src/permissions": ["src/domain"],
  "src/risk": ["src/domain", "src/chain"],
  policies: ["src/domain"],
  "src/evidence": ["src/domain", "src/chain"],
  "src/check": [
    "src/domain",
    "src/chain",
    "src/permissions",
    "src/evidence",
    "src/simulator",
    "src/preview",
    "src/reads",
  ],
  "src/planner": ["src/domain", "src/chain", "src/protocols"],
  "src/simulator": ["src/domain", "src/chain"],
  "src/executor": ["src/domain", "src/chain", "src/storage"],
  "src/preview": ["src/domain"],
  "src/reads": ["src/domain", "src/chain", "src/preview"],
  "src/intents": ["src/domain", "src/storage"],
  "src/wallet": ["src/domain", "src/intents"],
  tools: ["src/domain", "src/reads"],
  agents: ["src/domain", "tools", "policies"],
  "src/http": ["src/domain", "src/intents", "src/reads", "src/wallet", "src/check"],
  "src/cli": ["src/domain", "src/intents", "src/reads", "src/preview", "src/devnet", "src/check"],
  "src/config.ts": ["src/domain"],
};

/** Wiring: may import every room. Nobody but main imports compose, and nobody imports main. */
const WIRING = new Set(["src/compose", "src/main.ts"]);

test("default: values flow one way; every room imports only what the map allows", () => {
  const wrong = listSources().flatMap((source) => {
    const room = roomOf(source.path);
    if (WIRING.has(room)) return [];
    const allowed = new Set([room, ...(MAY_IMPORT[room] ?? [])]);
    const foreign = valueImports(source).filter((target) => !allowed.has(roomOf(target)));
    return foreign.map((target) => `${source.path} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

test("behavior: a protocol never imports another protocol", () => {
  const folder = (path: string) => path.split("/")[2] ?? "";
  const isOwn = (path: string, target: string) => folder(path) === folder(target);
  const wrong = listSources()
    .filter(({ path }) => path.startsWith("src/protocols/") && path.split("/").length > 3 && folder(path) !== "shared")
    .flatMap((source) =>
      valueImports(source)
        .filter((target) => target.startsWith("src/protocols/") && target.split("/").length > 3)
        .filter((target) => !isOwn(source.path, target) && folder(target) !== "shared")
        .map((target) => `${source.path} imports ${target}`),
    );
  expect(wrong).toEqual([]);
});

test("behavior: nothing imports main; only main imports compose", () => {
  const wrong = listSources().flatMap((source) =>
    valueImports(source)
      .filter(
        (target) =>
          roomOf(target) === "src/main.ts" || (roomOf(target) === "src/compose" && !WIRING.has(roomOf(source.path))),
      )
      .map((target) => `${source.path} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("behavior: every room is on the map", () => {
  const unknown = [...new Set(listSources().map(({ path }) => roomOf(path)))].filter(
    (room) => MAY_IMPORT[room] === undefined && !WIRING.has(room),
  );
  expect(unknown).toEqual([]);
});
