import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Keystore } from "ox";
import { type Hex, parseTransaction, recoverTransactionAddress, type TransactionSerializableEIP1559 } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { ExternalSignerError, KeystoreError, RawKeyForbiddenError } from "../../src/executor/errors.ts";
import { externalSigner, keystoreSigner, rawKeySigner } from "../../src/executor/signer.ts";

const folder = mkdtempSync(join(tmpdir(), "intendant-signer-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const key = generatePrivateKey();
const account = privateKeyToAccount(key);
const transaction = {
  type: "eip1559",
  chainId: 1,
  to: "0x00000000000000000000000000000000000000aa",
  data: "0x1234",
  value: 5n,
  nonce: 3,
  gas: 90_000n,
  maxFeePerGas: 30n,
  maxPriorityFeePerGas: 2n,
} as const satisfies TransactionSerializableEIP1559;

describe("rawKeySigner", () => {
  it("default: signs on the local chain", async () => {
    const raw = await rawKeySigner(key, 31_337).signTransaction(transaction);
    expect(await recoverTransactionAddress({ serializedTransaction: raw as `0x02${string}` })).toBe(account.address);
  });
  it.each([1, 8453, 11_155_111])("error: RawKeyForbiddenError on chain %i", (chainId) => {
    expect(() => rawKeySigner(key, chainId)).toThrow(RawKeyForbiddenError);
  });
});

describe("keystoreSigner", () => {
  const write = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const keystore = (kdf: "scrypt" | "pbkdf2"): string => {
    const [derived, options] =
      kdf === "scrypt"
        ? Keystore.scrypt({ password: "correct horse", n: 1024 })
        : Keystore.pbkdf2({ password: "correct horse", iterations: 1000 });
    return JSON.stringify(Keystore.encrypt(key, derived, options));
  };

  it.each(["scrypt", "pbkdf2"] as const)("default: opens a %s keystore and signs as its account", async (kdf) => {
    const signer = await keystoreSigner(write(`${kdf}.json`, keystore(kdf)), "correct horse");
    expect(signer.address).toBe(account.address);
    const raw = await signer.signTransaction(transaction);
    expect(parseTransaction(raw)).toMatchObject({ nonce: 3, value: 5n, data: "0x1234" });
  });
  it("error: KeystoreError by a wrong password, which is not repeated", async () => {
    const failure = await keystoreSigner(write("wrong.json", keystore("scrypt")), "battery staple").catch((e) => e);
    expect(failure).toBeInstanceOf(KeystoreError);
    expect(JSON.stringify((failure as KeystoreError).toProblem())).not.toContain("battery");
  });
  it.each([
    ["missing", undefined],
    ["not JSON", "-----BEGIN"],
    ["JSON null", "null"],
    ["another version", JSON.stringify({ version: 1, crypto: {} })],
    ["empty crypto", JSON.stringify({ version: 3, crypto: {} })],
  ])("error: KeystoreError when the file is %s", async (name, content) => {
    const path = content === undefined ? join(folder, "nowhere.json") : write(`${name}.json`, content);
    await expect(keystoreSigner(path, "x")).rejects.toThrow(KeystoreError);
  });
});

describe("externalSigner", () => {
  let server: Server | undefined;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      if (server?.listening !== true) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  afterEach(stop);

  /** A signer service that signs what `change` makes of the request, or answers what it is given. */
  async function serve(answer: (asked: typeof transaction) => Promise<unknown>, status = 200): Promise<string> {
    server = createServer((request, response) => {
      request.resume().on("end", async () => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, ...((await answer(transaction)) as object) }));
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const signed = (change: Partial<TransactionSerializableEIP1559> = {}, by = account) =>
    serve(async (asked) => ({ result: await by.signTransaction({ ...asked, ...change }) }));
  const ask = (url: string): Promise<Hex> => externalSigner(url, account.address).signTransaction(transaction);

  it("default: returns what was asked for, signed by the account", async () => {
    const raw = await ask(await signed());
    expect(raw).toBe(await account.signTransaction(transaction));
  });
  it("behavior: Clef's form of the answer", async () => {
    const raw = await account.signTransaction(transaction);
    expect(await ask(await serve(async () => ({ result: { raw } })))).toBe(raw);
  });
  it.each<[string, Partial<TransactionSerializableEIP1559>]>([
    ["target", { to: "0x00000000000000000000000000000000000000bb" }],
    ["value", { value: 6n }],
    ["data", { data: "0x" }],
    ["nonce", { nonce: 4 }],
    ["chain", { chainId: 10 }],
    ["gas", { gas: 90_001n }],
    ["fee", { maxFeePerGas: 31n }],
    ["tip", { maxPriorityFeePerGas: 3n }],
    ["access list", { accessList: [{ address: account.address, storageKeys: [] }] }],
  ])("error: ExternalSignerError when it signs another %s", async (_, change) => {
    await expect(ask(await signed(change))).rejects.toThrow(ExternalSignerError);
  });
  it("error: ExternalSignerError when another account signs, or a delegation is signed", async () => {
    await expect(ask(await signed({}, privateKeyToAccount(generatePrivateKey())))).rejects.toThrow(ExternalSignerError);
    await stop();
    const authorization = await account.signAuthorization({ address: account.address, chainId: 1, nonce: 4 });
    const { type: _, ...rest } = transaction;
    const raw = await account.signTransaction({ ...rest, type: "eip7702", authorizationList: [authorization] });
    await expect(ask(await serve(async () => ({ result: raw })))).rejects.toThrow(ExternalSignerError);
  });
  it.each([
    ["refuses", { error: { code: -32000, message: "denied" } }],
    ["returns garbage", { result: "0xdeadbeef" }],
    ["returns no text", { result: 7 }],
    ["returns nothing", {}],
  ])("error: ExternalSignerError when it %s", async (_, answer) => {
    await expect(ask(await serve(async () => answer))).rejects.toThrow(ExternalSignerError);
  });
  it("error: ExternalSignerError when nobody listens", async () => {
    const url = await signed();
    await stop();
    await expect(ask(url)).rejects.toThrow(ExternalSignerError);
  });
});
