import { tokenName } from "./draw.ts";
import { greeting, tail } from "./grammar/context.ts";
import { chance, pick, type Rng, sample } from "./random.ts";
import type { CorpusRecord, Label } from "./record.ts";
import { misspell, tidy } from "./render.ts";

/** Tokens that may change places: symbol, and the words that mean it. Names that are also protocols stay out. */
const TOKENS: readonly (readonly [string, RegExp])[] = [
  ["USDC", /(?<![\w$])\$?usdc(?!\w)/gi],
  ["USDT", /(?<![\w$])\$?(?:usdt|tether)(?!\w)/gi],
  ["DAI", /(?<![\w$])\$?dai(?!\w)/gi],
  ["WETH", /(?<![\w$])\$?weth(?!\w)/gi],
  ["WBTC", /(?<![\w$])\$?(?:wbtc|bitcoin|btc)(?!\w)/gi],
  ["ETH", /(?<![\w$.])\$?(?:eth|ether|ethereum)(?![\w.]\w|\w)/gi],
  ["LINK", /(?<![\w$])\$?(?:link|chainlink)(?!\w)/gi],
  ["ARB", /(?<![\w$])\$?arb(?!\w)/gi],
  ["CRV", /(?<![\w$])\$?crv(?!\w)/gi],
  ["LDO", /(?<![\w$])\$?ldo(?!\w)/gi],
  ["PEPE", /(?<![\w$])\$?pepe(?!\w)/gi],
];
/** Requests about these lean on what the token is. */
const FIXED = /wrap|stak|lido|rocket|stable|gwei|steth|reth|optimi|burn|native|dollar one/i;

const LENDERS: readonly (readonly [string, string, RegExp])[] = [
  ["aave-v3", "aave", /(?<![\w$])aave(?:[ -]v3)?(?!\w)/gi],
  ["spark", "spark", /(?<!\w)spark(?!\w)/gi],
  ["morpho", "morpho", /(?<!\w)morpho(?!\w)/gi],
  ["compound-v3", "compound", /(?<!\w)compound(?:[ -]v3)?(?!\w)/gi],
];

type Renaming = { readonly pattern: RegExp; readonly spoken: () => string; readonly from: string; readonly to: string };

/**
 * A written request in new clothes: other tokens, other lenders, a slip, a greeting, a tail. The label follows the text.
 * It multiplies sentences that a person wrote, which the grammars alone would not reach.
 */
export function vary(rng: Rng, record: CorpusRecord): CorpusRecord {
  const texts = record.messages === undefined ? [record.text ?? ""] : record.messages.map((message) => message.content);
  const renamings = [
    ...tokenRenamings(rng, texts, record.understanding),
    ...lenderRenamings(rng, texts, record.understanding),
  ];
  const renamed = texts.map((text) => rename(text, renamings));
  const understanding = relabel(record.understanding, renamings);
  const last = renamed.length - 1;
  const bare = understanding.kind === "talk" || understanding.kind === "control";
  if (!bare) renamed[last] = dress(rng, renamed[last] ?? "");
  const tags = [...(record.tags ?? []), "written"];
  if (record.messages === undefined) return { text: renamed[0] ?? "", understanding, tags };
  return {
    messages: record.messages.map((message, index) => ({ ...message, content: renamed[index] ?? "" })),
    understanding,
    tags,
  };
}

function dress(rng: Rng, text: string): string {
  const head = chance(rng, 0.3) ? greeting(rng) : "";
  const end = chance(rng, 0.3) ? tail(rng) : "";
  const slipped = chance(rng, 0.3) ? misspell(rng, text, 0.15) : text;
  const dressed = tidy(`${head}${slipped.replace(end === "" ? /$/ : /[.!]+$/, "")}${end}`);
  return chance(rng, 0.1)
    ? dressed.toLowerCase().replace(/0x[0-9a-f]{40}/g, (found) => text.match(new RegExp(found, "i"))?.[0] ?? found)
    : dressed;
}

function tokenRenamings(rng: Rng, texts: readonly string[], label: Label): Renaming[] {
  const all = texts.join("\n");
  if (FIXED.test(all) || chance(rng, 0.25)) return [];
  const present = TOKENS.filter(([, pattern]) => all.search(pattern) >= 0);
  const labelled = symbolsOf(label);
  // Every token of the label must be said, or the sentence means more than its words.
  if ([...labelled].some((symbol) => !present.some(([known]) => known === symbol))) return [];
  const targets = sample(
    rng,
    TOKENS.map(([symbol]) => symbol),
    present.length,
  );
  return present.map(([from, pattern], index) => {
    const to = targets[index] ?? from;
    return { pattern, from, to, spoken: () => tokenName(rng, to)[0]?.text ?? to };
  });
}

function symbolsOf(label: Label): ReadonlySet<string> {
  const found =
    JSON.stringify(label).match(/(?<=")(?:[A-Z]{2,6}|wstETH|stETH|rETH|0x[0-9a-fA-F]{40}|any:stablecoin)(?=")/g) ?? [];
  return new Set(
    found.filter((each) => !/^(?:PT|P)\d/.test(each) && !each.startsWith("0x") && each !== "any:stablecoin"),
  );
}

function lenderRenamings(rng: Rng, texts: readonly string[], label: Label): Renaming[] {
  const all = texts.join("\n");
  const labelled = symbolsOf(label);
  if (labelled.has("AAVE") || labelled.has("COMP")) return [];
  if (/\$aave|aave token|aave coin|\bcomp\b|AAVE/.test(all) || chance(rng, 0.4)) return [];
  const present = LENDERS.filter(([, , pattern]) => all.search(pattern) >= 0);
  const targets = sample(rng, LENDERS, present.length);
  return present.map(([from, , pattern], index) => {
    const [to, name] = targets[index] ?? [from, from];
    return { pattern, from, to, spoken: () => pick(rng, [name, name, name[0]?.toUpperCase() + name.slice(1)]) };
  });
}

/** Renames all at once: marks first, words after, so that a swap of two names does not run in circles. */
function rename(text: string, renamings: readonly Renaming[]): string {
  const marked = renamings.reduce((now, { pattern }, index) => now.replace(pattern, `⟦${index}⟧`), text);
  return marked.replace(/⟦(\d+)⟧/g, (_, index: string) => renamings[Number(index)]?.spoken() ?? "");
}

function relabel(label: Label, renamings: readonly Renaming[]): Label {
  const table = new Map(renamings.map(({ from, to }) => [from, to]));
  return JSON.parse(JSON.stringify(label), (_, value: unknown) =>
    typeof value === "string" ? (table.get(value) ?? value) : value,
  ) as Label;
}
