import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Abi, maxUint256, parseAbi } from "viem";
import { describe, expect, test, vi } from "vitest";
import { runCli } from "../../src/cli/runCli.ts";
import { composeModels } from "../../src/compose/models.ts";
import { readConfig } from "../../src/config.ts";
import { actAs } from "../../src/devnet/index.ts";
import type { ApprovalsAudit, CheckResult } from "../../src/domain/check.ts";
import { withDoor } from "../http/door.ts";

const door = withDoor();
const DEAD = "0x000000000000000000000000000000000000dead";
const folder = mkdtempSync(join(tmpdir(), "intendant-guard-"));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

/** The real commands over one running Intendant, which they do not stop; what they print is caught. */
async function guard(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  const printed: string[] = [];
  const caught = (text: string | Uint8Array) => printed.push(String(text)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write").mockImplementation(caught));
  try {
    const code = await runCli({
      argv: ["guard", ...args],
      readConfig: (overrides) => readConfig(overrides ?? {}, {}),
      start: async () => ({ ...door().intendant, close: async () => undefined }),
      models: async (config) => composeModels(config),
      buildApp: async () => door().app,
    });
    return { code, out: printed.join("") };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

describe("guard", () => {
  test("default: a call that must not be sent is exit code 4, with its findings", async () => {
    const { code, out } = await guard("tx", "--to", DEAD, "--value", "1", "--json");
    const result = JSON.parse(out) as CheckResult;
    expect([code, result.verdict, result.findings.map((one) => one.code)]).toEqual([
      4,
      "block",
      ["check.burn-address"],
    ]);
    const fair = await guard("tx", file("calls.json", [{ to: door().owner, value: "1" }]));
    expect([fair.code, fair.out]).toEqual([0, expect.stringContaining("allow at block")]);
    const unread = await guard("tx", file("call.json", { to: door().owner, data: "0x12345678" }));
    expect(unread.code).toBe(3);
    const everywhere = file("7702.json", { authorizations: [{ chainId: 0, address: DEAD }] });
    expect((await guard("tx", everywhere)).out).toContain("permission.delegation-everywhere");
  });

  test("behavior: a signature that nobody can read is blocked, in words", async () => {
    const types = { Mail: [{ name: "text", type: "string" }] };
    const mail = { types, primaryType: "Mail", domain: { chainId: 31_337 }, message: { text: "hello" } };
    const { code, out } = await guard("signature", file("mail.json", mail));
    expect([code, out]).toEqual([4, expect.stringContaining("permission.unread")]);
  });

  test("behavior: approvals are listed, and taken back through the graph after a yes", async () => {
    const reader = await door().intendant.chain.reader();
    const usdc = reader.tokens.bySymbol("USDC")?.address ?? expect.fail("no USDC");
    const abi: Abi = parseAbi(["function approve(address spender, uint256 amount)"]);
    await actAs(reader.client, door().owner, { to: usdc, abi, fn: "approve", args: [DEAD, maxUint256] });
    const found = await guard("approvals");
    expect([found.code, found.out]).toEqual([4, expect.stringContaining("--revoke takes back 1 of them")]);
    const revoked = await guard("approvals", "--revoke", "--yes");
    expect([revoked.code, revoked.out]).toEqual([0, expect.stringContaining("Take back the allowance of USDC")]);
    const { code, out } = await guard("approvals", "--json");
    expect([code, (JSON.parse(out) as ApprovalsAudit).held]).toEqual([0, []]);
  });

  test("behavior: a listed token", async () => {
    const usdc = (await door().intendant.chain.reader()).tokens.bySymbol("USDC")?.address ?? "";
    expect((await guard("token", usdc, "--json")).out).toContain(`"token":"${usdc}"`);
  });

  test.each([
    ["nothing to check", ["tx"], "give --to, or a JSON file with calls"],
    ["half an address", ["tx", "--to", "0x12"], "calls.0.to: a 0x address"],
    ["a value with a point", ["tx", "--to", DEAD, "--value", "0.5"], "calls.0.value: a whole number"],
    ["no file", ["signature", join(folder, "none.json")], "cannot be read as JSON"],
    ["no JSON", ["tx", file("text.json", "send it")], "cannot be read as JSON"],
    ["typed data without types", ["signature", file("bare.json", { message: {} })], "typedData.types"],
  ])("error: %s", async (_, args, says) => {
    const { code, out } = await guard(...args, "--json");
    expect([code, JSON.parse(out).error.code]).toEqual([2, "check_input_invalid"]);
    expect(JSON.parse(out).error.message).toContain(says);
  });
});
