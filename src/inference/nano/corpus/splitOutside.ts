/** Cuts at a separator that stands outside braces. */
export function splitOutside(source: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < source.length; at++) {
    if (source[at] === "{") depth++;
    if (source[at] === "}") depth--;
    if (source[at] === separator && depth === 0) {
      parts.push(source.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, source.slice(from).trim()];
}
