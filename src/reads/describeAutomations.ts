import { type Answer, toAnswer } from "./toAnswer.ts";

/** No standing order can be kept yet, so none can run. */
export function describeAutomations(): Answer {
  const none = "No automation is set up: standing orders, guardians and rebalancers cannot be kept yet.";
  return toAnswer({
    says: none,
    facts: [none, "nothing acts on its own: only what you ask for is planned"],
    source: "this program: it has no automations yet",
  });
}
