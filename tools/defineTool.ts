import { type StructuredToolInterface, tool } from "@langchain/core/tools";
import type { z } from "zod";
import type { Answer } from "../src/reads/toAnswer.ts";

/** A read that a model may ask for: text for the model, the facts beside it. It cannot sign or send. */
export function defineTool<Schema extends z.ZodObject>(spec: {
  readonly name: string;
  readonly description: string;
  readonly schema: Schema;
  readonly run: (input: z.infer<Schema>) => Promise<Answer>;
}): StructuredToolInterface {
  return tool(
    async (input: z.infer<Schema>) => {
      const answer = await spec.run(input);
      return [answer.text, answer];
    },
    {
      name: spec.name,
      description: spec.description,
      schema: spec.schema,
      responseFormat: "content_and_artifact",
      // Without it a model that fills a field wrongly is not told which.
      verboseParsingErrors: true,
    },
  ) as StructuredToolInterface;
}
