import { type Address, parseEther } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ZooName } from "../../src/devnet/build/artifact.ts";
import { readFingerprint } from "../../src/risk/fingerprint.ts";
import { recheckToken } from "../../src/risk/recheckToken.ts";
import { openZoo, type Zoo } from "./zoo.ts";

let zoo: Zoo;
beforeAll(async () => {
  zoo = await openZoo();
});
afterAll(() => zoo?.stop());

/** Scanned, then something happens, then looked at again right before a buy. */
async function afterwards(name: ZooName, happens: (token: Address) => Promise<void>, args: readonly unknown[] = []) {
  const token = await zoo.trade(name, args);
  const fingerprint = await readFingerprint(await zoo.reader(), token);
  await happens(token);
  return await recheckToken({ reader: await zoo.reader(), token, fingerprint, spend: parseEther("0.5") });
}

describe("what happened between the scan and the trade", () => {
  test("default: nothing, and the scan holds", async () => {
    const quiet = { verdict: "holds", findings: [], reasons: [] };
    expect(await afterwards("OwnerTax", async () => {})).toMatchObject(quiet);
    expect(await afterwards("ZooProxy", async () => {}, [await zoo.deploy("PlainLogic")])).toMatchObject(quiet);
  });

  test("behavior: the tax went from 0 to 99", async () => {
    const { verdict, findings } = await afterwards("OwnerTax", (token) =>
      zoo.call(token, "function setFees(uint256 buy, uint256 sell)", [0n, 99n]),
    );
    expect(findings).toMatchObject([{ name: "sell_tax", severity: "block" }]);
    expect(verdict).toBe("block");
  });

  test("behavior: trading was closed", async () => {
    const { findings } = await afterwards("OwnerPause", (token) =>
      zoo.call(token, "function setTradingOpen(bool open)", [false]),
    );
    expect(findings.map(({ name }) => name)).toEqual(["cannot_buy"]);
  });

  test("behavior: the limit of a sale fell below the amount, and not below a small one", async () => {
    const { findings } = await afterwards("OwnerMaxSell", (token) =>
      zoo.call(token, "function setMaxSell(uint256 limit)", [parseEther("100")]),
    );
    expect(findings).toMatchObject([{ name: "is_honeypot" }]);
  });

  test("behavior: another owner asks for another scan", async () => {
    const { verdict, reasons } = await afterwards("OwnerTax", (token) =>
      zoo.call(token, "function transferOwnership(address to)", [zoo.other]),
    );
    expect(verdict).toBe("rescan");
    expect(reasons.join()).toMatch(/account in its storage slot/);
  });

  test("behavior: a proxy's code was exchanged for a plain one and for a trap", async () => {
    const logic = await zoo.deploy("PlainLogic");
    const upgrade = "function upgradeTo(address logic)";
    const swapped = async (name: ZooName) => {
      const next = await zoo.deploy(name);
      return await afterwards("ZooProxy", (token) => zoo.call(token, upgrade, [next]), [logic]);
    };
    expect(await swapped("PlainLogic")).toMatchObject({ verdict: "rescan" });
    expect(await swapped("TrapLogic")).toMatchObject({ verdict: "block", findings: [{ name: "is_honeypot" }] });
  });
});

describe("what cannot be looked at", () => {
  test("behavior: a node without simulation is unknown, never a yes", async () => {
    const token = await zoo.trade("PlainToken");
    const reader = await zoo.reader();
    const fingerprint = await readFingerprint(reader, token);
    const ask = reader.client.request as (args: { readonly method: string }) => Promise<unknown>;
    const request = ((args: { readonly method: string }) =>
      args.method === "eth_simulateV1"
        ? Promise.reject(new TypeError("method not found"))
        : ask(args)) as typeof reader.client.request;
    const blind = { ...reader, client: { ...reader.client, request } };
    const { verdict, reasons } = await recheckToken({ reader: blind, token, fingerprint, spend: 1n });
    expect(verdict).toBe("unknown");
    expect(reasons.join()).toMatch(/eth_simulateV1/);
  });
});
