import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { LlamaChatModel, type LlamaChatModelFields } from "./LlamaChatModel.ts";
import { loadGguf, type ModelConfig } from "./loadGguf.ts";
import type { ModelInfo } from "./modelInfo.ts";

/** A chat model ready to answer, the facts about it, and how to free it. */
export type ChatModel<Model extends BaseChatModel = LlamaChatModel> = {
  readonly model: Model;
  readonly info: ModelInfo;
  /** Whether it would answer now; absent where being loaded is enough. */
  readonly ready?: () => Promise<boolean>;
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
