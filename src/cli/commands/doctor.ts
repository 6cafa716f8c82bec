import pc from "picocolors";
import { toProblem } from "../../domain/error.ts";
import type { CliDeps } from "../deps.ts";
import { EXIT } from "../exitCodes.ts";
import { describeGpu, describeModel } from "../render/model.ts";
import { withIntendant } from "../withIntendant.ts";

type Check = { readonly name: string; readonly ok: boolean; readonly detail: string };

/** Starts everything as configured and says what works; exit 0 only if all of it does. */
export async function doctor(deps: CliDeps, options: { readonly json?: boolean }): Promise<number> {
  const checks = await collect(deps);
  const ok = checks.every((check) => check.ok);
  if (options.json === true) process.stdout.write(`${JSON.stringify({ ok, checks })}\n`);
  else
    for (const check of checks)
      process.stdout.write(`${check.ok ? pc.green("✔") : pc.red("✖")} ${check.name}: ${check.detail}\n`);
  return ok ? EXIT.ok : EXIT.unavailable;
}

async function collect(deps: CliDeps): Promise<readonly Check[]> {
  const node: Check = {
    name: "node",
    ok: nodeIsNewEnough(process.versions.node),
    detail: `${process.versions.node} (needs 20.19 or newer)`,
  };
  const checks: Check[] = [node];
  try {
    await withIntendant(deps, { quiet: true }, async ({ chain, storage, model, mandate, account }) => {
      const block = await chain.client.getBlockNumber();
      const { info } = model;
      checks.push(
        {
          name: "chain",
          ok: true,
          detail: `${chain.chainId} at block ${block}, ${chain.protocols.length} protocols, ${chain.tokens.all.length} tokens`,
        },
        {
          name: "database",
          ok: true,
          detail: `${storage.database.describe}, survives: ${storage.database.durability}`,
        },
        { name: "journal", ok: true, detail: `${storage.journal.path}, ${storage.journal.open().length} plans open` },
        { name: "model", ok: true, detail: describeModel(info) },
        { name: "gpu", ok: info.notice === undefined, detail: describeGpu(info) },
        { name: "mandate", ok: true, detail: `version ${mandate.version}, $${mandate.spend.perDayUsd} a day` },
        { name: "signer", ok: true, detail: account ?? "none: wallets sign" },
      );
      return EXIT.ok;
    });
  } catch (error) {
    const problem = toProblem(error);
    checks.push({ name: problem.code, ok: false, detail: problem.message });
  }
  return checks;
}

function nodeIsNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}
