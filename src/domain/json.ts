/** JSON value as states, checkpoints and doors carry it: no bigint, no undefined. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const BIGINT_TAG = "$bigint";

/** Domain value → JSON value. A bigint becomes `{ "$bigint": "123" }` so that `fromJson` restores it; undefined fields vanish. */
export function toJson(value: unknown): Json {
  if (typeof value === "bigint") return { [BIGINT_TAG]: value.toString() };
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string")
    return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "object") return mapEntries(value, toJson) as Json;
  return null;
}

/** Inverse of `toJson`. The caller names the type it stored. */
export function fromJson<T>(json: Json): T {
  return revive(json) as T;
}

/** Deterministic JSON text: keys sorted, bigints tagged. The text that hashes are taken of. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(toJson(value)));
}

function revive(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(revive);
  if (json === null || typeof json !== "object") return json;
  const tagged = (json as Record<string, unknown>)[BIGINT_TAG];
  if (typeof tagged === "string") return BigInt(tagged);
  return mapEntries(json, revive);
}

function sortKeys(json: Json): Json {
  if (Array.isArray(json)) return json.map(sortKeys);
  if (json === null || typeof json !== "object") return json;
  const entries = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, sortKeys(value)]));
}

function mapEntries(value: object, map: (value: unknown) => unknown): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries.map(([key, entry]) => [key, map(entry)]));
}
