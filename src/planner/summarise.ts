import type { Draft } from "./types.ts";

/** One sentence over all actions: "Swap …, then supply …." */
export function summarise({ sentences }: Draft): string {
  const text = sentences.join(", then ");
  return text === "" ? "Nothing to do." : `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}.`;
}
