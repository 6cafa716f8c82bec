import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { describeContract } from "../src/reads/describeContract.ts";
import type { ReadDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

const schema = z.object({
  subject: z.string().optional().describe("address"),
  asset: z.string().optional().describe("symbol or contract address"),
  protocol: z.string().optional().describe("protocol id, such as aave-v3"),
});

/** What stands at an address. */
export function readContractTool(deps: ReadDeps): StructuredToolInterface {
  return defineTool({
    name: "readContract",
    description: "Read what an address is: code, known name, token metadata, proxy.",
    schema,
    run: (input) => describeContract(deps, input),
  });
}
