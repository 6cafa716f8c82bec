import fc from "fast-check";
import { type Address, concat, encodeFunctionData, getAddress, type Hex, pad } from "viem";
import { describe, expect, test } from "vitest";
import type { ChainAddresses } from "../chain/addresses.ts";
import type { Quote, ResolvedAction } from "../domain/quote.ts";
import type { Token } from "../domain/token.ts";
import { aavePoolAbi } from "./aave-v3/abi.ts";
import { createAaveV3 } from "./aave-v3/index.ts";
import { createErc4626 } from "./erc4626/index.ts";
import { createMorpho } from "./morpho/index.ts";
import { marketId, toTerms } from "./morpho/marketParams.ts";
import type { Protocol } from "./protocol.ts";
import { ProtocolAbsentError, QuoteMismatchError } from "./shared/lendingErrors.ts";

const at = (byte: string): Address => getAddress(`0x${byte.repeat(20)}`);
const token = (address: Address, symbol: string): Token => ({
  chainId: 31337,
  address,
  symbol,
  name: symbol,
  decimals: 18,
  stable: false,
});
const LOAN = token(at("a1"), "LOAN");
const COLLATERAL = token(at("a2"), "COLL");
const OWNER = at("0f");
const params = {
  loanToken: LOAN.address,
  collateralToken: COLLATERAL.address,
  oracle: at("b1"),
  irm: at("b2"),
  lltv: 860_000_000_000_000_000n,
};
const MARKET = marketId(params);
const aave = { pool: at("c1"), addressesProvider: at("c2"), dataProvider: at("c3"), oracle: at("c4") };
const addresses: ChainAddresses = {
  chainId: 31337,
  multicall3: at("d1"),
  wrappedNative: at("d2"),
  aaveV3: aave,
  spark: { ...aave, pool: at("e1") },
  morpho: { address: at("f1"), markets: [MARKET] },
  erc4626: [{ vault: at("f2"), asset: LOAN.address, label: "Savings" }],
};
const protocols: readonly { readonly protocol: Protocol; readonly to: Address; readonly id: string }[] = [
  { protocol: createAaveV3(addresses, "aave-v3"), to: at("c1"), id: LOAN.address },
  { protocol: createAaveV3(addresses, "spark"), to: at("e1"), id: LOAN.address },
  { protocol: createMorpho(addresses), to: at("f1"), id: MARKET },
  { protocol: createErc4626(addresses), to: at("f2"), id: at("f2") },
];

function quoteOf(protocol: Protocol, action: ResolvedAction, shares?: bigint): Quote {
  const amount = "amount" in action && action.amount !== "all" ? action.amount : 1n;
  const moved = action.type === "swap" ? [] : [{ token: action.asset, amount }];
  return {
    protocol: protocol.id,
    action,
    block: 1n,
    pays: moved,
    gets: moved,
    approvals: [],
    gas: 0n,
    terms: toTerms(params),
    ...(shares === undefined ? undefined : { shares }),
  };
}

const amounts = fc.bigInt(1n, 2n ** 255n);
const owners = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => getAddress(`0x${Buffer.from(bytes).toString("hex")}`));
const bytes = fc.uint8Array({ maxLength: 400 }).map((data): Hex => `0x${Buffer.from(data).toString("hex")}`);

describe.each(protocols)("$protocol.id", ({ protocol, to, id }) => {
  const verbs = protocol.actions.filter((type) => type !== "swap" && type !== "set-collateral");
  const action = (type: (typeof verbs)[number], amount: bigint) =>
    ({ type, marketId: id, asset: LOAN, amount }) as ResolvedAction;

  test("default: every verb, amount and owner comes back from its calldata", () => {
    fc.assert(
      fc.property(fc.constantFrom(...verbs), amounts, owners, (type, amount, owner) => {
        const [call] = protocol.calls(quoteOf(protocol, action(type, amount)), owner, 0n);
        const effect = call && protocol.decode(call);
        expect(effect).toMatchObject({ type, protocol: protocol.id, asset: LOAN.address, amount });
        expect(JSON.stringify(effect, (_, value) => (typeof value === "bigint" ? value.toString() : value))).toContain(
          owner,
        );
        expect(call?.to).toBe(to);
        expect(call?.value).toBe(0n);
      }),
    );
  });

  test("behavior: random bytes have no meaning and never throw", () => {
    fc.assert(
      fc.property(bytes, fc.boolean(), (data, own) => {
        expect(protocol.decode({ to: own ? to : at("99"), data, value: 0n })).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  test("behavior: a known selector with random arguments never throws", () => {
    const [call] = protocol.calls(quoteOf(protocol, action("supply", 5n)), OWNER, 0n);
    const selector = call?.data.slice(0, 10) as Hex;
    fc.assert(
      fc.property(bytes, (rest) => {
        expect(() => protocol.decode({ to, data: concat([selector, rest]), value: 0n })).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  test("behavior: trailing bytes, dirty words, native value and other targets are refused", () => {
    for (const type of verbs) {
      const [call] = protocol.calls(quoteOf(protocol, action(type, 5n)), OWNER, 0n);
      const good = call ?? { to, data: "0x" as Hex, value: 0n };
      expect(protocol.decode(good)).toBeDefined();
      expect(protocol.decode({ ...good, data: `${good.data}00` })).toBeUndefined();
      expect(protocol.decode({ ...good, value: 1n })).toBeUndefined();
      expect(protocol.decode({ ...good, to: at("77") })).toBeUndefined();
      const owner = OWNER.slice(2).toLowerCase();
      const dirty = good.data.toLowerCase().replace(`${"0".repeat(24)}${owner}`, `${"0".repeat(23)}1${owner}`) as Hex;
      expect(dirty).not.toBe(good.data);
      expect(protocol.decode({ ...good, data: dirty })).toBeUndefined();
    }
  });

  test("behavior: absent on the chain, it decodes nothing and knows no address", () => {
    const { aaveV3: _aave, spark: _spark, morpho: _morpho, erc4626: _vaults, ...bare } = addresses;
    const absent = [
      createAaveV3(bare, "aave-v3"),
      createAaveV3(bare, "spark"),
      createMorpho(bare),
      createErc4626(bare),
    ].find((candidate) => candidate.id === protocol.id);
    const [call] = protocol.calls(quoteOf(protocol, action("supply", 5n)), OWNER, 0n);
    expect(absent?.decode(call ?? { to, data: "0x", value: 0n })).toBeUndefined();
    expect(absent?.known(bare)).toEqual([]);
  });

  test("behavior: known lists the target and spender", () => {
    const roles = protocol
      .known(addresses)
      .filter(({ address }) => address === to)
      .map(({ role }) => role);
    expect(roles).toEqual(expect.arrayContaining(["target", "spender"]));
  });
});

describe("what must not be read as ours", () => {
  const aaveProtocol = createAaveV3(addresses, "aave-v3");

  test("behavior: stable-rate loans and referral codes", () => {
    const stable = encodeFunctionData({
      abi: aavePoolAbi,
      functionName: "borrow",
      args: [LOAN.address, 5n, 1n, 0, OWNER],
    });
    const referred = encodeFunctionData({
      abi: aavePoolAbi,
      functionName: "supply",
      args: [LOAN.address, 5n, OWNER, 7],
    });
    expect(aaveProtocol.decode({ to: aave.pool, data: stable, value: 0n })).toBeUndefined();
    expect(aaveProtocol.decode({ to: aave.pool, data: referred, value: 0n })).toBeUndefined();
  });

  test("behavior: another's account is shown as such", () => {
    const data = encodeFunctionData({ abi: aavePoolAbi, functionName: "withdraw", args: [LOAN.address, 5n, at("66")] });
    expect(aaveProtocol.decode({ to: aave.pool, data, value: 0n })).toMatchObject({ recipient: at("66") });
  });

  test("behavior: a Morpho market outside the address book", () => {
    const elsewhere = createMorpho({ ...addresses, morpho: { address: at("f1"), markets: [pad("0x01")] } });
    const action: ResolvedAction = { type: "supply", marketId: MARKET, asset: LOAN, amount: 5n };
    const [call] = createMorpho(addresses).calls(quoteOf(elsewhere, action), OWNER, 0n);
    expect(elsewhere.decode(call ?? { to: at("f1"), data: "0x", value: 0n })).toBeUndefined();
  });

  test("behavior: Morpho's shares and collateral are told apart from amounts", () => {
    const morpho = createMorpho(addresses);
    const all: ResolvedAction = { type: "withdraw", marketId: MARKET, asset: LOAN, amount: "all" };
    const [whole] = morpho.calls(quoteOf(morpho, all, 123n), OWNER, 0n);
    expect(whole && morpho.decode(whole)).toMatchObject({ amount: 0n, shares: 123n, owner: OWNER, recipient: OWNER });
    expect(whole).not.toHaveProperty("amountAt");
    const put: ResolvedAction = { type: "supply", marketId: MARKET, asset: COLLATERAL, amount: 9n };
    const [collateral] = morpho.calls(quoteOf(morpho, put), OWNER, 0n);
    expect(collateral && morpho.decode(collateral)).toMatchObject({ asset: COLLATERAL.address, asCollateral: true });
  });

  test("error: QuoteMismatchError without shares for everything, or with foreign terms", () => {
    const morpho = createMorpho(addresses);
    const all: ResolvedAction = { type: "withdraw", marketId: MARKET, asset: LOAN, amount: "all" };
    expect(() => morpho.calls(quoteOf(morpho, all), OWNER, 0n)).toThrow(QuoteMismatchError);
    const quote = { ...quoteOf(morpho, all, 1n), terms: toTerms({ ...params, oracle: at("55") }) };
    expect(() => morpho.calls(quote, OWNER, 0n)).toThrow(QuoteMismatchError);
  });

  test("error: ProtocolAbsentError", () => {
    const { morpho: _morpho, ...bare } = addresses;
    const action: ResolvedAction = { type: "supply", marketId: MARKET, asset: LOAN, amount: 5n };
    const absent = createMorpho(bare);
    expect(() => absent.calls(quoteOf(absent, action), OWNER, 0n)).toThrow(ProtocolAbsentError);
  });
});
