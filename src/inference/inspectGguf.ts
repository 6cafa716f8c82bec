import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ModelInvalidError, ModelMissingError } from "./errors.ts";

/** What is known of a model file before llama.cpp sees it. */
export type GgufFile = {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
};

/**
 * Checks that a file is a GGUF (magic and version) and returns its SHA-256.
 *
 * A multi-gigabyte file takes long to hash, so the digest is kept in `cacheFolder` under path, size and time of change.
 *
 * @throws ModelMissingError, ModelInvalidError
 */
export async function inspectGguf({
  path,
  cacheFolder,
}: {
  readonly path: string;
  readonly cacheFolder?: string;
}): Promise<GgufFile> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new ModelMissingError(path, { cause });
  });
  if (!info.isFile()) throw new ModelInvalidError(path, "not a regular file");
  await checkHeader(path, info.size);
  const key = createHash("sha256").update(`${path}\0${info.size}\0${info.mtimeMs}`).digest("hex");
  const sha256 = await cached(cacheFolder, key, () => digestFile(path));
  return { path, sha256, sizeBytes: info.size };
}

/** Header layout: magic "GGUF", uint32 version, uint64 tensor count, uint64 metadata count (little endian). */
async function checkHeader(path: string, size: number): Promise<void> {
  const head = Buffer.alloc(24);
  const file = await open(path, "r").catch((cause: unknown) => {
    throw new ModelMissingError(path, { cause, facts: ["the file exists but cannot be opened"] });
  });
  try {
    await file.read(head, 0, 24, 0);
  } finally {
    await file.close();
  }
  if (head.toString("latin1", 0, 4) !== "GGUF") throw new ModelInvalidError(path, "the file does not begin with GGUF");
  const version = head.readUInt32LE(4);
  if (version !== 2 && version !== 3) throw new ModelInvalidError(path, `GGUF version ${version}`);
  const tensors = head.readBigUInt64LE(8);
  if (tensors === 0n || size < 1024)
    throw new ModelInvalidError(path, `no weights inside: ${tensors} tensors, ${size} bytes`);
}

async function cached(folder: string | undefined, key: string, compute: () => Promise<string>): Promise<string> {
  if (folder === undefined) return compute();
  const path = join(folder, `${key}.sha256`);
  const known = await readFile(path, "utf8").catch(() => "");
  if (/^[0-9a-f]{64}$/.test(known)) return known;
  const digest = await compute();
  await remember(path, digest).catch(() => undefined); // a folder that cannot be written to only costs time
  return digest;
}

async function remember(path: string, digest: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, digest);
}

async function digestFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const block of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(block as Buffer);
  return hash.digest("hex");
}
