/** Most characters shown of a name that a contract chose. */
const SHOWN = 32;

/**
 * Text that a contract chose (name, symbol), as data: in quotes, every character but plain ASCII escaped, cut short. It
 * can neither pass for our own words nor hide anything.
 */
export function showText(text: string, longest = SHOWN): string {
  // Twice as many code units are enough for every character that is kept, however long the text is.
  const characters = [...text.slice(0, 2 * longest + 2)];
  const shown = characters.slice(0, longest).map((one) => (/^[ !#-[\]-~]$/.test(one) ? one : escaped(one)));
  return `"${shown.join("")}${characters.length > longest ? "…" : ""}"`;
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
