import type { StructuredToolInterface } from "@langchain/core/tools";
import type { Address } from "viem";
import { z } from "zod";
import { describeHistory } from "../src/reads/describeHistory.ts";
import type { QuestionDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

const schema = z.object({
  asset: z.string().optional().describe("symbol or contract address"),
  protocol: z.string().optional().describe("protocol id, such as aave-v3"),
});

/** What was done for the owner, and what moved besides. */
export function readHistoryTool(deps: QuestionDeps, owner: Address): StructuredToolInterface {
  return defineTool({
    name: "readHistory",
    description: "Read what was executed for the owner and which listed tokens moved lately.",
    schema,
    run: (input) => describeHistory(deps, { owner, ...input }),
  });
}
