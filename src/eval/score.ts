import type { Action, SimpleAction, Understanding } from "../domain/intent.ts";
import { canonical } from "../inference/nano/canonical.ts";
import type { Label } from "../inference/nano/corpus/record.ts";

/** One scored case. A wrong silent act: something would be planned that was not asked for. */
export type Scored = {
  readonly right: boolean;
  readonly wrongSilentAct: boolean;
  readonly want: string;
  readonly got: string;
};

/** Compares what was understood with a label of the published form (intent.md, fields of the intent beside `kind`). */
export function score(understanding: Understanding, label: Label): Scored {
  const subject = "subject" in label;
  const want = canonical(label.kind === "clarify" ? { ...label, missing: [...label.missing].sort() } : label);
  const got = canonical(toLabel(understanding, subject));
  const right = got === want || got === canonical(asSell(label));
  return { right, wrongSilentAct: !right && understanding.kind === "act", want, got };
}

/** The understanding in the label's spelling; texts for people are left out, and a subject that the label does not judge. */
function toLabel(understanding: Understanding, subject: boolean): unknown {
  switch (understanding.kind) {
    case "act":
      return { kind: "act", ...understanding.intent };
    case "ask":
      return { kind: "ask", ...understanding.question, ...(subject ? {} : { subject: undefined }) };
    case "clarify":
      return { kind: "clarify", missing: [...understanding.missing].sort() };
    case "control":
      return { ...understanding, ...(subject ? {} : { subject: undefined }) };
    default:
      return { kind: understanding.kind };
  }
}

/** Reading 16: "$50 of ETH with USDC" is side buy; side sell is accepted, in a standing order too. */
function asSell(label: Label): unknown {
  return label.kind === "act" ? { ...label, actions: label.actions.map(soldInstead) } : label;
}

function soldInstead(action: Action | SimpleAction): Action | SimpleAction {
  if (action.type === "recur" || action.type === "when")
    return { ...action, then: action.then.map((one) => soldInstead(one) as SimpleAction) };
  return action.type === "swap" && action.amount.unit === "usd" ? { ...action, side: "sell" } : action;
}
