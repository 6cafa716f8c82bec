import pc from "picocolors";
import type { IntentRecord } from "../../domain/record.ts";
import { printable } from "./printable.ts";

/** Longest answer shown; names from the chain in it are cut already. */
const LONGEST = 8_000;

/** The answer to a question, with the block and the source of its facts. */
export function renderAnswer({ text, block, source }: NonNullable<IntentRecord["answer"]>): string {
  const from = [...(block === undefined ? [] : [`block ${block}`]), ...(source === undefined ? [] : [source])];
  return [printable(text, LONGEST), ...(from.length === 0 ? [] : [pc.dim(printable(from.join(", ")))])].join("\n");
}
