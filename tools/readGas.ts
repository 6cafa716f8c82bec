import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { describeGas } from "../src/reads/describeGas.ts";
import type { ReadDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

/** Price of gas. */
export function readGasTool(deps: ReadDeps): StructuredToolInterface {
  return defineTool({
    name: "readGas",
    description: "Read what a unit of gas costs now.",
    schema: z.object({}),
    run: () => describeGas(deps),
  });
}
