/** Splits a text at " / " into phrases: long lists of wordings stay readable. An empty phrase is allowed. */
export function list(text: TemplateStringsArray): readonly string[] {
  return split(text[0] ?? "");
}

/** One row of a table of wordings: how often it is drawn, what it labels, and the wordings. */
export interface Row {
  readonly weight: number;
  readonly head: readonly string[];
  readonly phrases: readonly string[];
}

/** Reads rows "weight head…: phrase / phrase"; a row goes on in lines that start with " / ". */
export function table(text: TemplateStringsArray): readonly Row[] {
  const rows = (text[0] ?? "").split(/\n(?=\s*[\d.]+ )/).filter((row) => row.trim() !== "");
  return rows.map((row) => {
    const [head = "", ...rest] = row.split(": ");
    const [weight = "0", ...labels] = head.trim().split(" ");
    return { weight: Number(weight), head: labels, phrases: split(rest.join(": ")) };
  });
}

function split(text: string): readonly string[] {
  return ` ${text} `.split(/\s\/(?=\s)/).map((phrase) => phrase.trim());
}
