import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { describeTransaction } from "../src/reads/describeTransaction.ts";
import type { QuestionDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

const schema = z.object({ subject: z.string().optional().describe("transaction hash") });

/** One transaction by its hash. */
export function readTransactionTool(deps: QuestionDeps): StructuredToolInterface {
  return defineTool({
    name: "readTransaction",
    description: "Read what a transaction meant, how it ended, what it moved and what it cost.",
    schema,
    run: (input) => describeTransaction(deps, input),
  });
}
