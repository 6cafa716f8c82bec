import { resolveModelFile } from "node-llama-cpp";
import { stripSecrets } from "../domain/error.ts";
import { ModelDownloadError, ModelUriInvalidError } from "./errors.ts";

/** Where a model file comes from and goes to. */
export type FetchOptions = {
  readonly uri: string;
  /** Folder of downloaded models; made when it is not there. */
  readonly folder: string;
  readonly onProgress?: (done: { readonly downloadedBytes: number; readonly totalBytes: number }) => void;
  /** A mirror of Hugging Face, as node-llama-cpp's `HF_ENDPOINT`. */
  readonly endpoint?: string;
  /** Longest time without a byte; default 60,000. */
  readonly stallMs?: number;
  readonly signal?: AbortSignal;
};

const STALL_MS = 60_000;

/** True for what is fetched and not read from disk: Hugging Face URIs and web addresses. */
export function isModelUri(text: string): boolean {
  return /^(hf|huggingface):|^(hf|huggingface)\.co\/|^https?:\/\//i.test(text);
}

/**
 * Path of the GGUF that a URI means: the file in the folder when it is there, else downloaded with node-llama-cpp's own
 * downloader (parts of split models included). What is there needs no network.
 *
 * @throws ModelUriInvalidError, ModelDownloadError
 */
export async function fetchModel(options: FetchOptions): Promise<string> {
  const { uri, folder, onProgress, endpoint, stallMs = STALL_MS } = options;
  if (!isModelUri(uri) || isPlainHttp(uri)) throw new ModelUriInvalidError(uri);
  const stalled = new AbortController();
  const watch = watchdog(stallMs, stalled);
  const signal = options.signal === undefined ? stalled.signal : AbortSignal.any([options.signal, stalled.signal]);
  const gaveUp = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  const resolved = resolveModelFile(uri, {
    directory: folder,
    cli: false,
    signal,
    ...(endpoint === undefined ? {} : { endpoints: { huggingFace: endpoint } }),
    onProgress: ({ downloadedSize, totalSize }) => {
      watch.touch(downloadedSize);
      onProgress?.({ downloadedBytes: downloadedSize, totalBytes: totalSize });
    },
  });
  try {
    return await Promise.race([resolved, gaveUp]);
  } catch (cause) {
    options.signal?.throwIfAborted();
    const reason = reasonOf(cause);
    if (/invalid/i.test(reason) && /uri/i.test(reason)) throw new ModelUriInvalidError(uri, { cause });
    throw new ModelDownloadError(uri, reason, { cause });
  } finally {
    watch.stop();
  }
}

/** Path of what a URI means when it was downloaded before; never asks the network. */
export async function downloadedModel({
  uri,
  folder,
}: Pick<FetchOptions, "uri" | "folder">): Promise<string | undefined> {
  return await resolveModelFile(uri, { directory: folder, download: false, cli: false }).catch(() => undefined);
}

/** Weights that anybody on the way could change are not fetched, but from this machine. */
function isPlainHttp(uri: string): boolean {
  return (
    /^http:/i.test(uri) && !(URL.canParse(uri) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(uri).hostname))
  );
}

/** Aborts when the count of bytes stands still for too long, also before the first one. */
function watchdog(stallMs: number, controller: AbortController) {
  const abort = () => controller.abort(new DOMException(`nothing arrived for ${stallMs / 1_000} s`, "TimeoutError"));
  let seen = -1;
  let timer = setTimeout(abort, stallMs);
  let stopped = false;
  return {
    touch: (bytes: number) => {
      if (stopped || bytes === seen) return;
      seen = bytes;
      clearTimeout(timer);
      timer = setTimeout(abort, stallMs);
    },
    // A download that was given up may still report for a while, and must not keep the process alive.
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
  return stripSecrets(text).slice(0, 200);
}
