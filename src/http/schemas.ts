import { z } from "zod";
import { addressSchema } from "../domain/address.ts";
import { constraintsSchema, intentSchema } from "../domain/intent.ts";
import { problemDetailsSchema } from "./errors.ts";

const message = z.object({ role: z.enum(["user", "assistant", "system", "tool"]), content: z.string().max(200_000) });

export { addressSchema } from "../domain/address.ts";

/** Body of POST /v1/intents: exactly one of text, messages, intent. */
export const submitSchema = z
  .strictObject({
    text: z.string().trim().min(1).max(200_000).optional(),
    messages: z.array(message).min(1).max(200).optional(),
    intent: intentSchema.optional(),
    account: addressSchema.optional(),
    mode: z.enum(["plan", "wallet", "auto"]).default("plan"),
    constraints: constraintsSchema.optional(),
    thread: z.string().min(1).max(100).optional(),
  })
  .refine((body) => [body.text, body.messages, body.intent].filter((entry) => entry !== undefined).length === 1, {
    message: "send exactly one of text, messages, intent",
  })
  .refine((body) => body.messages === undefined || body.messages.at(-1)?.role === "user", {
    message: "the last of messages must be the user's",
    path: ["messages"],
  });

export const idParams = z.object({ id: z.string().min(1).max(100) });

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: problemDetailsSchema } },
});

/** Problem responses that every route may give. */
export const problems = {
  400: problem("The request has the wrong form."),
  403: problem("The request comes from another site."),
  404: problem("There is no such thing."),
  409: problem("The intent is in another state than the request needs."),
  413: problem("The body is larger than a mebibyte."),
  415: problem("The body is not JSON."),
  422: problem("The request is understood and cannot be done."),
  423: problem("Intendant is paused."),
  500: problem("A failure of Intendant's own."),
  503: problem("The chain, the model or the database does not answer."),
} as const;
