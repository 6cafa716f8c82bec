import { expect, test } from "vitest";
import { type Outcome, showOutcome, showTable } from "./outcome.ts";
import { requests } from "./requests.ts";
import { withOwner } from "./stage.ts";

/** Of the forty; and not one with another effect than the one asked for. */
const RIGHT_AT_LEAST = 36;

const say = withOwner();

test("default: everyday requests are executed with exactly the effect asked for", { timeout: 600_000 }, async () => {
  const outcomes: Outcome[] = [];
  for (const request of requests) outcomes.push(await say(request));
  process.stdout.write(`${showTable(outcomes)}\n`);
  expect(outcomes.filter(({ wrong }) => wrong).map(showOutcome)).toEqual([]);
  expect(outcomes.filter(({ right }) => right).length).toBeGreaterThanOrEqual(RIGHT_AT_LEAST);
});
