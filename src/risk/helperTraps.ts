import type { Address, Hex } from "viem";
import type { RiskFinding } from "../domain/tokenRisk.ts";
import { inTurns } from "./inTurns.ts";
import { runSale, type SaleRun, shortfallBps } from "./saleRun.ts";

/** Code of contracts that answer every call with one value, or refuse it. */
const OTHERWISE: readonly (readonly [answer: string, code: Hex])[] = [
  ["refuses", "0x60006000fd"],
  ["answers 0", "0x60006000526000602052600060405260606000f3"],
  ["answers 1", "0x60016000526001602052600160405260606000f3"],
];
/** Points of a sale's proceeds from which another answer matters (guards research: 25 points). */
const ADDED_BPS = 2_500n;

export type HelperRequest = {
  /** A run that sells well. */
  readonly run: Omit<SaleRun, "replaced">;
  /** Contracts that a transfer asks and whose answers may change. */
  readonly helpers: readonly Address[];
  /** Those whose address stands in the token's code, first slots or getters. */
  readonly shown: ReadonlySet<string>;
};

/**
 * Contracts that decide over a sale: each is made to answer otherwise, and the bought tokens are sold again. Who can change
 * its answers need not be known for that.
 *
 * @throws {ProbeUnavailableError}
 */
export async function helperTraps({ run, helpers, shown }: HelperRequest): Promise<readonly RiskFinding[]> {
  const before = (await runSale(run)).sales[0];
  const found = await inTurns(helpers, async (helper): Promise<RiskFinding | undefined> => {
    for (const [answer, code] of OTHERWISE) {
      const { sales } = await runSale({ ...run, replaced: new Map([[helper, code]]) });
      const [sale] = sales;
      if (before === undefined || sale === undefined) continue;
      const added = shortfallBps(sale.expected, sale.got) - shortfallBps(before.expected, before.got);
      if (sale.ok && sale.held >= run.bought && added < ADDED_BPS) continue;
      const says = sale.ok ? "takes from the sale" : "stops the sale";
      return finding(helper, `it ${says} where it ${answer}`, shown.has(helper.toLowerCase()));
    }
    return undefined;
  });
  return found.filter((one) => one !== undefined);
}

function finding(helper: Address, says: string, shown: boolean): RiskFinding {
  return {
    name: "external_call",
    severity: shown ? "warn" : "danger",
    evidence: `every transfer asks the contract ${helper}, and ${says}${shown ? "" : "; its address is hidden: it stands neither in the code nor in a getter"}`,
  };
}
