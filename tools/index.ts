import type { StructuredToolInterface } from "@langchain/core/tools";
import type { Address } from "viem";
import type { QuestionDeps } from "../src/reads/types.ts";
import { checkTokenTool } from "./checkToken.ts";
import { readApprovalsTool } from "./readApprovals.ts";
import { readAutomationsTool } from "./readAutomations.ts";
import { readContractTool } from "./readContract.ts";
import { readGasTool } from "./readGas.ts";
import { readHelpTool } from "./readHelp.ts";
import { readHistoryTool } from "./readHistory.ts";
import { readPortfolioTool } from "./readPortfolio.ts";
import { readPriceTool } from "./readPrice.ts";
import { readQuoteTool } from "./readQuote.ts";
import { readTokenSafetyTool } from "./readTokenSafety.ts";
import { readTransactionTool } from "./readTransaction.ts";
import { readUsageTool } from "./readUsage.ts";
import { readYieldsTool } from "./readYields.ts";

/** What a model may call: reads only, curated; nothing here signs or sends. */
export function createTools(deps: QuestionDeps, owner: Address): readonly StructuredToolInterface[] {
  return [
    readPortfolioTool(deps, owner),
    readYieldsTool(deps, owner),
    readPriceTool(deps),
    readGasTool(deps),
    readQuoteTool(deps, owner),
    readTokenSafetyTool(deps),
    checkTokenTool(deps),
    readContractTool(deps),
    readTransactionTool(deps),
    readApprovalsTool(deps, owner),
    readAutomationsTool(),
    readHistoryTool(deps, owner),
    readUsageTool(deps),
    readHelpTool(),
  ];
}
