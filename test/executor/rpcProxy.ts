import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type RpcProxy = {
  readonly url: string;
  /** Requests of these methods get no answer from now on ("*" = all). What is in `forward` still reaches the node. */
  silence(methods: readonly string[], options?: { readonly forward: boolean }): void;
  close(): Promise<void>;
};

/** A node's endpoint that can stop answering, before or after it took a request. */
export async function startRpcProxy(target: string): Promise<RpcProxy> {
  let silent: readonly string[] = [];
  let forward = false;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const mute = silent.includes("*") || silent.some((method) => body.includes(`"${method}"`));
    if (mute && !forward) return;
    const answer = await fetch(target, { method: "POST", headers: { "content-type": "application/json" }, body });
    const text = await answer.text();
    if (mute) return;
    response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
  };
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    silence: (methods, options) => {
      silent = methods;
      forward = options?.forward ?? false;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
