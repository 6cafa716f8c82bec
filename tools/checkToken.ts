import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { describeTokenCheck } from "../src/reads/describeTokenCheck.ts";
import type { ReadDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

const schema = z.object({ token: z.string().describe("contract address, or symbol of a listed token") });

/** The token scanner's verdict: allow, warn, block or unknown. */
export function checkTokenTool(deps: ReadDeps): StructuredToolInterface {
  return defineTool({
    name: "checkToken",
    description:
      "Check a token before it is bought: it is bought and sold in a sandbox, now and after what its owners could do. Answers allow, warn, block or unknown, with findings. Nothing is sent.",
    schema,
    run: ({ token }) => describeTokenCheck(deps, token),
  });
}
