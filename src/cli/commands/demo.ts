import pc from "picocolors";
import type { Intendant } from "../../compose/intendant.ts";
import { type IntentRecord, isPending } from "../../domain/record.ts";
import { type Portfolio, readPortfolio } from "../../reads/readPortfolio.ts";
import type { CliDeps } from "../deps.ts";
import { EXIT, exitCodeOf } from "../exitCodes.ts";
import { followApproval, followIntent } from "../followIntent.ts";
import { renderAnswer } from "../render/answer.ts";
import { renderDifference, renderPortfolio } from "../render/portfolio.ts";
import { printProblem } from "../render/problem.ts";
import {
  renderCalls,
  renderChanges,
  renderMarkets,
  renderReceipts,
  renderRoutes,
  renderUnderstanding,
  renderVerdict,
} from "../render/record.ts";
import type { Steps } from "../render/steps.ts";
import { withIntendant } from "../withIntendant.ts";

const WORDS = "convert $1000 of ETH into the highest-yielding stablecoin position";

/** The main job, end to end, on a local chain that starts and ends with it. Exit 0 only if the chain shows the effect. */
export async function demo(
  deps: CliDeps,
  words: readonly string[],
  options: { readonly json?: boolean },
): Promise<number> {
  const text = words.length === 0 ? WORDS : words.join(" ");
  const quiet = options.json === true;
  // A chain, a database and a journal of its own: the demo touches nothing that exists.
  const config = deps.readConfig({ RPC_URL: undefined, CHAIN_ID: undefined, DATABASE_URL: "pglite:memory" });
  const say = quiet ? () => undefined : (line: string) => void process.stdout.write(`${line}\n`);
  return await withIntendant(deps, { config, quiet }, async (intendant, steps) =>
    run({ intendant, steps, text, say, json: quiet }),
  );
}

type Stage = {
  readonly intendant: Intendant;
  readonly steps: Steps;
  readonly text: string;
  readonly say: (line: string) => void;
  readonly json: boolean;
};

async function run({ intendant, steps, text, say, json }: Stage): Promise<number> {
  const owner = intendant.account;
  if (owner === undefined) return EXIT.failed;
  const before = await readPortfolio(intendant.reads, owner);
  say(`\n${pc.bold("Account")} ${owner}\n${renderPortfolio(before)}\n\n${pc.bold("Said")} “${text}”\n`);
  const planned = await followIntent(
    intendant,
    { messages: [{ role: "user", content: text }], account: owner, mode: "auto" },
    steps,
  );
  showPlan(planned, say);
  if (!isPending(planned.state)) return finish(planned, json, exitCodeOf(planned));
  say(`\n${pc.bold("Consent")} given to plan ${planned.plan?.id ?? ""}\n`);
  const ended = await followApproval(intendant, planned, steps);
  const after = await readPortfolio(intendant.reads, owner);
  showResult(ended, { before, after }, say);
  return finish(
    ended,
    json,
    ended.state === "confirmed" && chainShowsEffect(ended, before, after) ? EXIT.ok : exitOf(ended),
  );
}

function showPlan(record: IntentRecord, say: (line: string) => void): void {
  if (record.understanding !== undefined)
    say(`\n${pc.bold("Understood")}\n${renderUnderstanding(record.understanding).join("\n")}`);
  if (record.answer !== undefined) say(`\n${renderAnswer(record.answer)}`);
  const { preview } = record;
  if (preview === undefined) return;
  const compared = renderMarkets(preview);
  if (compared !== undefined) say(`\n${pc.bold("Markets compared")}\n${compared}`);
  const routes = renderRoutes(preview);
  if (routes !== undefined) say(`\n${pc.bold("Routes compared")}\n${routes}`);
  say(`\n${pc.bold("Plan")} ${preview.summary}\n${renderCalls(preview)}`);
  for (const entry of preview.resolutions)
    say(`  ${entry.said} = ${entry.amount} ${entry.symbol} (${entry.source}; ${entry.rounding})`);
  for (const assumption of preview.assumptions) say(`  ${pc.dim("assumed:")} ${assumption}`);
  say(`\n${pc.bold("Verdict")} ${renderVerdict(record).join("\n")}`);
  say(
    `\n${pc.bold("Simulated changes")} at block ${preview.block}, gas $${preview.fees.gasUsd}\n${renderChanges(preview)}`,
  );
}

function showResult(
  record: IntentRecord,
  states: { readonly before: Portfolio; readonly after: Portfolio },
  say: (line: string) => void,
): void {
  say(`\n${pc.bold("Executed")}\n${renderReceipts(record).join("\n")}`);
  say(`\n${pc.bold("Balances before → after")}\n${renderDifference(states.before, states.after)}`);
  const earning = states.after.positions.flatMap((position) =>
    position.supplied.map((entry) => `${position.protocol}: ${entry.symbol} earning ${entry.apy}`),
  );
  if (earning.length > 0) say(`\n${pc.bold("Earning")} ${earning.join("; ")}`);
  for (const entry of record.usage) {
    say(
      `${pc.bold("Compute")} ${entry.modelName}: ${entry.promptTokens} + ${entry.completionTokens} tokens in ${entry.milliseconds} ms on ${entry.device}, ${entry.gpuLayers} layers on GPU, model ${entry.modelSha256.slice(0, 16)}…`,
    );
  }
}

/** Reads the chain, not the record: each asset the simulation moved moved the same way between the two reads. */
function chainShowsEffect(record: IntentRecord, before: Portfolio, after: Portfolio): boolean {
  const held = (portfolio: Portfolio, asset: string) =>
    BigInt(portfolio.balances.find((entry) => entry.asset.toLowerCase() === asset.toLowerCase())?.amount ?? "0");
  const known = new Set([...before.balances, ...after.balances].map((entry) => entry.asset.toLowerCase()));
  const wallet = (record.preview?.balanceChanges ?? []).filter((change) => known.has(change.asset.toLowerCase()));
  const moved = wallet.every(
    (change) => held(after, change.asset) > held(before, change.asset) === BigInt(change.delta) > 0n,
  );
  const positions = JSON.stringify(before.positions) !== JSON.stringify(after.positions);
  return moved && (wallet.length > 0 || positions);
}

function exitOf(record: IntentRecord): number {
  const code = exitCodeOf(record);
  return code === EXIT.ok ? EXIT.failed : code;
}

function finish(record: IntentRecord, json: boolean, code: number): number {
  if (json) process.stdout.write(`${JSON.stringify(record)}\n`);
  else if (record.error !== undefined) printProblem(record.error, false);
  return code;
}
