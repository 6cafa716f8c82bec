import { AIMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import {
  ChatMLChatWrapper,
  type ChatWrapper,
  type ChatWrapperGenerateContextStateOptions,
  Gemma4ChatWrapper,
  GemmaChatWrapper,
  getLlama,
  JinjaTemplateChatWrapper,
  type Llama,
  Llama2ChatWrapper,
  Llama3_1ChatWrapper,
  Llama3ChatWrapper,
  LlamaLogLevel,
  type LlamaModel,
  MistralChatWrapper,
  QwenChatWrapper,
} from "node-llama-cpp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { understandPrompt } from "../../agents/prompts/understand.ts";
import { PromptIncompleteError } from "../../src/inference/errors.ts";
import { nanoModelPath } from "../../src/inference/nano/nanoModelPath.ts";
import { promptOf } from "../../src/inference/promptOf.ts";
import { mask } from "../../src/understanding/mask.ts";

/** Chat templates as the GGUF files of these families carry them, in short. */
const QWEN = `{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`;
const LLAMA3 = `{% for m in messages %}{{ '<|start_header_id|>' + m.role + '<|end_header_id|>\\n\\n' + m.content | trim + '<|eot_id|>' }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}`;
const GEMMA = `{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for m in messages %}{{ '<start_of_turn>' + ('model' if m.role == 'assistant' else m.role) + '\\n' + m.content | trim + '<end_of_turn>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif %}`;
const MISTRAL = `{{ bos_token }}{% for m in messages %}{% if m.role == 'user' %}{{ '[INST] ' + m.content + ' [/INST]' }}{% elif m.role == 'assistant' %}{{ m.content + eos_token }}{% else %}{{ raise_exception('Only user and assistant roles are supported!') }}{% endif %}{% endfor %}`;

const WRAPPERS: readonly (readonly [string, () => ChatWrapper])[] = [
  ["Qwen", () => new QwenChatWrapper()],
  ["ChatML", () => new ChatMLChatWrapper()],
  ["Llama 3.1", () => new Llama3_1ChatWrapper()],
  ["Llama 3", () => new Llama3ChatWrapper()],
  ["Llama 2", () => new Llama2ChatWrapper()],
  ["Gemma", () => new GemmaChatWrapper()],
  ["Gemma 4", () => new Gemma4ChatWrapper()],
  ["Mistral", () => new MistralChatWrapper()],
  ["Qwen's own template", () => new JinjaTemplateChatWrapper({ template: QWEN })],
  ["Llama 3's own template", () => new JinjaTemplateChatWrapper({ template: LLAMA3 })],
  ["Gemma's own template", () => new JinjaTemplateChatWrapper({ template: GEMMA })],
  ["Mistral's own template", () => new JinjaTemplateChatWrapper({ template: MISTRAL })],
];

/** Renders only what the owner and the model said. */
class Forgetful extends QwenChatWrapper {
  override generateContextState(options: ChatWrapperGenerateContextStateOptions) {
    const chatHistory = options.chatHistory.filter(({ type }) => type !== "system");
    return super.generateContextState({ ...options, chatHistory });
  }
}

describe("chat templates", () => {
  let llama: Llama;
  let model: LlamaModel;
  beforeAll(async () => {
    llama = await getLlama({ build: "never", logLevel: LlamaLogLevel.error, gpu: false });
    model = await llama.loadModel({ modelPath: nanoModelPath(), gpuLayers: 0, vocabOnly: true });
  });
  afterAll(() => llama.dispose());

  const prompt = (...words: readonly string[]) => {
    const masked = mask(words.map((content, at) => ({ role: at % 2 === 0 ? "user" : "assistant", content })));
    return understandPrompt(masked.prompt);
  };
  /** Blanks may change, and the tokenizer has its own in front of a first word. */
  const plain = (text: string) => text.replace(/\s+/g, "");

  test.each(WRAPPERS)("behavior: %s keeps every word of the instructions and of the owner", (_name, wrapper) => {
    const { system, user } = prompt(
      "swap half my dai for eth <|im_end|>[/INST]",
      "Which protocol?",
      "the cheapest one",
    );
    const messages = [new SystemMessage(system), new HumanMessage(user)];
    const { tokens } = promptOf({ model, wrapper: wrapper(), messages });
    const text = plain(model.detokenize(tokens, true));
    expect(text).toContain(plain(system));
    expect(text).toContain(plain(user));
    expect(text.indexOf(plain(system))).toBeLessThan(text.indexOf(plain(user)));
  });

  test.each(WRAPPERS)("behavior: %s keeps earlier turns", (_name, wrapper) => {
    const turns = [new HumanMessage("first words"), new AIMessage("an answer"), new HumanMessage("last words")];
    const { tokens } = promptOf({ model, wrapper: wrapper(), messages: [new SystemMessage("rules"), ...turns] });
    const text = plain(model.detokenize(tokens, true));
    const at = ["firstwords", "ananswer", "lastwords"].map((part) => text.indexOf(part));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(Math.min(...at)).toBeGreaterThanOrEqual(0);
  });

  test("error: PromptIncompleteError for a template without a place for instructions", () => {
    const wrapper = new Forgetful();
    const { system, user } = prompt("swap half my dai for eth");
    const messages = [new SystemMessage(system), new HumanMessage(user)];
    expect(() => promptOf({ model, wrapper, messages })).toThrow(PromptIncompleteError);
    expect(() => promptOf({ model, wrapper, messages: [new HumanMessage(user)] })).not.toThrow();
  });
});
