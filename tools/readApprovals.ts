import type { StructuredToolInterface } from "@langchain/core/tools";
import type { Address } from "viem";
import { z } from "zod";
import { describeApprovals } from "../src/reads/describeApprovals.ts";
import type { ReadDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

const schema = z.object({ asset: z.string().optional().describe("symbol or contract address") });

/** Open allowances of the owner. */
export function readApprovalsTool(deps: ReadDeps, owner: Address): StructuredToolInterface {
  return defineTool({
    name: "readApprovals",
    description: "Read which contracts may take which of the owner's tokens now.",
    schema,
    run: ({ asset }) => describeApprovals(deps, { owner, asset }),
  });
}
