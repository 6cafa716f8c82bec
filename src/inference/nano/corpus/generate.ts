import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Action } from "../../../domain/intent.ts";
import { chain } from "./grammar/chain.ts";
import { CONTROL, controlVerb, talk } from "./grammar/chat.ts";
import { clarify } from "./grammar/clarify.ts";
import { type Clause, type Grammar, polite } from "./grammar/clause.ts";
import { limited } from "./grammar/constraints.ts";
import { surrounded } from "./grammar/context.ts";
import { borrow, repay } from "./grammar/debt.ts";
import { earn } from "./grammar/earn.ts";
import { followUp } from "./grammar/followUp.ts";
import { move, setCollateral, supply, withdraw } from "./grammar/lending.ts";
import { question } from "./grammar/question.ts";
import { refuse } from "./grammar/refuse.ts";
import { shared, worth } from "./grammar/shared.ts";
import { stake, unstake } from "./grammar/stake.ts";
import { standing } from "./grammar/standing.ts";
import { swap } from "./grammar/swap.ts";
import { transfer } from "./grammar/transfer.ts";
import { wrap } from "./grammar/wrap.ts";
import { isJoinable, join } from "./join.ts";
import { chance, createRng, pick, pickWeighted, type Rng } from "./random.ts";
import { readWritten } from "./readWritten.ts";
import type { CorpusRecord, Label } from "./record.ts";
import { render } from "./render.ts";
import { words } from "./template.ts";
import { vary } from "./vary.ts";

/** The share of each family in percent. The wishes of issue 2 carry the weight; the rest shows the shape. */
const FAMILIES: readonly (readonly [number, string, (rng: Rng) => CorpusRecord])[] = [
  [20, "swap", (rng) => act(rng, "swap", swap)],
  [9, "transfer", (rng) => act(rng, "transfer", transfer)],
  [9, "supply", (rng) => act(rng, "supply", supply)],
  [8, "withdraw", (rng) => act(rng, "withdraw", withdraw)],
  [6, "borrow", (rng) => act(rng, "borrow", borrow)],
  [7, "repay", (rng) => act(rng, "repay", repay)],
  [9, "earn", (rng) => act(rng, "earn", earn)],
  [11, "chain", (rng) => act(rng, "chain", chain)],
  [1.2, "worth", (rng) => act(rng, "swap", worth)],
  [2.5, "shared", (rng) => act(rng, "chain", shared)],
  [1.8, "wrap", (rng) => act(rng, "wrap", wrap)],
  [1.2, "set-collateral", (rng) => act(rng, "set-collateral", setCollateral)],
  [1.4, "move", (rng) => act(rng, "move", move)],
  [0.8, "stake", (rng) => act(rng, "stake", stake)],
  [0.4, "unstake", (rng) => act(rng, "unstake", unstake)],
  [5, "standing", (rng) => standingRecord(rng)],
  [5, "clarify", (rng) => incomplete(rng)],
  [4, "ask", (rng) => asked(rng)],
  [2.5, "refuse", (rng) => ({ text: render(rng, refuse(rng)), understanding: { kind: "refuse" }, tags: ["refuse"] })],
  [0.6, "control", (rng) => control(rng)],
  [1, "talk", (rng) => ({ text: render(rng, talk(rng)), understanding: { kind: "talk" }, tags: ["talk"] })],
  [12, "follow-up", followUp],
];

/** Share of the records that are written requests in new clothes, and of those that join two of them. */
const WRITTEN_SHARE = 0.5;
const JOINED_SHARE = 0.07;

const WEIGHTED = FAMILIES.map(([weight, , make]) => [weight, make] as const);

/** How many records, and from which seed. The same pair gives the same records. */
export interface GenerateOptions {
  readonly seed: number;
  readonly count: number;
}

/**
 * Writes labelled requests: text from the grammars, and the understanding that the grammar knows by construction;
 * written requests varied and joined. Deterministic; texts may repeat, so the consumer drops duplicates.
 */
export function* generate({ seed, count }: GenerateOptions): Generator<CorpusRecord> {
  const rng = createRng(seed);
  const written = readWritten().map(({ record }) => record);
  const joinable = written.filter(isJoinable);
  for (let made = 0; made < count; made += 1) {
    if (chance(rng, WRITTEN_SHARE)) yield vary(rng, pick(rng, written));
    else if (chance(rng, JOINED_SHARE / (1 - WRITTEN_SHARE)))
      yield vary(rng, join(rng, pick(rng, joinable), pick(rng, joinable)));
    else yield pickWeighted(rng, WEIGHTED)(rng);
  }
}

function act(rng: Rng, family: string, grammar: Grammar): CorpusRecord {
  let wish: Clause = grammar(rng);
  let said = polite(rng, wish);
  const tags = [family];
  if (chance(rng, 0.07)) {
    const bound = limited(rng, wish, said);
    if (bound !== undefined) {
      wish = bound.wish;
      said = bound.pieces;
      tags.push("constraint");
    }
  }
  const around = surrounded(rng, wish, said);
  return { text: render(rng, around.pieces), understanding: label(wish), tags: [...tags, ...around.tags] };
}

function label(wish: Clause): Label {
  const actions = wish.actions as readonly Action[];
  return wish.constraints === undefined
    ? { kind: "act", actions }
    : { kind: "act", actions, constraints: wish.constraints };
}

function standingRecord(rng: Rng): CorpusRecord {
  const { pieces, actions, tag } = standing(rng);
  return { text: render(rng, pieces), understanding: { kind: "act", actions }, tags: ["standing", tag] };
}

function incomplete(rng: Rng): CorpusRecord {
  const { pieces, missing } = clarify(rng);
  const said = chance(rng, 0.2)
    ? polite(rng, {
        pieces,
        mood: /^(swap|convert|sell|buy|send|supply|deposit|put|withdraw|borrow|repay|exchange|trade|lend|transfer)\b/.test(
          pieces[0]?.text ?? "",
        )
          ? "imperative"
          : "free",
      })
    : pieces;
  return { text: render(rng, said), understanding: { kind: "clarify", missing }, tags: ["clarify"] };
}

function asked(rng: Rng): CorpusRecord {
  const { pieces, label: understanding } = question(rng);
  return { text: render(rng, pieces), understanding, tags: ["ask"] };
}

function control(rng: Rng): CorpusRecord {
  const verb = controlVerb(rng);
  return {
    text: render(rng, words(pick(rng, CONTROL[verb]))),
    understanding: { kind: "control", verb },
    tags: ["control"],
  };
}

/** `npx tsx src/inference/nano/corpus/generate.ts --seed 1 --count 1000` prints one record per line. */
async function main(): Promise<void> {
  const flag = (name: string, fallback: number) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? fallback : Number(process.argv[at + 1]);
  };
  let block = "";
  for (const record of generate({ seed: flag("--seed", 1), count: flag("--count", 1000) })) {
    block += `${JSON.stringify(record)}\n`;
    if (block.length > 1 << 16) {
      if (!process.stdout.write(block)) await new Promise<void>((resolve) => process.stdout.once("drain", resolve));
      block = "";
    }
  }
  process.stdout.write(block);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
