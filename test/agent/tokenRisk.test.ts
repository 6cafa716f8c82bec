import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Address, erc20Abi, getContractAddress, parseAbi } from "viem";
import { beforeAll, describe, expect, test } from "vitest";
import { defaultMandate } from "../../policies/mandate.ts";
import { actAs } from "../../src/devnet/index.ts";
import type { IntentRecord } from "../../src/domain/record.ts";
import type { ProblemDetails } from "../../src/http/errors.ts";
import { swap, withDoor } from "../http/door.ts";
import { type Zoo, zooOn } from "../risk/zoo.ts";

const OWNER: Address = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
/** The zoo's deployer sends five transactions per traded token of a scam: these are the first and the second one. */
const [VOUCHED, VOUCHED_TRAP] = [0n, 5n].map((nonce) => getContractAddress({ from: OWNER, nonce })) as [
  Address,
  Address,
];

const door = withDoor({ INTENDANT_MANDATE: writeMandate() });
let zoo: Zoo;
let tokens: Record<"vouched" | "vouchedTrap" | "honest" | "blacklist" | "pausable" | "hidden", Address>;

function writeMandate(): string {
  const path = join(mkdtempSync(join(tmpdir(), "intendant-mandate-")), "mandate.json");
  const trustedTokens = [VOUCHED, VOUCHED_TRAP].map((address) => ({
    chainId: 31_337,
    address,
    reason: "our own token",
  }));
  writeFileSync(path, JSON.stringify({ ...defaultMandate, trustedTokens }));
  return path;
}

beforeAll(async () => {
  zoo = await zooOn(door().intendant.chain.devnet ?? expect.fail("the local chain is not ours"));
  tokens = {
    vouched: await zoo.trade("OwnerBlacklist"),
    vouchedTrap: await zoo.trade("PairSellBlock"),
    honest: await zoo.trade("PlainToken"),
    blacklist: await zoo.trade("OwnerBlacklist"),
    pausable: await zoo.trade("OwnerPause"),
    hidden: await zoo.trade("HiddenAdminAllowlist", [zoo.other]),
  };
});

const buy = (token: Address) => door().plan([swap("ETH", token, "0.01")], { mode: "auto" });
const findings = (record: IntentRecord, code: string) =>
  (record.verdict?.findings ?? []).filter((one) => one.code.startsWith(code));
const said = (record: IntentRecord) => [
  record.state,
  ...(record.verdict?.findings ?? []).filter(({ severity }) => severity !== "info").map(({ code }) => code),
];
const held = async (token: Address) =>
  await (await zoo.reader()).client.readContract({
    address: token,
    abi: erc20Abi,
    functionName: "balanceOf",
    args: [OWNER],
  });
const approve = async (record: IntentRecord, acknowledged: readonly string[]) => {
  const body = { planHash: record.plan?.id, acknowledged };
  return await door().post(`/v1/intents/${record.id}/approve`, body, { prefer: "wait=60" });
};

describe("a token on no list, through the whole graph", () => {
  test("default: an honest one is bought with a yes that names what is not known of it, and sold again", async () => {
    const planned = await buy(tokens.honest);
    expect(said(planned)).toEqual(["awaiting_approval", "price-impact.unpriced"]);
    expect(planned.preview?.balanceChanges.map(({ symbol }) => symbol)).toEqual(["ETH", '"MEAD" (unlisted)']);
    const unread = await approve(planned, []);
    expect([unread.statusCode, unread.json<ProblemDetails>().code]).toEqual([409, "acknowledgement_missing"]);
    const before = await held(tokens.honest);
    const bought = (await approve(planned, ["price-impact.unpriced"])).json<IntentRecord>();
    expect([bought.state, bought.error]).toEqual(["confirmed", undefined]);
    expect(bought.consent).toEqual({ planHash: planned.plan?.id, acknowledged: ["price-impact.unpriced"] });
    expect(await held(tokens.honest)).toBeGreaterThan(before);
    const back = await door().plan([swap(tokens.honest, "ETH", "0.5")], { mode: "auto" });
    expect(said(back)).toEqual(["awaiting_approval", "price-impact.unpriced"]);
    expect((await door().approve(back)).json<IntentRecord>().state).toBe("confirmed");
  });

  test("behavior: a power of its owner asks, with the calls that show it", async () => {
    const planned = await buy(tokens.blacklist);
    expect(said(planned)).toEqual(["awaiting_approval", "token-risk.is_blacklisted", "price-impact.unpriced"]);
    expect(findings(planned, "token-risk.is_blacklisted")[0]?.evidence).toMatch(/setBot|0x[0-9a-f]{8}/);
    const half = await approve(planned, ["price-impact.unpriced"]);
    expect(half.json<ProblemDetails>().facts).toEqual(["acknowledge token-risk.is_blacklisted"]);
    expect((await door().approve(planned)).json<IntentRecord>().state).toBe("confirmed");
  });

  test("behavior: the same in words: the address is the owner's own", async () => {
    const planned = await door().submit({ text: `swap 0.01 eth for ${tokens.honest}`, mode: "auto" });
    expect(said(planned)).toEqual(["awaiting_approval", "price-impact.unpriced"]);
    const trap = await door().submit({ text: `swap 0.01 eth for ${tokens.hidden}`, mode: "auto" });
    expect(said(trap)).toEqual(expect.arrayContaining(["blocked", "token-risk.is_blacklisted"]));
  });

  test("behavior: a wallet gets the calls with the warnings read, and that is kept, too", async () => {
    const planned = await door().plan([swap("ETH", tokens.blacklist, "0.01")], { mode: "wallet" });
    const calls = (query: string) => door().get(`/v1/intents/${planned.id}/calls${query}`);
    expect((await calls("")).json<ProblemDetails>().code).toBe("acknowledgement_missing");
    const acknowledged = ["token-risk.is_blacklisted", "price-impact.unpriced"];
    expect((await calls(`?acknowledged=${acknowledged.join(",")}`)).statusCode).toBe(200);
    const { consent } = (await door().get(`/v1/intents/${planned.id}`)).json<IntentRecord>();
    expect(consent).toEqual({ planHash: planned.plan?.id, acknowledged });
  });

  test("behavior: a trap is blocked before anything is simulated, and no yes helps", async () => {
    const planned = await buy(tokens.hidden);
    expect(said(planned)).toEqual(expect.arrayContaining(["blocked", "token-risk.is_blacklisted"]));
    expect(findings(planned, "token-risk.is_blacklisted")[0]?.severity).toMatch(/danger|block/);
    expect((await door().approve(planned)).json<ProblemDetails>().code).toBe("state_conflict");
  });

  test("behavior: a trap that is armed between the plan and the yes is not bought", async () => {
    const planned = await buy(tokens.pausable);
    expect(said(planned)).toEqual(["awaiting_approval", "token-risk.transfer_pausable", "price-impact.unpriced"]);
    const abi = parseAbi(["function setTradingOpen(bool open)"]);
    const { client } = await zoo.reader();
    await actAs(client, zoo.deployer, { to: tokens.pausable, abi, fn: "setTradingOpen", args: [false] });
    const sentBefore = await client.getTransactionCount({ address: OWNER });
    const ended = (await door().approve(planned)).json<IntentRecord>();
    expect([ended.state, ended.error?.code]).toEqual(["failed", "plan_denied"]);
    expect(ended.error?.facts.join()).toMatch(/token-risk\./);
    expect(await client.getTransactionCount({ address: OWNER })).toBe(sentBefore);
  });

  test("behavior: the owner's trusted tokens dismiss a warning, which is recorded, and never a block", async () => {
    expect([tokens.vouched, tokens.vouchedTrap]).toEqual([VOUCHED, VOUCHED_TRAP].map((one) => one.toLowerCase()));
    const planned = await buy(tokens.vouched);
    expect(said(planned)).toEqual(["awaiting_approval", "price-impact.unpriced"]);
    expect(findings(planned, "token-risk.dismissed")[0]?.evidence).toBe(
      "the owner's trusted tokens dismiss token-risk.is_blacklisted: our own token",
    );
    expect(said(await buy(tokens.vouchedTrap))[0]).toBe("blocked");
  });
});
