/** How a language glues its number words together. */
export type Compounding = {
  /** Words below a hundred, glued ones ("fünfundzwanzig", "ventuno") among them. */
  readonly small: ReadonlyMap<string, number>;
  /** Roots that multiply what stands before them and add what follows, largest first. */
  readonly marks: readonly (readonly [root: string, scale: number])[];
  /** What may stand between a root and the rest ("zweihundertundfünf"). */
  readonly joint: RegExp;
};

/** German: the ones come first. */
export function germanCompounding(units: ReadonlyMap<string, number>): Compounding {
  const small = below100(units);
  const tens = roundTens(units);
  for (const [one, value] of units) {
    if (value < 1 || value >= 10 || !Number.isInteger(value)) continue;
    small.set(`${one}einhalb`, value + 0.5);
    for (const [ten, round] of tens) small.set(`${one}und${ten}`, round + value);
  }
  return {
    small,
    marks: [
      ["tausend", 1000],
      ["hundert", 100],
    ],
    joint: /^und(?=.)/,
  };
}

/** Italian: the tens drop their vowel before "uno" and "otto", and "cento" before "otto". */
export function italianCompounding(units: ReadonlyMap<string, number>): Compounding {
  const small = below100(units);
  for (const [ten, round] of roundTens(units))
    for (const [one, value] of units) {
      if (value >= 1 && value < 10) small.set((/^[uo]/.test(one) ? ten.slice(0, -1) : ten) + one, round + value);
    }
  return {
    small,
    marks: [
      ["mila", 1000],
      ["mille", 1000],
      ["cento", 100],
      ["cent", 100],
    ],
    joint: /^(?!)/,
  };
}

/** Value of a word made of two or more number words ("zweihundert", "duemilacinquecento", "fünfundzwanzig"). */
export function compoundNumber(word: string, how: Compounding): number | undefined {
  if (word.length < 6) return undefined;
  return glued(plain(word), how, 0);
}

function glued(word: string, how: Compounding, from: number): number | undefined {
  for (let index = from; index < how.marks.length; index++) {
    const [root, scale] = how.marks[index] ?? ["", 1];
    const at = word.indexOf(root);
    if (at < 0) continue;
    const head = at === 0 ? 1 : glued(word.slice(0, at), how, index + 1);
    const rest = word.slice(at + root.length).replace(how.joint, "");
    const tail = rest === "" ? 0 : glued(rest, how, index + 1);
    if (head !== undefined && tail !== undefined && tail < scale) return head * scale + tail;
  }
  return how.small.get(word);
}

/** One spelling of each word: "dreißig" and "dreissig", "fuenf" and "fünf", "ventitré" and "ventitre". */
function plain(word: string): string {
  return word.replaceAll("ß", "ss").replaceAll("fue", "fü").replaceAll("zwoe", "zwö").replaceAll(/[éè]/g, "e");
}

function below100(units: ReadonlyMap<string, number>): Map<string, number> {
  return new Map(
    [...units].filter(([, value]) => value >= 1 && value < 100).map(([word, value]) => [plain(word), value]),
  );
}

function roundTens(units: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...below100(units)].filter(([, value]) => value >= 20 && value % 10 === 0);
}
