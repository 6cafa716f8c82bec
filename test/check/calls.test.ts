import { type Address, maxUint256, parseAbi, parseEther } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckDeps } from "../../src/check/types.ts";
import { request } from "../../src/devnet/build/builder.ts";
import { openZoo, type Zoo } from "../risk/zoo.ts";
import { checkOn, data, depsOn, putCode, told } from "./checkOn.ts";

let zoo: Zoo;
let deps: CheckDeps;
let at: Record<"weth" | "usdc" | "dai" | "router" | "permit2", Address>;
const FRIEND: Address = "0x00000000000000000000000000000000000a11ce";
/** A contract that takes everything and gives nothing: STOP. */
const TAKER: Address = "0x0000000000000000000000000000000000badbad";
const SWEPT: Address = "0x000000000000000000000000000000005e975e97";
const SOON = () => BigInt(Math.floor(Date.now() / 1_000)) + 600n;
const ONE_ETH = parseEther("1");

beforeAll(async () => {
  zoo = await openZoo();
  deps = await depsOn(zoo);
  const reader = await zoo.reader();
  const token = (symbol: string) => reader.tokens.bySymbol(symbol)?.address ?? expect.fail(symbol);
  const { wrappedNative: weth, uniswapV2, permit2 } = reader.addresses;
  at = {
    weth,
    usdc: token("USDC"),
    dai: token("DAI"),
    router: uniswapV2?.router ?? expect.fail("no router"),
    permit2: permit2 ?? expect.fail("no Permit2"),
  };
  await putCode(reader, TAKER, "0x00");
  await putCode(reader, SWEPT, `0xef0100${TAKER.slice(2)}`);
});
afterAll(() => zoo?.stop());

type Call = { readonly to: Address; readonly data?: `0x${string}`; readonly value?: string };
const look = (...calls: readonly Call[]) => checkOn(deps, { account: zoo.deployer, calls });
const approve = (spender: Address, amount: bigint, token = at.usdc) => ({
  to: token,
  data: data("approve(address,uint256)", spender, amount),
});
const send = (to: Address, amount: bigint, token = at.usdc) => ({
  to: token,
  data: data("transfer(address,uint256)", to, amount),
});
const buy = (token: Address, least: bigint, more: { to?: Address; deadline?: bigint; fee?: boolean } = {}) => ({
  to: at.router,
  value: (ONE_ETH / 100n).toString(),
  data: data(
    `swapExactETHForTokens${more.fee === true ? "SupportingFeeOnTransferTokens" : ""}(uint256,address[],address,uint256)`,
    least,
    [at.weth, token],
    more.to ?? zoo.deployer,
    more.deadline ?? SOON(),
  ),
});

describe("fair calls", () => {
  it("default: an exact approval and the swap that uses it: allowed, with what leaves and what comes back", async () => {
    const reader = await zoo.reader();
    const path = [at.usdc, at.weth];
    const of = { address: at.router, blockNumber: reader.block } as const;
    const abi = parseAbi(["function getAmountsOut(uint256 amount, address[] path) view returns (uint256[])"]);
    const quoted = await reader.client.readContract({
      ...of,
      abi,
      functionName: "getAmountsOut",
      args: [10n ** 8n, path],
    });
    const least = ((quoted[1] ?? 0n) * 995n) / 1_000n;
    const swap = data(
      "swapExactTokensForTokens(uint256,uint256,address[],address,uint256)",
      10n ** 8n,
      least,
      path,
      zoo.deployer,
      SOON(),
    );
    const result = await look(approve(at.router, 10n ** 8n), { to: at.router, data: swap });
    expect(told(result)).toBe("allow");
    expect(result.preview?.balanceChanges).toMatchObject([
      { symbol: "USDC", delta: (-(10n ** 8n)).toString() },
      { symbol: "WETH" },
    ]);
    expect(result.preview?.approvals).toMatchObject([{ spender: at.router, before: "0", after: "0" }]);
  });

  it.each<[string, () => Call]>([
    ["a payment to a person", () => send(FRIEND, 5n)],
    ["coins to a person", () => ({ to: FRIEND, value: "5" })],
    [
      "the account's own tokens by transferFrom",
      () => ({ to: at.usdc, data: data("transferFrom(address,address,uint256)", zoo.deployer, FRIEND, 0n) }),
    ],
    ["an exact approval of a known protocol", () => approve(at.router, 5n)],
    ["an approval taken back", () => approve(TAKER, 0n)],
    ["an operator taken back", () => ({ to: at.usdc, data: data("setApprovalForAll(address,bool)", TAKER, false) })],
    [
      "Permit2 locked down",
      () => ({
        to: at.permit2,
        data: data("lockdown((address,address)[])", [[at.usdc, TAKER]]),
      }),
    ],
    ["coins wrapped", () => ({ to: at.weth, value: "5", data: data("deposit()") })],
  ])("behavior: %s is allowed", async (name, call) => {
    const result = await look(call());
    // USDC knows no setApprovalForAll: that it cannot be simulated is said.
    expect(told(result)).toBe(name === "an operator taken back" ? "unknown (simulation)" : "allow");
  });
});

describe("calls that must not be signed", () => {
  it.each<[string, () => readonly Call[], string]>([
    [
      "everything for a stranger",
      () => [approve(TAKER, maxUint256)],
      "block permission.unknown-spender permission.unlimited",
    ],
    ["a bare account as spender", () => [approve(FRIEND, 5n)], "block permission.spender-is-account"],
    ["an account of EIP-7702 as spender", () => [approve(SWEPT, 5n)], "block permission.spender-is-account"],
    [
      "an operator",
      () => [{ to: at.usdc, data: data("setApprovalForAll(address,bool)", TAKER, true) }],
      "block (simulation) permission.unknown-spender",
    ],
    [
      "more for later",
      () => [{ to: at.usdc, data: data("increaseAllowance(address,uint256)", FRIEND, 5n) }],
      "block (simulation) permission.spender-is-account",
    ],
    [
      "Permit2 for a bare account",
      () => [{ to: at.permit2, data: data("approve(address,address,uint160,uint48)", at.usdc, FRIEND, 5n, 2 ** 40) }],
      "block permission.long-lived permission.spender-is-account",
    ],
    ["a burn address", () => [send("0x000000000000000000000000000000000000dEaD", 5n)], "block check.burn-address"],
    ["a token's own contract", () => [send(at.usdc, 5n)], "block check.token-contract"],
    ["a protocol's contract as recipient", () => [send(at.router, 5n)], "block check.known-contract"],
    ["a wallet that runs foreign code", () => [send(SWEPT, 5n)], "block check.recipient-delegated"],
    ["a swap without a floor", () => [buy(at.usdc, 0n)], "block check.no-minimum"],
    [
      "a swap for somebody else",
      () => [buy(at.usdc, 1n, { to: FRIEND })],
      "block check.for-somebody-else check.nothing-back",
    ],
    [
      "a fair name that takes coins",
      () => [{ to: TAKER, value: "5", data: data("claimRewards()") }],
      "block (call) check.nothing-back",
    ],
    [
      "ownership",
      () => [{ to: at.usdc, data: data("transferOwnership(address)", FRIEND) }],
      "block (simulation) permission.control",
    ],
    [
      "a call of one's own account, which runs no code",
      () => [{ to: zoo.deployer, data: data("transfer(address,uint256)", FRIEND, 5n) }, approve(FRIEND, 5n)],
      "block check.no-contract permission.spender-is-account",
    ],
    [
      "coins to a function of nobody",
      () => [{ to: FRIEND, value: "5", data: data("claim()") }],
      "block (call) check.no-contract check.nothing-back",
    ],
    [
      "two calls of which one is bad",
      () => [send(FRIEND, 5n), approve(FRIEND, 5n)],
      "block permission.spender-is-account",
    ],
  ])("behavior: %s", async (_, calls, expected) => {
    expect(told(await look(...calls()))).toBe(expected);
  });

  it("behavior: a token that cannot be sold again, and an honest one", async () => {
    const [trap, honest] = [await zoo.trade("PairSellBlock"), await zoo.trade("PlainToken")];
    expect(told(await look(buy(trap, 1n, { fee: true })))).toBe("block (token) token-risk.is_honeypot");
    expect(told(await look(buy(honest, 1n, { fee: true })))).toBe("allow");
  });

  it("behavior: a swap far below the oracle's price, though its floor says so", async () => {
    const thin = data(
      "swapExactETHForTokens(uint256,address[],address,uint256)",
      1n,
      [at.weth, at.usdc],
      zoo.deployer,
      SOON(),
    );
    const result = await look({ to: at.router, value: parseEther("400").toString(), data: thin });
    expect(told(result)).toBe("block check.value-loss");
  });

  it("behavior: a swap that still can be sent next year warns, one without a deadline too", async () => {
    expect(told(await look(buy(at.usdc, 1n, { deadline: 2n ** 40n })))).toBe("warn check.far-deadline");
    const single = data("exactInputSingle((address,address,uint24,address,uint256,uint256,uint160))", [
      at.weth,
      at.usdc,
      3_000,
      zoo.deployer,
      10n ** 15n,
      1n,
      0n,
    ]);
    const { uniswapV3 } = (await zoo.reader()).addresses;
    const router = uniswapV3?.swapRouter02 ?? expect.fail("no router");
    const result = await look({ to: router, value: (10n ** 15n).toString(), data: single });
    expect(told(result)).toBe("warn check.no-deadline");
  });
});

describe("what nobody can read is unknown", () => {
  it.each<[string, () => Call, string]>([
    ["bytes of a stranger", () => ({ to: TAKER, data: "0x12345678" }), "unknown (call)"],
    ["bytes of a known contract", () => ({ to: at.router, data: "0x12345678" }), "unknown (call) (simulation)"],
    ["coins with them", () => ({ to: TAKER, data: "0x12345678", value: "5" }), "unknown (call) check.nothing-back"],
    ["a payment beyond the balance", () => send(FRIEND, 10n ** 40n), "unknown (simulation)"],
    [
      "an approval with bytes behind it",
      () => ({ ...approve(at.router, 5n), data: `${approve(at.router, 5n).data}00` as const }),
      "unknown (call)",
    ],
  ])("behavior: %s", async (_, call, expected) => {
    expect(told(await look(call()))).toBe(expected);
  });

  it("behavior: calls that carry calls are opened: what is bad inside is found", async () => {
    const inner = [approve(FRIEND, 5n).data];
    const result = await look({ to: TAKER, data: data("multicall(bytes[])", inner) });
    expect(told(result)).toBe("block (call) permission.spender-is-account");
  });
});

describe("EIP-7702 authorisations", () => {
  const authorise = (chainId: number, address: Address) =>
    checkOn(deps, { account: zoo.deployer, authorizations: [{ chainId, address }] });

  it("default: for every chain, to unknown code, for another chain: blocked; taken back: allowed", async () => {
    expect(told(await authorise(0, TAKER))).toBe("block permission.delegation permission.delegation-everywhere");
    expect(told(await authorise(31_337, TAKER))).toBe("block permission.delegation");
    expect(told(await authorise(1, TAKER))).toBe("block permission.delegation permission.wrong-chain");
    expect(told(await authorise(31_337, "0x0000000000000000000000000000000000000000"))).toBe("allow");
  });

  it("behavior: a wallet's own delegate warns where its code stands, and blocks where nothing does", async () => {
    const wallet = "0x63c0c19a282a1B52b07dD5a65b58948A07DAE32B";
    expect(told(await authorise(31_337, wallet))).toBe("block permission.delegation");
    await putCode(await zoo.reader(), wallet, "0x00");
    expect(told(await authorise(31_337, wallet))).toBe("warn permission.delegation");
    expect(told(await authorise(31_337, at.router))).toBe("block permission.delegation");
  });

  it("behavior: beside calls, both are judged", async () => {
    const both = { authorizations: [{ chainId: 0, address: TAKER }], calls: [send(FRIEND, 5n)] };
    expect((await checkOn(deps, { account: zoo.deployer, ...both })).verdict).toBe("block");
  });
});

// Last: it moves the chain's clock, and swaps carry deadlines.
describe("strangers", () => {
  it("behavior: code that can be exchanged warns, and code that is younger than three days", async () => {
    const { client } = await zoo.reader();
    const days = (count: number) => request(client, "anvil_mine", ["0x3", `0x${(count * 43_200).toString(16)}`]);
    const expected = "permission.proxy-spender permission.unknown-spender";
    await days(4);
    const proxy = await zoo.deploy("ZooProxy", [await zoo.deploy("PlainLogic")]);
    expect(told(await look(approve(proxy, 5n)))).toBe(`warn ${expected} permission.young-spender`);
    await days(4);
    expect(told(await look(approve(proxy, 5n)))).toBe(`warn ${expected}`);
  });
});
