import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { describePrice } from "../src/reads/describePrice.ts";
import type { ReadDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

const schema = z.object({ asset: z.string().optional().describe("symbol; empty = the chain's own coin") });

/** Oracle price of a token. */
export function readPriceTool(deps: ReadDeps): StructuredToolInterface {
  return defineTool({
    name: "readPrice",
    description: "Read a token's price in US dollars from the chain's oracle.",
    schema,
    run: ({ asset }) => describePrice(deps, asset),
  });
}
