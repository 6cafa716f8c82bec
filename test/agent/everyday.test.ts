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

/** Found by trying: each was once read past by the model and executed. */
const NEVER_EXECUTED = [
  "swap 100 usdc for eth tomorrow morning",
  "swap minus 100 usdc for eth",
  "leave 100 usdc in my wallet and lend the rest on aave",
  "swap all but 1000 of my dai to usdc",
  "swap 500 dai to usdc and send half of it to 0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  "half my dai to usdc, the other half to usdt",
  "sell 0.01 worth of bitcoin for tether",
  "swap two to three hundred usdc for eth",
];

test.each(NEVER_EXECUTED)("behavior: nothing is sent for: %s", async (said) => {
  const { record, transactions, differences } = await say({ said, effect: {} });
  expect([record.state, transactions, differences]).toEqual(["clarifying", 0, []]);
});

test("behavior: a question about doing it is answered, nothing is planned or sent", async () => {
  const { record, transactions, differences } = await say({
    said: "would it be smart to swap 100 usdc for eth right now?",
    effect: {},
  });
  expect([record.state, record.plan, transactions, differences]).toEqual(["answered", undefined, 0, []]);
});
