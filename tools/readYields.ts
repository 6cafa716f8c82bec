import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { describeYields } from "../src/reads/describeMarket.ts";
import type { ReadDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

const schema = z.object({
  asset: z.string().optional().describe("symbol, or any:stablecoin"),
  protocol: z.string().optional().describe("protocol id, such as morpho"),
});

/** Supply and borrow rates, best first. */
export function readYieldsTool(deps: ReadDeps): StructuredToolInterface {
  return defineTool({
    name: "readYields",
    description: "Read supply and borrow rates of every lending market and vault from the chain, best first.",
    schema,
    run: (input) => describeYields(deps, input),
  });
}
