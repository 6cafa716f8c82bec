/** Splits a text at " / " into phrases: long lists of wordings stay readable. An empty phrase is allowed. */
export function list(text: TemplateStringsArray): readonly string[] {
  return ` ${text[0] ?? ""} `.split(/\s\/(?=\s)/).map((phrase) => phrase.trim());
}
