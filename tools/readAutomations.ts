import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { describeAutomations } from "../src/reads/describeAutomations.ts";
import { defineTool } from "./defineTool.ts";

/** Standing orders. */
export function readAutomationsTool(): StructuredToolInterface {
  return defineTool({
    name: "readAutomations",
    description: "Read which automations are set up.",
    schema: z.object({}),
    run: async () => describeAutomations(),
  });
}
