import { LlamaChatModel, type LlamaChatModelFields } from "./LlamaChatModel.ts";
import { loadGguf, type ModelConfig, type ModelInfo } from "./loadGguf.ts";

/** A chat model ready to answer, the facts about it, and how to free it. */
export type ChatModel = {
  readonly model: LlamaChatModel;
  readonly info: ModelInfo;
  readonly dispose: () => Promise<void>;
};

/** What to load and how it answers by default. */
export type ChatModelConfig = ModelConfig & Omit<LlamaChatModelFields, "loaded">;

/**
 * Loads any GGUF as a LangChain chat model.
 *
 * @throws ModelMissingError, ModelInvalidError, ModelLoadError
 */
export async function loadChatModel(config: ChatModelConfig): Promise<ChatModel> {
  const { temperature, seed, maxTokens, onUsage } = config;
  const loaded = await loadGguf(config);
  const model = new LlamaChatModel({
    loaded,
    ...(temperature === undefined ? {} : { temperature }),
    ...(seed === undefined ? {} : { seed }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(onUsage === undefined ? {} : { onUsage }),
  });
  return { model, info: loaded.info, dispose: loaded.dispose };
}
