import { expect, test } from "vitest";
import { listSources } from "./sources.ts";

type Named = { readonly name: string; readonly code: string };

/** `class X extends … { readonly code = "…"` of every source. */
const errors: readonly Named[] = listSources().flatMap(({ text }) =>
  [...text.matchAll(/class (\w+) extends \w+ \{[^}]*?\bcode(?:: string)? = "([^"]+)"/g)].map(
    ([, name = "", code = ""]) => ({ name, code }),
  ),
);

/** Codes that say the same thing in two rooms, which may not import each other. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  insufficient_liquidity: ["InsufficientLiquidityError", "PoolLiquidityError"],
  journal_corrupt: ["JournalCorruptError", "JournalGapError"],
  no_position: ["NoPositionError", "PositionMissingError"],
  not_found: ["IntentNotFoundError", "NoSuchAddressError"],
  plan_expired: ["PlanExpiredError", "PlanOutdatedError"],
};

test("default: every error code is snake_case", () => {
  expect(errors.length).toBeGreaterThan(90);
  expect(errors.filter(({ code }) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(code))).toEqual([]);
});

test("behavior: no source has a code that the pattern above would overlook", () => {
  const declared = listSources().flatMap(({ text }) =>
    [...text.matchAll(/^\s+(?:override )?readonly code(?:: string)? = "([^"]+)"/gm)].map(([, code]) => code),
  );
  expect(declared.sort()).toEqual(errors.map(({ code }) => code).sort());
});

test("behavior: a class name has one code, a code one class name, but for the few that are shared on purpose", () => {
  const codes = group(
    errors,
    ({ name }) => name,
    ({ code }) => code,
  );
  expect([...codes].filter(([, found]) => found.size > 1).map(([name]) => name)).toEqual([]);
  const names = group(
    errors,
    ({ code }) => code,
    ({ name }) => name,
  );
  const shared = [...names].filter(([, found]) => found.size > 1);
  for (const [code, found] of shared) expect(SHARED[code] ?? [], code).toEqual(expect.arrayContaining([...found]));
});

function group(list: readonly Named[], key: (one: Named) => string, value: (one: Named) => string) {
  const groups = new Map<string, Set<string>>();
  for (const one of list) groups.set(key(one), (groups.get(key(one)) ?? new Set()).add(value(one)));
  return groups;
}
