import {
  BaseError,
  createPublicClient,
  HttpRequestError,
  http,
  RpcRequestError,
  TimeoutError,
  type Transport,
  UnknownRpcError,
} from "viem";
import { stripSecrets } from "../domain/error.ts";
import { chainFor } from "./chains.ts";
import { RpcUnavailableError, UnsupportedChainError } from "./errors.ts";
import type { Client } from "./reader.ts";

export type ClientOptions = {
  /** HTTP(S) endpoint; may hold credentials, which never reach a message. */
  readonly rpcUrl: string;
  readonly chainId: number;
  /** Per HTTP request, milliseconds; default 10,000. */
  readonly timeoutMs?: number;
  /** Multicall3 where it is not at its usual address. */
  readonly multicall3?: `0x${string}`;
};

/** Calldata bytes that viem packs into one Multicall3 call before it starts another. */
const MULTICALL_BATCH_BYTES = 16_384;

/**
 * viem public client for one chain, with Multicall3 batching. Two quick retries per request.
 *
 * Errors: UnsupportedChainError for a chain without registry; every read rejects with RpcUnavailableError
 * (retry "same") when the endpoint cannot be reached, times out or answers with an HTTP failure.
 */
export function createClient(options: ClientOptions): Client {
  const chain = chainFor(options.chainId, options.multicall3);
  if (chain === undefined)
    throw new UnsupportedChainError(`Chain ${options.chainId} is not supported; set a chain id of the list.`, {
      facts: ["supported: 1, 8453, 42161, 10, 137, 31337"],
    });
  const transport: Transport = http(options.rpcUrl, {
    timeout: options.timeoutMs ?? 10_000,
    retryCount: 2,
    retryDelay: 100,
  });
  const client = createPublicClient({
    chain,
    transport,
    batch: { multicall: { batchSize: MULTICALL_BATCH_BYTES } },
    cacheTime: 0,
    pollingInterval: 1_000,
  });
  return surfaceRpcErrors(client, options.rpcUrl);
}

/** Wraps every action so that a transport failure anywhere in viem's cause chain surfaces as our own error. */
function surfaceRpcErrors(client: Client, rpcUrl: string): Client {
  const wrapped = new Map<PropertyKey, unknown>();
  return new Proxy(client, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      const known = wrapped.get(key);
      if (known !== undefined) return known;
      const action = (...args: unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, target, args);
        return result instanceof Promise ? result.catch((error) => rethrow(error, rpcUrl)) : result;
      };
      wrapped.set(key, action);
      return action;
    },
  });
}

function rethrow(error: unknown, rpcUrl: string): never {
  const failure = error instanceof BaseError ? error.walk(isTransportFailure) : null;
  if (failure === null) throw error;
  throw new RpcUnavailableError(`The RPC endpoint ${endpoint(rpcUrl)} did not answer; check the URL or try again.`, {
    facts: [stripSecrets(failure instanceof BaseError ? `${failure.shortMessage} ${failure.details}` : "no answer")],
    // no `cause`: viem's error spells out the whole URL, secrets included
    retry: "same",
  });
}

/** Unreachable, timed out, or an HTTP/JSON-RPC answer that says the endpoint (not the call) failed. */
function isTransportFailure(error: unknown): boolean {
  if (error instanceof HttpRequestError || error instanceof TimeoutError) return true;
  if (error instanceof RpcRequestError) return error.code === -32005 || error.code === 429;
  return error instanceof UnknownRpcError && !(error.cause instanceof RpcRequestError);
}

/** Host and port only: paths and credentials of RPC URLs are secrets. */
function endpoint(rpcUrl: string): string {
  return URL.canParse(rpcUrl) ? new URL(rpcUrl).host : "(not a URL)";
}
