import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { nanoModelPath } from "../../src/inference/nano/nanoModelPath.ts";

export type Hub = { readonly endpoint: string; readonly asked: readonly string[]; close(): Promise<void> };

/** Answers as Hugging Face does for `hf:owner/model:F16`: a manifest of the tag, and the shipped model behind it, in ranges. */
export async function startHub(): Promise<Hub> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    asked.push(url);
    if (url.startsWith("/v2/owner/model/manifests/")) {
      response.end(JSON.stringify({ ggufFile: { rfilename: "model.F16.gguf", size: statSync(nanoModelPath()).size } }));
    } else if (url.startsWith("/owner/model/resolve/main/model.F16.gguf")) sendFile(request, response);
    else if (!url.includes("/stuck/")) response.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function sendFile(request: IncomingMessage, response: ServerResponse): void {
  const file = readFileSync(nanoModelPath());
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? "");
  const from = Number(range?.[1] ?? 0);
  const to = range?.[2] ? Number(range[2]) : file.length - 1;
  const part = file.subarray(from, to + 1);
  response.writeHead(range === null ? 200 : 206, {
    "accept-ranges": "bytes",
    "content-length": part.length,
    ...(range === null ? {} : { "content-range": `bytes ${from}-${to}/${file.length}` }),
  });
  response.end(request.method === "HEAD" ? undefined : part);
}
