import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import type { Config } from "../config.ts";
import type { UsageRecord } from "../domain/usage.ts";
import { type ChatModel, loadChatModel } from "../inference/loadChatModel.ts";

/** Asks the model for JSON of a schema; the usage record names the intent. */
export type AskModel = (
  prompt: { readonly system: string; readonly user: string },
  schema: Record<string, unknown>,
  intentId: string,
) => Promise<unknown>;

export type ModelParts = { readonly info: ChatModel["info"]; readonly ask: AskModel; close(): Promise<void> };

/** The small model that ships with Intendant. */
const EMBEDDED_MODEL = new URL("../inference/nano/intendant-nano.gguf", import.meta.url).pathname;

/** Loads the model of the settings, or the embedded one; every inference leaves a usage record. */
export async function composeModel(
  config: Config,
  onUsage: (record: UsageRecord) => Promise<void>,
): Promise<ModelParts> {
  const { model, info, dispose } = await loadChatModel({
    modelPath: config.INTENDANT_MODEL ?? EMBEDDED_MODEL,
    gpuLayers: config.INTENDANT_GPU_LAYERS,
    ...(config.INTENDANT_THREADS === undefined ? {} : { threads: config.INTENDANT_THREADS }),
    onUsage,
  });
  return {
    info,
    ask: async ({ system, user }, schema, intentId) =>
      await model
        .withStructuredOutput(schema)
        .invoke([new SystemMessage(system), new HumanMessage(user)], { metadata: { intentId } }),
    close: dispose,
  };
}
