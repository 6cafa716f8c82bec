import { IntendantError } from "../../../domain/error.ts";
import { controlVerbs, intentSchema, type Message, missingFields, questionTopics } from "../../../domain/intent.ts";
import type { CorpusRecord, Label } from "./record.ts";
import { LabelSyntaxError, parseActions, parseConstraints } from "./shorthandActions.ts";
import { splitOutside } from "./splitOutside.ts";

/**
 * Reads a corpus file in shorthand: quick to write and to review, one record a line.
 *
 *     #tags typo trader
 *     swap 100 usdc to eth ==> swap USDC>ETH 100
 *     U: swap 200 usdc for eth
 *     A: Plan: 200 USDC to about 0.066 ETH. Approve?
 *     U: make it 300
 *     ==> swap USDC>ETH 300
 *
 * `\n` in a text is a line break. corpus/README.md has the whole label syntax. Errors: ShorthandError with the line.
 */
export function readShorthand(source: string): readonly CorpusRecord[] {
  const records: CorpusRecord[] = [];
  let tags: readonly string[] = [];
  let turns: Message[] = [];
  for (const [index, raw] of source.split("\n").entries()) {
    const line = raw.trim();
    const at = index + 1;
    if (line === "" || line.startsWith("##")) continue;
    if (line.startsWith("#tags")) {
      tags = line.slice(5).split(/\s+/).filter(Boolean);
      continue;
    }
    const turn = /^([UAST]): ?(.*)$/.exec(line);
    if (turn !== null && !line.includes(MARK)) {
      turns.push({ role: ROLES[turn[1] as keyof typeof ROLES], content: unfold(turn[2] ?? "") });
      continue;
    }
    const split = line.lastIndexOf(MARK);
    if (split < 0) throw new ShorthandError(at, `no "${MARK}" between text and label`);
    const understanding = parseLabel(line.slice(split + MARK.length).trim(), at);
    const text = unfold(line.slice(0, split).trim());
    if ((text === "") === (turns.length === 0)) throw new ShorthandError(at, "either one text or turns, not both");
    const said = turns.length > 0 ? { messages: turns } : { text };
    records.push({ ...said, understanding, ...(tags.length > 0 ? { tags } : undefined) });
    turns = [];
  }
  return records;
}

const MARK = "==>";
const ROLES = { U: "user", A: "assistant", S: "system", T: "tool" } as const;

function unfold(text: string): string {
  return text.replaceAll("\\n", "\n");
}

/** One label. Errors: ShorthandError. */
export function parseLabel(source: string, line = 0): Label {
  const fail = (what: string): never => {
    throw new ShorthandError(line, `${what} in "${source}"`);
  };
  const [head = "", ...rest] = source.split(/\s+/);
  if (head === "refuse" || head === "talk") return rest.length === 0 ? { kind: head } : fail("words after the kind");
  if (head === "control") {
    const verb = rest[0] ?? "";
    return (controlVerbs as readonly string[]).includes(verb) ? { kind: head, verb } : fail("unknown verb");
  }
  if (head === "clarify") {
    const missing = (rest[0] ?? "").split(",");
    const known = missing.every((field) => (missingFields as readonly string[]).includes(field));
    return known && rest.length === 1 ? { kind: head, missing } : fail("unknown missing field");
  }
  if (head === "ask") return parseQuestion(rest, fail);
  const [actions = "", constraints] = splitOutside(source, "|");
  try {
    const intent = {
      actions: parseActions(actions),
      ...(constraints === undefined ? undefined : { constraints: parseConstraints(constraints) }),
    };
    const checked = intentSchema.safeParse(intent);
    if (!checked.success)
      return fail(checked.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; "));
    return { kind: "act", ...intent } as Label;
  } catch (error) {
    if (error instanceof LabelSyntaxError) return fail(error.message);
    throw error;
  }
}

function parseQuestion(words: readonly string[], fail: (what: string) => never): Label {
  const [topic = "", ...rest] = words;
  if (!(questionTopics as readonly string[]).includes(topic)) return fail("unknown topic");
  let label: { kind: "ask"; topic: string; asset?: string; protocol?: string } = { kind: "ask", topic };
  for (const word of rest)
    label = word.startsWith("@") ? { ...label, protocol: word.slice(1) } : { ...label, asset: word };
  return label;
}

/** A line of a corpus file that cannot be read. */
export class ShorthandError extends IntendantError {
  readonly code = "corpus_unreadable";
  constructor(line: number, what: string) {
    super(`Line ${line}: ${what}.`, { facts: [`line ${line}`], retry: "never" });
  }
}
