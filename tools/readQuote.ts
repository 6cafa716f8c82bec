import type { StructuredToolInterface } from "@langchain/core/tools";
import type { Address } from "viem";
import { z } from "zod";
import { amountSchema } from "../src/domain/intent.ts";
import { describeQuote } from "../src/reads/describeQuote.ts";
import type { QuestionDeps } from "../src/reads/types.ts";
import { defineTool } from "./defineTool.ts";

const schema = z.object({
  asset: z.string().optional().describe("token that is given"),
  buy: z.string().optional().describe("token that is wanted"),
  protocol: z.string().optional().describe("protocol id, such as aave-v3"),
  amount: amountSchema.optional().describe("how much is given; token, usd, percent or all"),
});

/** What a swap would give now. */
export function readQuoteTool(deps: QuestionDeps, owner: Address): StructuredToolInterface {
  return defineTool({
    name: "readQuote",
    description:
      "Read what swapping an amount of one token for another would give now, over all pools. Nothing is sent.",
    schema,
    run: (input) => describeQuote(deps, { owner, ...input }),
  });
}
