import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** Where a process ends itself with SIGKILL, counted from the moment it is armed. */
export type KillPoint =
  | { readonly at: "before-request"; readonly n: number }
  | { readonly at: "before-write" | "torn-write" | "before-flush" | "after-flush"; readonly n: number }
  | { readonly at: "before-broadcast" | "after-broadcast"; readonly n: number };

const JOURNAL_LINE = /^[0-9a-f]{16} \{/;

const bytesOf = (data: string | NodeJS.ArrayBufferView): Buffer =>
  typeof data === "string" ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);

/**
 * Puts traps under the process: disk writes of the journal, its flushes, and requests to the node. Production code has
 * no hooks; what is replaced is `node:fs` and `fetch` themselves.
 */
export function setTraps(): (point: KillPoint) => void {
  let armed: KillPoint | undefined;
  const seen = { request: 0, write: 0, flush: 0, broadcast: 0 };
  const die = (): void => void process.kill(process.pid, "SIGKILL");
  const hit = (at: KillPoint["at"], n: number): boolean => armed?.at === at && armed.n === n;

  const { writeSync, fdatasyncSync } = fs;
  const trappedWrite = (...args: Parameters<typeof writeSync>): number => {
    const file = args[0];
    const data = bytesOf(args[1]);
    if (armed === undefined || !JOURNAL_LINE.test(data.toString("latin1", 0, 18))) return writeSync(...args);
    seen.write += 1;
    if (hit("before-write", seen.write)) die();
    if (hit("torn-write", seen.write)) {
      writeSync(file, data.subarray(0, data.length >> 1));
      die();
    }
    return writeSync(...args);
  };
  fs.writeSync = trappedWrite as typeof writeSync;
  fs.fdatasyncSync = (file) => {
    if (armed !== undefined) seen.flush += 1;
    if (hit("before-flush", seen.flush)) die();
    fdatasyncSync(file);
    if (hit("after-flush", seen.flush)) die();
  };
  syncBuiltinESMExports();

  const request = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    if (armed === undefined) return request(input, init);
    seen.request += 1;
    if (hit("before-request", seen.request)) die();
    if (!String(init?.body).includes("eth_sendRawTransaction")) return request(input, init);
    seen.broadcast += 1;
    if (hit("before-broadcast", seen.broadcast)) die();
    const answer = await request(input, init);
    if (hit("after-broadcast", seen.broadcast)) die();
    return answer;
  };
  return (point) => {
    armed = point;
  };
}
