import type { Language } from "../detectLanguage.ts";
import { compoundNumber } from "./compoundNumber.ts";
import { type NumberWords, numberWords } from "./numbers.ts";

const LATIN: readonly Language[] = ["en", "es", "pt", "de", "fr", "it", "tr", "id"];

/** Number words that are English words, names or small words as well: they tell no language. */
const ELSEWHERE = new Set(
  "coma punto ponto once cent cents mille media meta medio quart quarts quinta quarto quarti lucas mila lima sept seize doze tiers null eine einen riesen paus otto nove sette demi elli tres huit".split(
    " ",
  ),
);

const OWNERS: ReadonlyMap<string, Language> = ownersOf();

/** The language whose number word or share this is, when no other language here has the word; never English. */
export function numberLanguage(word: string): Language | undefined {
  if (word.length < 3 || ELSEWHERE.has(word)) return undefined;
  const owner = OWNERS.get(word);
  if (owner !== undefined) return owner === "en" ? undefined : owner;
  return (["de", "it"] as const).find((language) => {
    const how = numberWords(language).compounding;
    return how !== undefined && compoundNumber(word, how) !== undefined;
  });
}

/** Slang for money: names and words of other languages too. */
const SLANG = new Set(["pau", "paus", "lucas", "balles", "riesen"]);

/** True when the language has this number word, be it of others too. */
export function isNumberWord(word: string, language: Language): boolean {
  if (SLANG.has(word)) return false;
  const words = numberWords(language);
  return words.units.has(word) || words.scales.has(word) || words.shares.has(word);
}

/** Words of four letters and more, or with a letter beyond ASCII, that exactly one language has. */
function ownersOf(): ReadonlyMap<string, Language> {
  const owners = new Map<string, Language>();
  const shared = new Set<string>();
  for (const language of LATIN)
    for (const word of wordsOf(numberWords(language))) {
      if (owners.has(word)) shared.add(word);
      else if (word.length > 3 || /[^a-z]/.test(word)) owners.set(word, language);
    }
  for (const word of shared) owners.delete(word);
  return owners;
}

function wordsOf({ units, scales, shares, points, halves, teens, parts }: NumberWords): ReadonlySet<string> {
  const more = [...points, ...(halves ?? []), ...(teens ?? []), ...(parts?.keys() ?? [])];
  return new Set([...units.keys(), ...scales.keys(), ...shares.keys(), ...more]);
}
