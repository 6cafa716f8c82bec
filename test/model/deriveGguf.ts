import { readFileSync, writeFileSync } from "node:fs";
import { nanoModelPath } from "../../src/inference/nano/nanoModelPath.ts";

const STRING = 8;
const ARRAY = 9;
/** Bytes of GGUF's scalar types, by number: u8 i8 u16 i16 u32 i32 f32 bool, then u64 i64 f64. */
const SIZES: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const ALIGNMENT = 32;

/** Metadata to be changed: texts of strings, numbers of 32-bit integers. */
type Changes = Readonly<Record<string, string | number>>;

/**
 * Writes a second model: the shipped file with other metadata and disturbed weights. Every `every`-th half float gets
 * the other sign; 0 leaves the weights as they are.
 */
export function deriveGguf(options: {
  readonly path: string;
  readonly name: string;
  readonly every: number;
  readonly metadata?: Changes;
}): void {
  const { path, name, every, metadata = {} } = options;
  const source = readFileSync(nanoModelPath());
  const { head, infosEnd } = rewriteHead(source, { "general.name": name, ...metadata });
  const weights = Buffer.from(source.subarray(align(infosEnd)));
  if (every > 0) for (let at = 1; at < weights.length; at += 2 * every) weights[at] = (weights[at] ?? 0) ^ 0x80;
  writeFileSync(path, Buffer.concat([head, Buffer.alloc(align(head.length) - head.length), weights]));
}

/** Everything before the weights, with the changes; and where that ended in the source. */
function rewriteHead(file: Buffer, changes: Changes): { readonly head: Buffer; readonly infosEnd: number } {
  const tensors = Number(file.readBigUInt64LE(8));
  const pairs = Number(file.readBigUInt64LE(16));
  const parts: Buffer[] = [];
  let copied = 0;
  let at = 24;
  for (let pair = 0; pair < pairs; pair += 1) {
    const keyEnd = stringEnd(file, at);
    const change = changes[file.toString("utf8", at + 8, keyEnd)];
    at = skipValue(file, keyEnd + 4, file.readUInt32LE(keyEnd));
    if (change === undefined) continue;
    parts.push(file.subarray(copied, keyEnd + 4), encode(change));
    copied = at;
  }
  for (let tensor = 0; tensor < tensors; tensor += 1) {
    const end = stringEnd(file, at);
    at = end + 4 + 8 * file.readUInt32LE(end) + 4 + 8;
  }
  return { head: Buffer.concat([...parts, file.subarray(copied, at)]), infosEnd: at };
}

function encode(value: string | number): Buffer {
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  }
  const text = Buffer.from(value);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text]);
}

function stringEnd(file: Buffer, at: number): number {
  return at + 8 + Number(file.readBigUInt64LE(at));
}

function skipValue(file: Buffer, at: number, type: number): number {
  if (type === STRING) return stringEnd(file, at);
  if (type !== ARRAY) return at + (SIZES[type] ?? 0);
  const [of, count] = [file.readUInt32LE(at), Number(file.readBigUInt64LE(at + 4))];
  let next = at + 12;
  for (let index = 0; index < count; index += 1) next = skipValue(file, next, of);
  return next;
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}
