import type { ChatModel } from "../loadChatModel.ts";
import type { ModelInfo } from "../modelInfo.ts";
import { ModelAnswerInvalidError, ModelAnswerTooLargeError, ModelRequestRejectedError } from "./errors.ts";
import { RemoteChatModel, type RemoteChatModelFields } from "./RemoteChatModel.ts";
import { type Connection, hostOf, requestJson } from "./requestJson.ts";

/** Which model of which server. */
export type RemoteModelConfig = Omit<RemoteChatModelFields, "connection" | "info"> & {
  /** Base URL of an OpenAI-compatible API. */
  readonly url: string;
  /** Model name as the server knows it. */
  readonly name: string;
  /** Secret. */
  readonly key?: string;
  /** Longest wait for one whole answer; default 60,000. */
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 60_000;
/** Longest wait at the start, and when readiness is asked for. */
const START_MS = 10_000;
const READY_MS = 3_000;
/** What only a server that is there can bring about. */
const THERE = [ModelRequestRejectedError, ModelAnswerInvalidError, ModelAnswerTooLargeError] as const;

/**
 * A chat model on another machine. Asks the server once whether it is there and takes the key, so that a wrong setting
 * is said at the start and not at the first intent.
 *
 * @throws ModelUnavailableError, ModelUnauthorisedError
 */
export async function loadRemoteModel(config: RemoteModelConfig): Promise<ChatModel<RemoteChatModel>> {
  const { url, name, key, timeoutMs = TIMEOUT_MS, ...defaults } = config;
  const connection = { url, timeoutMs, ...(key === undefined ? {} : { key }) };
  await probe(connection, Math.min(START_MS, timeoutMs));
  const info = remoteInfo(hostOf(connection), name);
  const model = new RemoteChatModel({ ...defaults, connection, info });
  const ready = async (): Promise<boolean> =>
    await probe(connection, READY_MS).then(
      () => true,
      () => false,
    );
  return { model, info, ready, dispose: async () => undefined };
}

/** `GET /models`; a server without that page, or with thousands of models on it, is there all the same. */
async function probe(connection: Connection, ms: number): Promise<void> {
  try {
    await requestJson(connection, { path: "/models", signal: AbortSignal.timeout(ms) });
  } catch (error) {
    if (!THERE.some((kind) => error instanceof kind)) throw error;
  }
}

/** Nothing is known of the weights: their digest is "unknown", never a guess. */
function remoteInfo(host: string, name: string): ModelInfo {
  return {
    path: host,
    sha256: "unknown",
    name,
    parameters: 0,
    gpu: false,
    gpuLayers: 0,
    contextSize: 0,
    threads: 0,
    device: "remote",
  };
}
