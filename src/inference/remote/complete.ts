import type { BaseMessage } from "@langchain/core/messages";
import { z } from "zod";
import type { JsonSchema } from "../schemaToGrammar.ts";
import { type AnswerFormat, answerFormats } from "./answerFormats.ts";
import { ModelAnswerInvalidError, ModelRequestRejectedError } from "./errors.ts";
import { readAnswer } from "./readAnswer.ts";
import { type Connection, hideKey, hostOf, requestJson } from "./requestJson.ts";
import { toApiMessages } from "./toApiMessages.ts";

/** What was learnt of a server; changed by `complete`, so that it is asked the right way the next time. */
export type Dialect = {
  /** Index in `answerFormats` that worked last. */
  format: number;
  readonly omit: Set<string>;
  maxTokensKey: "max_tokens" | "max_completion_tokens";
};

/** One question. */
export type Completion = {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly model: string;
  readonly messages: readonly BaseMessage[];
  readonly sampling: {
    readonly temperature: number;
    readonly seed: number;
    readonly maxTokens: number;
    readonly stop: readonly string[];
  };
  readonly jsonSchema?: JsonSchema;
  /** Ends the whole question, over every format that is tried. */
  readonly signal: AbortSignal;
  /** Called for every answer, also for one that is not used. */
  readonly onTokens: (prompt: number, completion: number) => void;
};

/** Text of the answer (compact JSON where a schema was given) and why it ended. */
export type Completed = { readonly text: string; readonly finish: string };

const count = z.number().int().min(0).catch(0);
/** The part of a chat completion that is read. */
const completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          content: z.union([z.string(), z.array(z.object({ text: z.string().optional() }))]).nullish(),
          refusal: z.string().nullish(),
        }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: count, completion_tokens: count }).nullish().catch(undefined),
});

/**
 * Asks a server once without a schema; with one, in each answer format from the last that worked until an answer is of
 * the schema.
 *
 * @throws ModelAnswerInvalidError, ModelRequestRejectedError, and what `requestJson` throws
 */
export async function complete(question: Completion): Promise<Completed> {
  const { dialect, jsonSchema } = question;
  if (jsonSchema === undefined) return await ask(question);
  let failure: Error | undefined;
  for (let index = dialect.format; index < answerFormats.length; index += 1) {
    const answered = await askFor(question, jsonSchema, answerFormats[index] as AnswerFormat);
    if (answered instanceof Error) {
      failure = answered;
      continue;
    }
    dialect.format = index;
    return answered;
  }
  throw failure;
}

/** An error that is returned is a reason to ask in another format. */
async function askFor(question: Completion, schema: JsonSchema, format: AnswerFormat): Promise<Completed | Error> {
  const shape = { responseFormat: format.responseFormat(schema), instruction: format.instruction(schema) };
  try {
    const { text, finish } = await ask(question, shape);
    const answer = readAnswer(text, schema, format.unwrap);
    // What a model writes while it thinks may be of the schema and not be its answer.
    const cut = isJson(text) ? undefined : BROKEN_OFF[finish];
    if ("value" in answer && cut === undefined) return { text: JSON.stringify(answer.value), finish };
    const reason = cut ?? ("reason" in answer ? answer.reason : "");
    return new ModelAnswerInvalidError(hostOf(question.connection), reason, hideKey(text, question.connection));
  } catch (error) {
    if (isUnsupported(error)) return error;
    throw error;
  }
}

/** Ends of an answer that the model did not choose: the token limit, a filter of the server's. */
const BROKEN_OFF: Readonly<Record<string, string | undefined>> = {
  length: "the answer broke off at the token limit",
  content_filter: "the answer was cut by the server's filter",
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

type Shape = { readonly responseFormat?: unknown; readonly instruction?: string | undefined };

/** One answer; a parameter that the server does not know is left out from then on. */
async function ask(question: Completion, shape: Shape = {}): Promise<Completed> {
  const { connection, signal } = question;
  const body = requestBody(question, shape);
  try {
    return read(question, await requestJson(connection, { path: "/chat/completions", body, signal }));
  } catch (error) {
    if (!isUnsupported(error) || !learn(question.dialect, error.said, body)) throw error;
    return await ask(question, shape);
  }
}

function requestBody(
  { model, messages, sampling, dialect }: Completion,
  shape: Shape,
): Readonly<Record<string, unknown>> {
  const { temperature, seed, maxTokens, stop } = sampling;
  const parameters = { temperature, seed, [dialect.maxTokensKey]: maxTokens };
  return {
    model,
    messages: toApiMessages(messages, shape.instruction),
    ...Object.fromEntries(Object.entries(parameters).filter(([key]) => !dialect.omit.has(key))),
    ...(stop.length === 0 ? {} : { stop }),
    ...(shape.responseFormat === undefined ? {} : { response_format: shape.responseFormat }),
    stream: false,
  };
}

/**
 * True when asking again is worth it: what was sent and is not known is left out from then on, so it comes to an end. Looks
 * at what was sent, because another question may have learnt the same meanwhile.
 */
function learn(dialect: Dialect, said: string, sent: Readonly<Record<string, unknown>>): boolean {
  if ("max_tokens" in sent && /\bmax_tokens\b/.test(said)) {
    dialect.maxTokensKey = "max_completion_tokens";
    return true;
  }
  const unknown = ["temperature", "seed"].find((key) => key in sent && new RegExp(`\\b${key}\\b`).test(said));
  if (unknown === undefined) return false;
  dialect.omit.add(unknown);
  return true;
}

function isUnsupported(error: unknown): error is ModelRequestRejectedError {
  return error instanceof ModelRequestRejectedError && (error.status === 400 || error.status === 422);
}

function read({ connection, onTokens }: Completion, body: unknown): Completed {
  const host = hostOf(connection);
  const parsed = completion.safeParse(body);
  if (!parsed.success) throw new ModelAnswerInvalidError(host, "the body is not a chat completion");
  const { choices, usage } = parsed.data;
  onTokens(usage?.prompt_tokens ?? 0, usage?.completion_tokens ?? 0);
  const [choice] = choices;
  const { content, refusal } = choice?.message ?? {};
  const text = typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join("");
  if (text === "" && typeof refusal === "string")
    throw new ModelAnswerInvalidError(host, "the model refused", hideKey(refusal, connection));
  return { text, finish: choice?.finish_reason ?? "stop" };
}
