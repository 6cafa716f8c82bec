import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { describeTokenSafety } from "../src/reads/describeTokenSafety.ts";
import type { ReadDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

const schema = z.object({
  asset: z.string().optional().describe("symbol or contract address"),
  subject: z.string().optional().describe("contract address"),
});

/** What can be seen of a token, and what happens to somebody who buys it in a sandbox. */
export function readTokenSafetyTool(deps: ReadDeps): StructuredToolInterface {
  return defineTool({
    name: "readTokenSafety",
    description:
      "Read whether a token is listed, imitates a listed one, can be sold again, and what its owners could do. Never says that a token is safe.",
    schema,
    run: (input) => describeTokenSafety(deps, input),
  });
}
