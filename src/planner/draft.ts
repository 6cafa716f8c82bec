import type { Hex } from "viem";
import type { Binding, Call, CallRole } from "../domain/call.ts";
import type { Expectation } from "../domain/plan.ts";
import type { BoundAmount, Draft } from "./types.ts";
import { emptyLedger } from "./wallet.ts";

/** A plan with nothing in it. */
export const emptyDraft: Draft = {
  calls: [],
  quotes: [],
  expectations: [],
  resolutions: [],
  assumptions: [],
  alternatives: [],
  sentences: [],
  gas: 0n,
  ledger: emptyLedger,
};

type NewCall = {
  readonly call: Call;
  readonly role: CallRole;
  readonly label: string;
  readonly protocol: string;
  readonly actionIndex: number;
  readonly gas: bigint;
  readonly bound?: BoundAmount | undefined;
  /** Where the bound amount stands; without it nothing is bound. */
  readonly amountAt?: number | "value" | undefined;
};

/** The draft with one more call at its end. */
export function addCall(draft: Draft, added: NewCall): Draft {
  const { call, role, label, protocol, actionIndex, bound, amountAt } = added;
  const bindings: Binding[] = bound === undefined || amountAt === undefined ? [] : [{ ...bound, at: amountAt }];
  const planned = {
    to: call.to,
    data: call.data as Hex,
    value: call.value,
    role,
    label,
    protocol,
    actionIndex,
    bindings,
  };
  return { ...draft, calls: [...draft.calls, planned], gas: draft.gas + added.gas };
}

type Notes = Partial<Pick<Draft, "quotes" | "resolutions" | "assumptions" | "alternatives" | "sentences">>;

/** The draft with more facts for the owner appended. */
export function addNotes(draft: Draft, notes: Notes): Draft {
  return {
    ...draft,
    quotes: [...draft.quotes, ...(notes.quotes ?? [])],
    resolutions: [...draft.resolutions, ...(notes.resolutions ?? [])],
    assumptions: [...draft.assumptions, ...(notes.assumptions ?? []).filter((one) => !draft.assumptions.includes(one))],
    alternatives: [...draft.alternatives, ...(notes.alternatives ?? [])],
    sentences: [...draft.sentences, ...(notes.sentences ?? [])],
  };
}

/** Closes one action: its expectation (net over the action's own calls) and what it leaves for `previous`. */
export function closeAction(draft: Draft, expectation: Expectation, previous: Draft["previous"]): Draft {
  const { previous: _, ...rest } = draft;
  const closed = { ...rest, expectations: [...draft.expectations, expectation] };
  return previous === undefined ? closed : { ...closed, previous };
}
