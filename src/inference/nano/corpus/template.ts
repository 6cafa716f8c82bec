import { IntendantError } from "../../../domain/error.ts";
import { pick, type Rng } from "./random.ts";

/**
 * A stretch of text. `words` may be misspelt, `value` may change case, `fixed` (addresses, names) stays as it is.
 */
export interface Piece {
  readonly text: string;
  readonly kind: "words" | "value" | "fixed";
}

/** What a slot of a template is filled with. */
export type Slots = Readonly<Record<string, readonly Piece[]>>;

type Node =
  | { readonly literal: string }
  | { readonly slot: string }
  | { readonly choice: readonly (readonly Node[])[] };

const compiled = new Map<string, readonly Node[]>();

/** A stretch that carries a label: an amount, a token, a protocol. */
export function value(text: string): readonly Piece[] {
  return [{ text, kind: "value" }];
}

/** A stretch that must survive unchanged: an address, a name, a date. */
export function fixed(text: string): readonly Piece[] {
  return [{ text, kind: "fixed" }];
}

/** Plain words. */
export function words(text: string): readonly Piece[] {
  return [{ text, kind: "words" }];
}

/**
 * Fills one template. Syntax: `(this|that|)` chooses, `{name}` is a slot.
 * Throws TemplateError when a slot has no filling or a bracket is left open: a mistake of the grammar's author.
 */
export function expand(rng: Rng, template: string, slots: Slots = {}): Piece[] {
  let nodes = compiled.get(template);
  if (nodes === undefined) {
    nodes = parse(template);
    compiled.set(template, nodes);
  }
  const out: Piece[] = [];
  walk(rng, nodes, slots, template, out);
  return out;
}

/** Fills one of several templates. */
export function expandOne(rng: Rng, templates: readonly string[], slots: Slots = {}): Piece[] {
  return expand(rng, pick(rng, templates), slots);
}

function walk(rng: Rng, nodes: readonly Node[], slots: Slots, template: string, out: Piece[]): void {
  for (const node of nodes) {
    if ("literal" in node) out.push({ text: node.literal, kind: "words" });
    else if ("slot" in node) {
      const filling = slots[node.slot];
      if (filling === undefined) throw new TemplateError(`Template "${template}" has no filling for {${node.slot}}.`);
      out.push(...filling);
    } else walk(rng, pick(rng, node.choice), slots, template, out);
  }
}

function parse(template: string): readonly Node[] {
  let at = 0;
  const sequence = (nested: boolean): Node[] => {
    const nodes: Node[] = [];
    let literal = "";
    const flush = () => {
      if (literal !== "") nodes.push({ literal });
      literal = "";
    };
    while (at < template.length) {
      const char = template[at] as string;
      if (nested && (char === "|" || char === ")")) break;
      at += 1;
      if (char === "{") {
        flush();
        const end = template.indexOf("}", at);
        nodes.push({ slot: template.slice(at, end) });
        at = end + 1;
      } else if (char === "(") {
        flush();
        nodes.push({ choice: choice() });
      } else literal += char;
    }
    flush();
    return nodes;
  };
  const choice = (): Node[][] => {
    const options: Node[][] = [];
    for (;;) {
      options.push(sequence(true));
      const char = template[at];
      at += 1;
      if (char === ")") return options;
      if (char !== "|") throw new TemplateError(`Template "${template}" has an open bracket.`);
    }
  };
  return sequence(false);
}

/** A template of the corpus grammar is malformed. */
export class TemplateError extends IntendantError {
  readonly code = "corpus_template";
}
