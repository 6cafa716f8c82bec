import type { StructuredToolInterface } from "@langchain/core/tools";
import type { Address } from "viem";
import { z } from "zod";
import { amountSchema } from "../src/domain/intent.ts";
import { describeYields } from "../src/reads/describeYields.ts";
import type { ReadDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

const schema = z.object({
  asset: z.string().optional().describe("symbol, or any:stablecoin"),
  protocol: z.string().optional().describe("protocol id, such as aave-v3"),
  amount: amountSchema.optional().describe("how much is given; token, usd, percent or all"),
});

/** Supply and borrow rates, and what supply would pay after one's own deposit. */
export function readYieldsTool(deps: ReadDeps, owner: Address): StructuredToolInterface {
  return defineTool({
    name: "readYields",
    description:
      "Read supply and borrow rates of every lending market and vault, best first, with the rate after one's own deposit.",
    schema,
    run: (input) => describeYields(deps, { owner, ...input }),
  });
}
