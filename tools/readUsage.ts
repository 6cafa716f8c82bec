import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { describeUsage } from "../src/reads/describeUsage.ts";
import type { QuestionDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

/** What the language model was used for. */
export function readUsageTool(deps: QuestionDeps): StructuredToolInterface {
  return defineTool({
    name: "readUsage",
    description: "Read how many inferences were made and how many tokens they took.",
    schema: z.object({}),
    run: () => describeUsage(deps),
  });
}
