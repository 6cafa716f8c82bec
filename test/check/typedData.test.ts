import type { Address } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRequestSchema } from "../../src/check/request.ts";
import type { CheckDeps } from "../../src/check/types.ts";
import { openZoo, type Zoo } from "../risk/zoo.ts";
import { checkOn, data, depsOn, putCode, told } from "./checkOn.ts";

let zoo: Zoo;
let deps: CheckDeps;
let at: Record<"weth" | "usdc" | "router" | "permit2", Address>;
const FRIEND: Address = "0x00000000000000000000000000000000000a11ce";
const SAFE: Address = "0x00000000000000000000000000000000005afe01";
const MAX = ((1n << 256n) - 1n).toString();

beforeAll(async () => {
  zoo = await openZoo();
  deps = await depsOn(zoo);
  const reader = await zoo.reader();
  const { wrappedNative: weth, uniswapV2, permit2 } = reader.addresses;
  at = {
    weth,
    usdc: reader.tokens.bySymbol("USDC")?.address ?? expect.fail("no USDC"),
    router: uniswapV2?.router ?? expect.fail("no router"),
    permit2: permit2 ?? expect.fail("no Permit2"),
  };
  await putCode(reader, SAFE, "0x00");
});
afterAll(() => zoo?.stop());

type Field = readonly [name: string, type: string];
const fields = (...list: readonly Field[]) => list.map(([name, type]) => ({ name, type }));
const PERMIT = fields(
  ["owner", "address"],
  ["spender", "address"],
  ["value", "uint256"],
  ["nonce", "uint256"],
  ["deadline", "uint256"],
);
const DAI_PERMIT = fields(
  ["holder", "address"],
  ["spender", "address"],
  ["nonce", "uint256"],
  ["expiry", "uint256"],
  ["allowed", "bool"],
);

type Typed = {
  readonly types: object;
  readonly primaryType: string;
  readonly domain: object;
  readonly message: object;
};
const look = async (typedData: Typed) => told(await checkOn(deps, { account: zoo.deployer, typedData }));
const domain = (verifyingContract: Address, chainId: number | undefined = 31_337) => ({
  name: "T",
  version: "1",
  chainId,
  verifyingContract,
});
const permit = (spender: Address, value: string, on = domain(at.usdc)): Typed => ({
  types: { Permit: PERMIT },
  primaryType: "Permit",
  domain: on,
  message: { owner: zoo.deployer, spender, value, nonce: 0, deadline: 9_999_999_999 },
});

describe("permits", () => {
  it("default: some for a known protocol is allowed, all of it warns, a bare account is blocked", async () => {
    expect(await look(permit(at.router, "5"))).toBe("allow");
    expect(await look(permit(at.router, MAX))).toBe("warn permission.unlimited");
    expect(await look(permit(FRIEND, "5"))).toBe("block permission.spender-is-account");
  });

  it("behavior: another chain, no chain, no contract", async () => {
    expect(await look(permit(at.router, "5", domain(at.usdc, 1)))).toBe("block permission.wrong-chain");
    const { chainId: _, ...nowhere } = domain(at.usdc);
    expect(await look({ ...permit(at.router, "5"), domain: nowhere })).toBe("warn permission.any-chain");
    expect(await look(permit(at.router, "5", domain(FRIEND)))).toBe("block permission.wrong-contract");
  });

  it("behavior: what a page shows beside the signed fields is not read", async () => {
    const shown = permit(at.router, "0").message;
    const signed = { holder: zoo.deployer, spender: FRIEND, nonce: 0, expiry: 0, allowed: true };
    const both = { ...permit(at.router, "0"), types: { Permit: DAI_PERMIT }, message: { ...shown, ...signed } };
    expect(await look(both)).toBe("block permission.spender-is-account permission.unlimited");
    const unbound = { ...permit(at.router, "5"), types: { Permit: PERMIT, EIP712Domain: fields(["name", "string"]) } };
    expect(await look(unbound)).toBe("block permission.any-chain permission.unread");
  });

  it("behavior: Permit2 for a bare account, and a transfer that needs no more than the signature", async () => {
    const details = { token: at.usdc, amount: "5", expiration: "0", nonce: 0 };
    const types = {
      PermitSingle: fields(["details", "PermitDetails"], ["spender", "address"], ["sigDeadline", "uint256"]),
      PermitDetails: fields(["token", "address"], ["amount", "uint160"], ["expiration", "uint48"], ["nonce", "uint48"]),
    };
    const message = { details, spender: FRIEND, sigDeadline: 1 };
    expect(await look({ types, primaryType: "PermitSingle", domain: domain(at.permit2), message })).toBe(
      "block permission.spender-is-account",
    );
    const released = {
      types: {
        PermitTransferFrom: fields(
          ["permitted", "TokenPermissions"],
          ["spender", "address"],
          ["nonce", "uint256"],
          ["deadline", "uint256"],
        ),
        TokenPermissions: fields(["token", "address"], ["amount", "uint256"]),
      },
      primaryType: "PermitTransferFrom",
      domain: domain(at.permit2),
      message: { permitted: { token: at.usdc, amount: "5" }, spender: at.router, nonce: 0, deadline: 1 },
    };
    expect(await look(released)).toBe("warn permission.release");
  });
});

describe("orders and calls inside signatures", () => {
  const ORDER = fields(
    ["sellToken", "address"],
    ["buyToken", "address"],
    ["receiver", "address"],
    ["sellAmount", "uint256"],
    ["buyAmount", "uint256"],
    ["validTo", "uint32"],
    ["feeAmount", "uint256"],
  );
  const order = (buyAmount: string, receiver: Address = zoo.deployer): Typed => ({
    types: { Order: ORDER },
    primaryType: "Order",
    domain: domain(at.router),
    // 3000 US dollars at the local chain's oracle.
    message: {
      sellToken: at.weth,
      buyToken: at.usdc,
      receiver,
      sellAmount: (10n ** 18n).toString(),
      buyAmount,
      validTo: 4_000_000_000,
      feeAmount: 0,
    },
  });

  it("default: an order at the oracle's price is allowed; for nothing, or for others, it is blocked", async () => {
    expect(await look(order("2990000000"))).toBe("allow");
    expect(await look(order("1"))).toBe("block permission.order-for-nothing");
    expect(await look(order("2990000000", FRIEND))).toBe("block permission.order-pays-others");
  });

  it("behavior: a Safe's transaction is checked as the call it is, in the Safe's name", async () => {
    const types = {
      SafeTx: fields(
        ["to", "address"],
        ["value", "uint256"],
        ["data", "bytes"],
        ["operation", "uint8"],
        ["safeTxGas", "uint256"],
        ["baseGas", "uint256"],
        ["gasPrice", "uint256"],
        ["gasToken", "address"],
        ["refundReceiver", "address"],
        ["nonce", "uint256"],
      ),
    };
    const tx = (inner: `0x${string}`, operation = 0): Typed => {
      const rest = { safeTxGas: 0, baseGas: 0, gasPrice: 0, gasToken: FRIEND, refundReceiver: FRIEND, nonce: 0 };
      return {
        types,
        primaryType: "SafeTx",
        domain: domain(SAFE),
        message: { to: at.usdc, value: 0, data: inner, operation, ...rest },
      };
    };
    const send = (to: Address) => data("transfer(address,uint256)", to, 0n);
    expect(await look(tx(send(FRIEND)))).toBe("allow");
    expect(await look(tx(send("0x000000000000000000000000000000000000dead")))).toBe("block check.burn-address");
    expect(await look(tx(data("approve(address,uint256)", FRIEND, 5n)))).toBe("block permission.spender-is-account");
    expect(await look(tx("0x12345678"))).toBe("unknown (call) (simulation)");
    expect(await look(tx(send(FRIEND), 1))).toBe("block permission.control");
  });
});

describe("what is not of the standard", () => {
  it("behavior: an unknown kind, values that do not fit", async () => {
    const mail = {
      types: { Mail: fields(["text", "string"]) },
      primaryType: "Mail",
      domain: domain(at.usdc),
      message: { text: "hello" },
    };
    expect(await look(mail)).toBe("block permission.unread");
    expect(await look({ ...permit(at.router, "5"), message: { owner: "nobody" } })).toBe("block check.not-eip712");
    expect(await look({ ...permit(at.router, "5"), primaryType: "Other" })).toBe("block check.not-eip712");
  });

  it("error: bodies that are too deep, too many, of the wrong form, of two kinds", () => {
    const bad = (body: object) => checkRequestSchema.safeParse({ account: zoo.deployer, ...body }).success;
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    const typed = permit(at.router, "5");
    expect(bad({ typedData: { ...typed, message: { deep } } })).toBe(false);
    expect(bad({ typedData: { ...typed, message: { many: Array.from({ length: 9_000 }, () => 1) } } })).toBe(false);
    expect(bad({})).toBe(false);
    expect(bad({ typedData: typed, calls: [{ to: FRIEND }] })).toBe(false);
    expect(bad({ calls: [] })).toBe(false);
    expect(bad({ calls: Array.from({ length: 33 }, () => ({ to: FRIEND })) })).toBe(false);
    for (const one of [
      { to: "0x12" },
      { to: FRIEND, data: "0x123" },
      { to: FRIEND, value: "-1" },
      { to: FRIEND, value: 1.5 },
      { to: FRIEND, extra: 1 },
      { to: FRIEND, data: `0x${"00".repeat(131_073)}` },
    ])
      expect(bad({ calls: [one] })).toBe(false);
    expect(bad({ calls: [{ to: FRIEND, value: "0x10" }] })).toBe(true);
  });

  it("error: ChainNotServedError", async () => {
    const request = checkOn(deps, { account: zoo.deployer, chainId: 1, calls: [{ to: FRIEND, value: "1" }] });
    await expect(request).rejects.toMatchObject({ code: "chain_not_served" });
  });
});
