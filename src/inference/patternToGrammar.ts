import { SchemaUnsupportedError } from "./errors.ts";

const CLASSES: Readonly<Record<string, string>> = { d: "[0-9]", w: "[0-9a-zA-Z_]" };

/**
 * Turns a simple anchored regular expression into GBNF: literals, classes, \d, \w, groups, alternatives and quantifiers.
 *
 * @throws SchemaUnsupportedError for anything else (look-around, back references, unanchored patterns)
 */
export function patternToGrammar(pattern: string): string {
  if (!pattern.startsWith("^") || !pattern.endsWith("$"))
    throw new SchemaUnsupportedError(`unanchored pattern ${pattern}`);
  const tokens = pattern.slice(1, -1).match(/\\.|\[(?:\\.|[^\]\\])*\]|\(\?[:=!<]?|\{\d*,?\d*\}|[\s\S]/g) ?? [];
  return `(${tokens.map((token) => part(token, pattern)).join(" ")})`.replace(/ (?=[?*+{])/g, "");
}

function part(token: string, pattern: string): string {
  if (token.startsWith("[") || /^[()|?*+]$/.test(token) || /^\{\d/.test(token)) return token;
  if (token === "(?:") return "(";
  if (token.startsWith("(?") || token === "^" || token === "$") throw new SchemaUnsupportedError(`pattern ${pattern}`);
  if (token === ".") return '[^"\\\\\\x00-\\x1f]';
  if (token.startsWith("\\")) {
    const char = token.slice(1);
    const known = CLASSES[char];
    if (known !== undefined) return known;
    if (/[a-zA-Z0-9]/.test(char)) throw new SchemaUnsupportedError(`pattern ${pattern}`);
    return `"${char === "\\" || char === '"' ? `\\${char}` : char}"`;
  }
  return token === '"' ? '"\\\\\\""' : `"${token}"`;
}
