import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "./createClient.ts";
import { RpcUnavailableError, UnsupportedChainError } from "./errors.ts";

/** A local endpoint that treats every request the same way; its URL carries a secret path and credentials. */
async function endpoint(answer: "hang" | number): Promise<string> {
  const server = createServer((_request, response) => {
    if (answer !== "hang") response.writeHead(answer).end("no");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://me:hunter2@127.0.0.1:${(server.address() as AddressInfo).port}/v2/apikey123`;
}

test.each(["hang", 503, 401] as const)("error: RpcUnavailableError when the endpoint answers %s", async (answer) => {
  const client = createClient({ rpcUrl: await endpoint(answer), chainId: 1, timeoutMs: 200 });
  const error = await client.getBlockNumber().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RpcUnavailableError);
  expect(error).toMatchObject({ retry: "same", code: "rpc_unavailable" });
  const shown = JSON.stringify([error, String(error), (error as RpcUnavailableError).toProblem()]);
  expect(shown).not.toMatch(/hunter2|apikey123/);
});

test("error: RpcUnavailableError when nothing listens", async () => {
  const client = createClient({ rpcUrl: "http://127.0.0.1:1", chainId: 1, timeoutMs: 500 });
  const read = client.getBalance({ address: "0x0000000000000000000000000000000000000001" });
  await expect(read).rejects.toBeInstanceOf(RpcUnavailableError);
});

test("error: UnsupportedChainError", () => {
  expect(() => createClient({ rpcUrl: "http://127.0.0.1:1", chainId: 5 })).toThrow(UnsupportedChainError);
});
