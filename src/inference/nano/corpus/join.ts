import { chance, pick, type Rng } from "./random.ts";
import type { CorpusRecord } from "./record.ts";

/** Most characters and actions of a wish that is joined to another one. */
const LONGEST = 90;
const MOST_ACTIONS = 2;
const STANDING = new Set(["protect", "optimize", "recur", "when", "allocate"]);

/** A single short wish without conditions, whose actions name what they use: said after another one it means the same. */
export function isJoinable({ text, understanding }: CorpusRecord): boolean {
  if (text === undefined || text.length > LONGEST || /\n|\?/.test(text)) return false;
  if (understanding.kind !== "act" || understanding.constraints !== undefined) return false;
  const { actions } = understanding;
  return actions.length <= MOST_ACTIONS && actions.every(({ type }) => !STANDING.has(type));
}

const BETWEEN = [
  ", then ",
  " and then ",
  ". Then ",
  ". After that ",
  "; ",
  ", and ",
  " and also ",
  ". also ",
  "\n",
  " + ",
];

/** Two wishes in one message: the actions of both, in order. */
export function join(rng: Rng, first: CorpusRecord, second: CorpusRecord): CorpusRecord {
  if (first.understanding.kind !== "act" || second.understanding.kind !== "act") return first;
  const head = (first.text ?? "").replace(/[\s.!,;]+$/, "");
  const next = second.text ?? "";
  const tail = chance(rng, 0.7) ? next.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase()) : next;
  const actions = [...first.understanding.actions, ...second.understanding.actions];
  return { text: `${head}${pick(rng, BETWEEN)}${tail}`, understanding: { kind: "act", actions }, tags: ["joined"] };
}
