import type { StructuredToolInterface } from "@langchain/core/tools";
import type { Address } from "viem";
import { z } from "zod";
import { describeBalance } from "../src/reads/describeBalance.ts";
import { describeHealthFactor } from "../src/reads/describeHealthFactor.ts";
import { describePortfolio } from "../src/reads/describePortfolio.ts";
import { describePosition } from "../src/reads/describePosition.ts";
import type { ReadDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

const schema = z.object({
  about: z.enum(["balance", "portfolio", "position", "health-factor"]),
  asset: z.string().optional().describe("symbol, such as USDC, or contract address"),
  protocol: z.string().optional().describe("protocol id, such as aave-v3"),
});

const READS = {
  balance: describeBalance,
  portfolio: describePortfolio,
  position: describePosition,
  "health-factor": describeHealthFactor,
} as const;

/** Balances, positions and health factors of the owner. */
export function readPortfolioTool(deps: ReadDeps, owner: Address): StructuredToolInterface {
  return defineTool({
    name: "readPortfolio",
    description: "Read the owner's balances, lending positions and health factors from the chain.",
    schema,
    run: ({ about, asset, protocol }) => READS[about](deps, { owner, asset, protocol }),
  });
}
