import type { Address } from "viem";
import { expect, test } from "vitest";
import type { Reader } from "../chain/reader.ts";
import type { TokenScan } from "../domain/tokenRisk.ts";
import { OverloadedError, ScanLateError } from "./errors.ts";
import { createGate } from "./gate.ts";
import { createScanner, riskOf } from "./scanner.ts";

const at = (blockHash: `0x${string}`) => ({ chainId: 1, blockHash }) as Reader;
const token = (index: number): Address => `0x${index.toString().padStart(40, "0")}`;
const found = (address: Address): TokenScan => ({
  token: address,
  chainId: 1,
  block: "1",
  verdict: "allow",
  findings: [],
  unchecked: [],
});

test("default: one scan per token and block, however many ask and in whatever case", async () => {
  let scans = 0;
  const scanner = createScanner({
    scan: async (_, address) => {
      scans += 1;
      return found(address);
    },
  });
  const upper = `0x${"AB".repeat(20)}` as const;
  await Promise.all([scanner(at("0x1"), upper), scanner(at("0x1"), upper.toLowerCase() as Address)]);
  await scanner(at("0x1"), upper);
  expect(scans).toBe(1);
  await scanner(at("0x2"), upper);
  expect(scans).toBe(2);
  await scanner(at("0x2"), upper, 5n);
  expect(scans).toBe(3);
});

test("behavior: a scan that fails is a failure in words, and is tried again", async () => {
  let scans = 0;
  const scanner = createScanner({
    scan: async (_, address) => {
      scans += 1;
      if (scans === 1) throw new TypeError("the node hung up");
      return found(address);
    },
  });
  expect(await riskOf(scanner, at("0x1"), token(1))).toEqual({
    token: token(1),
    failure: "internal: Unexpected failure: the node hung up",
  });
  expect((await riskOf(scanner, at("0x1"), token(1))).scan?.verdict).toBe("allow");
});

test("error: ScanLateError", async () => {
  const scanner = createScanner({ scan: () => new Promise(() => undefined), timeoutMs: 20 });
  await expect(scanner(at("0x1"), token(1))).rejects.toThrow(ScanLateError);
  expect((await riskOf(scanner, at("0x1"), token(2))).failure).toMatch(/^scan_late: /);
});

test("error: OverloadedError: more than run and wait are refused; a late scan keeps its place until it ends", async () => {
  const open: (() => void)[] = [];
  const scanner = createScanner({
    scan: (_, address) => new Promise((resolve) => open.push(() => resolve(found(address)))),
    timeoutMs: 20,
    running: 1,
    waiting: 1,
  });
  const risks = await Promise.all([1, 2, 3].map((one) => riskOf(scanner, at("0x1"), token(one))));
  expect(risks.map(({ failure = "" }) => failure.split(":")[0])).toEqual(["scan_late", "scan_late", "overloaded"]);
  expect(open).toHaveLength(1);
  open[0]?.();
  await expect.poll(() => open.length).toBe(2);
});

test("behavior: a gate hands places on in order and gives them back after a failure", async () => {
  const gate = createGate({ running: 1, waiting: 2 });
  const order: number[] = [];
  const work = (one: number, fails = false) =>
    gate(async () => {
      order.push(one);
      if (fails) throw new TypeError("no");
    }).catch(() => undefined);
  await Promise.all([work(1, true), work(2), work(3)]);
  expect(order).toEqual([1, 2, 3]);
  await expect(gate(async () => "free")).resolves.toBe("free");
  const never = gate(() => new Promise<void>(() => undefined));
  const waits = [gate(async () => 1), gate(async () => 2)];
  await expect(gate(async () => 3)).rejects.toThrow(OverloadedError);
  expect([never, ...waits]).toHaveLength(3);
});
