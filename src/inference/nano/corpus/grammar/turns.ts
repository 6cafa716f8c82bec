import type { Action, Message, SimpleAction } from "../../../../domain/intent.ts";
import type { Role } from "../amounts.ts";
import { pickWeighted, type Rng } from "../random.ts";
import type { CorpusRecord, Label } from "../record.ts";
import { render } from "../render.ts";
import type { Piece } from "../template.ts";
import { type Clause, polite } from "./clause.ts";
import { borrow, repay } from "./debt.ts";
import { earn } from "./earn.ts";
import { move, supply, withdraw } from "./lending.ts";
import { summary } from "./summary.ts";
import { swap } from "./swap.ts";
import { transfer } from "./transfer.ts";
import { wrap } from "./wrap.ts";

/** How often each wish opens a conversation. */
export const WISHES = [
  [10, swap],
  [5, transfer],
  [5, supply],
  [4, withdraw],
  [3, borrow],
  [3, repay],
  [4, earn],
  [1, wrap],
  [1, move],
] as const;

/** Whose money an amount of each action is, where it is not the wallet. */
export const ROLE: Readonly<Partial<Record<SimpleAction["type"], Role>>> = {
  withdraw: "deposit",
  move: "deposit",
  repay: "debt",
  borrow: "fresh",
  unstake: "staked",
};

/** A turn of the owner. */
export function user(rng: Rng, pieces: readonly Piece[]): Message {
  return { role: "user", content: render(rng, pieces) };
}

/** A turn of the agent, in its own words. */
export function assistant(content: string): Message {
  return { role: "assistant", content };
}

/** A conversation with its label. */
export function record(messages: readonly Message[], understanding: Label, tag: string): CorpusRecord {
  return { messages, understanding, tags: ["follow-up", tag] };
}

/** The label of plain actions. */
export function acted(actions: readonly Action[]): Label {
  return { kind: "act", actions };
}

/** A wish, said, and the plan shown for it. */
export function planned(rng: Rng): {
  readonly wish: Clause;
  readonly action: SimpleAction;
  readonly turns: readonly Message[];
} {
  const wish = pickWeighted(rng, WISHES)(rng);
  const action = wish.actions[0] as SimpleAction;
  return { wish, action, turns: [user(rng, polite(rng, wish)), assistant(summary(rng, action))] };
}
