import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPublicClient, http } from "viem";
import { afterAll, expect, test } from "vitest";
import { anvilBinary } from "../../src/devnet/anvilBinary.ts";
import {
  AnvilMissingError,
  type Devnet,
  DevnetPortInUseError,
  DevnetStartError,
  startDevnet,
} from "../../src/devnet/index.ts";
import { startAnvil } from "../../src/devnet/startAnvil.ts";

const cacheDir = mkdtempSync(join(tmpdir(), "intendant-devnet-"));
afterAll(() => rmSync(cacheDir, { recursive: true, force: true }));

const alive = async ({ rpcUrl }: Devnet) => {
  try {
    return (await createPublicClient({ transport: http(rpcUrl, { retryCount: 0 }) }).getChainId()) === 31337;
  } catch {
    return false;
  }
};

test("default: the first start builds, the second loads, both give the same addresses", async () => {
  const lines: string[] = [];
  const first = await startDevnet({ cacheDir, onProgress: (line) => lines.push(line) });
  const second = await startDevnet({ cacheDir, onProgress: (line) => lines.push(line) });
  const third = await startDevnet({ cacheDir, fresh: true });
  try {
    expect(lines.filter((line) => line.startsWith("building")).length).toBeGreaterThan(5);
    expect(lines.filter((line) => line === "loading state")).toHaveLength(1);
    expect(second.deployment).toEqual(first.deployment);
    expect(third.deployment).toEqual(first.deployment);
    expect(await Promise.all([first, second, third].map(alive))).toEqual([true, true, true]);
  } finally {
    await Promise.all([first.stop(), second.stop(), third.stop()]);
  }
  expect(await Promise.all([first, second, third].map(alive))).toEqual([false, false, false]);
  await first.stop();
});

test("behavior: a damaged saved state is built anew", async () => {
  const [file] = readdirSync(cacheDir);
  if (file === undefined) return expect.fail("nothing saved");
  const path = join(cacheDir, file);
  const saved = JSON.parse(readFileSync(path, "utf8")) as { state: string };
  for (const damaged of ["{", JSON.stringify({ ...saved, state: saved.state.slice(0, 5_000) })]) {
    writeFileSync(path, damaged);
    const devnet = await startDevnet({ cacheDir });
    expect(await alive(devnet)).toBe(true);
    await devnet.stop();
    expect(readFileSync(path, "utf8").length).toBeGreaterThan(1_000_000);
  }
});

test("behavior: a state older than a day is built anew", async () => {
  const [file] = readdirSync(cacheDir);
  if (file === undefined) return expect.fail("nothing saved");
  const path = join(cacheDir, file);
  const saved = JSON.parse(readFileSync(path, "utf8")) as { builtAtMs: number };
  writeFileSync(path, JSON.stringify({ ...saved, builtAtMs: saved.builtAtMs - 25 * 3_600_000 }));
  const lines: string[] = [];
  const devnet = await startDevnet({ cacheDir, onProgress: (line) => lines.push(line) });
  await devnet.stop();
  expect(lines.some((line) => line.startsWith("building"))).toBe(true);
});

test("behavior: saving removes states of former inputs that are too old to load", async () => {
  const former = join(cacheDir, "0123456789abcdef.json");
  const foreign = join(cacheDir, "notes.json");
  for (const path of [former, foreign]) {
    writeFileSync(path, "{}");
    utimesSync(path, new Date(0), new Date(0));
  }
  await (await startDevnet({ cacheDir, fresh: true })).stop();
  expect([existsSync(former), existsSync(foreign)]).toEqual([false, true]);
});

test("behavior: the node ends with the process that started it, even on SIGKILL", async () => {
  const script = `import { startDevnet } from "./src/devnet/index.ts";
    startDevnet({ cacheDir: ${JSON.stringify(cacheDir)} }).then((d) => console.log("up " + d.rpcUrl));
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: new URL("../..", import.meta.url).pathname,
  });
  const rpcUrl = await new Promise<string>((resolve, reject) => {
    let output = "";
    parent.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const found = /up (\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    parent.once("exit", () => reject(new DevnetStartError("parent ended early", output)));
  });
  expect(await alive({ rpcUrl } as Devnet)).toBe(true);
  parent.removeAllListeners("exit");
  parent.kill("SIGKILL");
  await expect.poll(() => alive({ rpcUrl } as Devnet), { timeout: 5_000, interval: 100 }).toBe(false);
});

test("error: DevnetPortInUseError", async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  await expect(startDevnet({ cacheDir, port })).rejects.toBeInstanceOf(DevnetPortInUseError);
  await new Promise((resolve) => server.close(resolve));
  const devnet = await startDevnet({ cacheDir, port });
  expect(devnet.rpcUrl).toBe(`http://127.0.0.1:${port}`);
  await devnet.stop();
});

test("error: DevnetStartError", async () => {
  const attempt = startAnvil({ port: 0, host: "127.0.0.1", args: ["--no-such-option"] });
  await expect(attempt).rejects.toBeInstanceOf(DevnetStartError);
});

test("error: AnvilMissingError", () => {
  expect(() => anvilBinary("linux", "mips")).toThrow(AnvilMissingError);
});
