import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { describeHelp } from "../src/reads/describeHelp.ts";
import { defineTool } from "./defineTool.ts";

/** What may be said. */
export function readHelpTool(): StructuredToolInterface {
  return defineTool({
    name: "readHelp",
    description: "Read what can be done and asked, by example.",
    schema: z.object({}),
    run: async () => describeHelp(),
  });
}
