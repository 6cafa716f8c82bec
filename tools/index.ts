import type { StructuredToolInterface } from "@langchain/core/tools";
import type { Address } from "viem";
import type { ReadDeps } from "../src/reads/types.ts";
import { readGasTool } from "./readGas.ts";
import { readPortfolioTool } from "./readPortfolio.ts";
import { readPriceTool } from "./readPrice.ts";
import { readYieldsTool } from "./readYields.ts";

/** What a model may call: reads only, curated; nothing here signs or sends. */
export function createTools(deps: ReadDeps, owner: Address): readonly StructuredToolInterface[] {
  return [readPortfolioTool(deps, owner), readYieldsTool(deps), readPriceTool(deps), readGasTool(deps)];
}
