import type { Address } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ZooName } from "../../src/devnet/build/artifact.ts";
import { scanToken } from "../../src/risk/scanToken.ts";
import { openZoo, type Zoo } from "./zoo.ts";

let zoo: Zoo;
beforeAll(async () => {
  zoo = await openZoo();
});
afterAll(() => zoo?.stop());

const scan = async (name: ZooName, args?: readonly unknown[]) => {
  const token = await zoo.trade(name, args);
  return await scanToken({ reader: await zoo.reader(), token });
};
const other = () => [zoo.other];

type Args = () => Promise<readonly unknown[]> | readonly unknown[];
const row = (name: ZooName, finding: string, args: Args = () => []) => ({ name, finding, args });

describe("armed traps are blocked", () => {
  test.each([
    row("PairSellBlock", "is_honeypot"),
    row("ReturnsFalse", "is_honeypot"),
    row("GasBomb", "is_honeypot"),
    row("KillBlocks", "is_honeypot"),
    row("HighSellTax", "sell_tax"),
    row("ProxyFreeTaxLater", "sell_tax"),
    row("CannotSellAll", "cannot_sell_all"),
    row("SellCooldown", "trading_cooldown"),
    row("SizeTrap", "is_anti_whale"),
    row("FakeEvents", "inconsistent_events"),
    row("SimulationAware", "simulation_aware"),
    row("WalletOnlyTrap", "holder_cannot_sell"),
  ])("default: $name: $finding", async ({ name, finding }) => {
    const { verdict, findings } = await scan(name);
    expect(findings.map((one) => one.name)).toContain(finding);
    expect(verdict).toBe("block");
  });
});

describe("powers warn, with the calls that show them", () => {
  test.each([
    row("OwnerBlacklist", "is_blacklisted"),
    row("OwnerPause", "transfer_pausable"),
    row("OwnerTax", "slippage_modifiable"),
    row("OwnerMaxSell", "transfer_pausable"),
    row("TwoStepMint", "is_mintable"),
    row("MintableByRole", "is_mintable", other),
    row("TimelockOwned", "slippage_modifiable", async () => [await zoo.deploy("Delay")]),
    row("HelperDecides", "external_call", async () => [await zoo.deploy("SaleRule")]),
    row("SilentMint", "is_mintable"),
    row("Faucet", "is_mintable"),
    row("CheapSale", "is_mintable"),
    row("FrozenSpender", "transfer_pausable"),
    row("WalletFreeze", "transfer_pausable"),
    row("EndableMint", "is_mintable"),
    row("RoleByHash", "is_mintable"),
    row("GasBurningGuards", "transfer_pausable"),
    row("BridgeBurn", "owner_change_balance"),
    row("YearlyMint", "is_mintable"),
    row("CappedMint", "is_mintable"),
  ])("default: $name: $finding", async ({ name, finding, args }) => {
    const { verdict, findings } = await scan(name, await args());
    expect(findings).toMatchObject([{ name: finding, severity: "warn" }]);
    expect(findings[0]?.counterexample?.length).toBeGreaterThan(0);
    expect(verdict).toBe("warn");
  });

  test("behavior: a power that is used in two steps names both", async () => {
    const { findings } = await scan("TwoStepMint");
    expect(findings[0]?.counterexample).toHaveLength(2);
  });

  test("behavior: a proxy in a bare key's hands", async () => {
    const { findings, verdict } = await scan("ZooProxy", [await zoo.deploy("PlainLogic")]);
    expect(findings).toMatchObject([{ name: "is_proxy", severity: "warn" }]);
    expect(verdict).toBe("warn");
  });
});

describe("powers of accounts that the token does not name are blocked", () => {
  test.each([
    row("HiddenAdminAllowlist", "is_blacklisted", other),
    row("SelfTransferArmed", "transfer_pausable", other),
    row("HardcodedAdmin", "owner_change_balance"),
    row("OwnerEditsBalances", "owner_change_balance"),
    row("PoolDrain", "owner_change_balance"),
    row("SlotAdmin", "is_blacklisted", other),
    row("HiddenHelper", "external_call", async () => [await zoo.deploy("SaleRule")]),
  ])("default: $name: $finding", async ({ name, finding, args }) => {
    const { verdict, findings } = await scan(name, await args());
    expect(findings.map((one) => one.name)).toContain(finding);
    expect(verdict).toBe("block");
  });
});

describe("honest tokens", () => {
  test.each([
    row("PlainToken", ""),
    row("SmallFee", "", other),
    row("BurnOnTransfer", ""),
    row("Rebasing", ""),
    row("Renounced", ""),
    row("FixedMaxWallet", ""),
    row("OldBytes32", ""),
    row("NoReturn", ""),
    row("FixedHelper", "", async () => [await zoo.deploy("Arithmetic")]),
    row("FewUnits", ""),
  ])("default: $name is allowed", async ({ name, args }) => {
    const { verdict, findings } = await scan(name, await args());
    expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(verdict).toBe("allow");
  });

  test("behavior: who holds a power decides, not the code: the same code warns, says who waits, is nothing", async () => {
    const found = async (name: ZooName, args?: readonly unknown[]) =>
      (await scan(name, args)).findings.map(
        ({ severity, evidence }) => `${severity} ${/says that it waits \d days/.exec(evidence)?.[0] ?? ""}`,
      );
    expect(await found("OwnerTax")).toEqual(["warn "]);
    expect(await found("TimelockOwned", [await zoo.deploy("Delay")])).toEqual(["warn says that it waits 2 days"]);
    expect(await found("Renounced")).toEqual([]);
  });

  test("behavior: a power over a token on the chain's list is its issuer's: told, and no objection", async () => {
    const token = await zoo.trade("OwnerTax");
    const reader = await zoo.reader();
    const listed = { ...reader.tokens.wrappedNative, address: token, symbol: "TRFF", name: "Tariff Coin" };
    const tokens = { ...reader.tokens, all: [...reader.tokens.all, listed], byAddress: () => listed };
    const { verdict, findings } = await scanToken({ reader: { ...reader, tokens }, token });
    expect(verdict).toBe("allow");
    expect(findings).toMatchObject([{ name: "slippage_modifiable", severity: "info" }]);
    expect(findings[0]?.evidence).toMatch(/issuer of a listed token/);
    expect(findings[0]?.counterexample).toHaveLength(1);
  });

  test("behavior: a pausable coin of an issuer warns and is not blocked", async () => {
    expect((await scan("PausableStable", other())).verdict).not.toBe("block");
  });
});

describe("clean code with somebody else's name", () => {
  test.each([
    row("Impersonator", "fake_token", () => ["USD Coin", "USDC", 6]),
    row("HostileMetadata", "hostile_metadata"),
    row("HugeName", "odd_metadata"),
  ])("default: $name: $finding", async ({ name, finding, args }) => {
    const { verdict, findings } = await scan(name, await args());
    expect(findings.map((one) => one.name)).toContain(finding);
    expect(verdict).not.toBe("allow");
  });
});

describe("what cannot be looked at is unknown", () => {
  test("behavior: no contract, no pair", async () => {
    const reader = await zoo.reader();
    const nobody: Address = "0x00000000000000000000000000000000000a11ce";
    expect(await scanToken({ reader, token: nobody })).toMatchObject({ verdict: "unknown", findings: [] });
    const token = await zoo.deploy("PlainToken");
    expect(await scanToken({ reader: await zoo.reader(), token })).toMatchObject({
      verdict: "unknown",
      unchecked: [{ check: "trading" }],
    });
  });
});
