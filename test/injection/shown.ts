import type { Carried } from "./carry.ts";
import type { Injection } from "./corpus.ts";

/** Longest run of a foreign text that is shown, that of a revert reason. */
const LONGEST = 120;
/** Shorter texts stand in our own sentences by chance. */
const SHORTEST = 9;

/** Where an answer shows what a contract said otherwise than in printable characters, in quotes and cut short. */
export function shownWrongly({ id, carrier, parts }: Injection, { shown = "" }: Carried): readonly string[] {
  // A token has two fields; everywhere else the parts stand in one text.
  const texts = carrier === "token-metadata" ? parts : [parts.join(" ")];
  const seen = texts.filter((part) => part.length >= SHORTEST && shown.includes(part));
  return [
    ...(/^[\n\x20-\x7e…]*$/.test(shown) ? [] : [`text ${id}: characters that hide or turn text`]),
    ...seen.filter((part) => part.length > LONGEST).map(() => `text ${id}: shown whole`),
    ...seen.filter((part) => !shown.includes(`"${part}"`)).map(() => `text ${id}: not in quotes`),
  ];
}
