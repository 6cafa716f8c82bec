/** Follows JSON text piece by piece and tells when the outermost object or array has closed. */
export type JsonEnd = { readonly push: (piece: string) => boolean };

/**
 * A grammar only ends when the model also chooses its end token; watching the brackets saves that step and keeps a
 * model from adding blanks after the answer. Scalars at the root never report an end.
 */
export function jsonEnd(): JsonEnd {
  let depth = 0;
  let quoted = false;
  let escaped = false;
  const step = (char: string): boolean => {
    if (escaped) escaped = false;
    else if (quoted) {
      if (char === "\\") escaped = true;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") {
      depth -= 1;
      return depth === 0;
    }
    return false;
  };
  return {
    push: (piece) => {
      let ended = false;
      for (const char of piece) ended = step(char) || ended;
      return ended;
    },
  };
}
