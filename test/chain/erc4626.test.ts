import { type Address, encodeFunctionData, type Hex, parseAbi, toFunctionSelector } from "viem";
import { describe, expect, test } from "vitest";
import { devnetAddresses } from "../../src/chain/devnetAddresses.ts";
import { advanceTime } from "../../src/devnet/index.ts";
import type { ResolvedAction } from "../../src/domain/quote.ts";
import { createErc4626 } from "../../src/protocols/erc4626/index.ts";
import type { Protocol } from "../../src/protocols/protocol.ts";
import {
  ActionNotOfferedError,
  AmountExceedsPositionError,
  AmountNotPositiveError,
  NoPositionError,
  UnknownMarketError,
} from "../../src/protocols/shared/lendingErrors.ts";
import { contractSays, execute, executeQuote, marketOf, useBench } from "./lending.ts";

const bench = useBench();
const protocol = (): Protocol => createErc4626(devnetAddresses(bench.devnet.deployment));
const quote = async (action: ResolvedAction) => protocol().quote(await bench.reader(), action, bench.owner);
const YEAR = 31_536_000;

describe.each(["DAI", "USDC"])("savings vault over %s", (symbol) => {
  const vault = (): Address => {
    const { erc4626, tokens } = bench.devnet.deployment;
    const found = erc4626.find(({ asset }) => asset === tokens[symbol]?.address);
    if (found === undefined) throw new TypeError(`no vault over ${symbol}`);
    return found.vault;
  };
  const unit = () => 10n ** BigInt(bench.token(symbol).decimals);
  const on = () => ({ asset: bench.token(symbol), marketId: vault() }) as const;
  const deposit = (amount: bigint) => ({ type: "supply", ...on(), amount }) as const;
  const withdraw = (amount: bigint | "all") => ({ type: "withdraw", ...on(), amount }) as const;

  test("default: a deposit takes exactly the amount and leaves no allowance", async () => {
    const { deltas, quote: terms } = await execute(bench, protocol(), deposit(1_000n * unit()));
    expect(deltas.get(symbol)).toBe(-1_000n * unit());
    expect(await bench.allowance(bench.token(symbol), vault())).toBe(0n);
    const market = await marketOf(bench, protocol(), vault());
    expect(terms.apyAfterWad).toBe(market.supplyApyWad);
  });

  test("default: the quoted yield is what a year brings", async () => {
    await execute(bench, protocol(), deposit(1_000n * unit()));
    const [before] = await protocol().positions(await bench.reader(), bench.owner);
    const days = 30;
    await advanceTime(bench.client, days * 86_400);
    const [after] = await protocol().positions(await bench.reader(), bench.owner);
    const growth = Number(after?.supplied[0]?.amount) / Number(before?.supplied[0]?.amount);
    const apy = Number(before?.supplied[0]?.apyWad) / 1e18;
    expect(apy).toBeGreaterThan(0.01);
    expect(growth).toBeCloseTo((1 + apy) ** ((days * 86_400) / YEAR), 7);
  });

  test("default: withdrawing everything redeems all shares for what the vault returns at the same block", async () => {
    await execute(bench, protocol(), deposit(1_000n * unit()));
    await advanceTime(bench.client, 86_400);
    const terms = await quote(withdraw("all"));
    expect(await contractSays(bench, protocol(), terms)).toEqual([terms.gets[0]?.amount]);
    const { deltas } = await executeQuote(bench, protocol(), terms);
    expect(deltas.get(symbol)).toBeGreaterThan(1_000n * unit());
    expect(await protocol().positions(await bench.reader(), bench.owner)).toEqual([]);
  });

  test("default: withdrawing a part gives exactly that", async () => {
    await execute(bench, protocol(), deposit(1_000n * unit()));
    expect((await execute(bench, protocol(), withdraw(400n * unit()))).deltas.get(symbol)).toBe(400n * unit());
  });

  test("behavior: decoding gives the action back, vault and owner included", async () => {
    await execute(bench, protocol(), deposit(1_000n * unit()));
    const { owner } = bench;
    const at = { protocol: "erc4626", marketId: vault(), asset: bench.token(symbol).address };
    const meaning = async (action: ResolvedAction) => {
      const terms = await quote(action);
      const [call] = protocol().calls(terms, owner, 0n);
      return [call && protocol().decode(call), terms.shares] as const;
    };
    expect(await meaning(deposit(5n * unit()))).toEqual([
      { type: "supply", ...at, amount: 5n * unit(), onBehalfOf: owner },
      undefined,
    ]);
    expect(await meaning(withdraw(7n))).toEqual([
      { type: "withdraw", ...at, amount: 7n, owner, recipient: owner },
      undefined,
    ]);
    const [effect, shares] = await meaning(withdraw("all"));
    expect(effect).toEqual({ type: "withdraw", ...at, amount: 0n, shares, owner, recipient: owner });
  });

  test("behavior: a call for another owner or receiver is decoded as such", () => {
    const [stranger] = [bench.devnet.deployment.deployer];
    const abi = parseAbi(["function redeem(uint256 shares, address receiver, address owner)"]);
    const data = encodeFunctionData({ abi, functionName: "redeem", args: [5n, stranger, bench.owner] });
    expect(protocol().decode({ to: vault(), data, value: 0n })).toMatchObject({
      recipient: stranger,
      owner: bench.owner,
    });
  });

  test("error: NoPositionError, AmountExceedsPositionError, AmountNotPositiveError, UnknownMarketError, ActionNotOfferedError", async () => {
    await expect(quote(withdraw("all"))).rejects.toBeInstanceOf(NoPositionError);
    await expect(quote(withdraw(1n))).rejects.toBeInstanceOf(NoPositionError);
    await execute(bench, protocol(), deposit(unit()));
    await expect(quote(withdraw(2n * unit()))).rejects.toBeInstanceOf(AmountExceedsPositionError);
    await expect(quote(deposit(0n))).rejects.toBeInstanceOf(AmountNotPositiveError);
    await expect(quote({ ...deposit(1n), asset: bench.token("LINK") })).rejects.toBeInstanceOf(UnknownMarketError);
    await expect(quote({ ...deposit(1n), marketId: bench.owner })).rejects.toBeInstanceOf(UnknownMarketError);
    await expect(quote({ type: "borrow", ...on(), amount: 1n })).rejects.toBeInstanceOf(ActionNotOfferedError);
  });
});

describe("a vault that publishes no rate", () => {
  /** Answers like the DAI vault, except that its rate getters revert: hand-assembled, because no such vault is on the chain. */
  const place = async (): Promise<Address> => {
    const { erc4626, tokens } = bench.devnet.deployment;
    const real = erc4626.find(({ asset }) => asset === tokens.DAI?.address)?.vault ?? bench.owner;
    const hidden = ["ratePerSecondRay()", "ssr()", "pot()", "fundedSeconds()"].map((signature) =>
      toFunctionSelector(signature).slice(2),
    );
    const load = "60003560e01c"; // selector = calldata[0..4]
    const check = (selector: string, target: string) => `8063${selector}1461${target}57`; // equal: jump
    const forward = `36600060003760006000366000 73${real.slice(2)} 5afa503d600060003e3d6000f3`.replaceAll(" ", "");
    const length = load.length + hidden.map((selector) => check(selector, "0000")).join("").length + forward.length;
    const target = (length / 2).toString(16).padStart(4, "0");
    const checks = hidden.map((selector) => check(selector, target)).join("");
    const code: Hex = `0x${load}${checks}${forward}5b60006000fd`; // JUMPDEST, revert
    const address: Address = "0x00000000000000000000000000000000000f0f0f";
    await bench.client.request({ method: "anvil_setCode", params: [address, code] } as never);
    return address;
  };
  const protocolAt = (vault: Address): Protocol => {
    const addresses = devnetAddresses(bench.devnet.deployment);
    return createErc4626({
      ...addresses,
      erc4626: [{ vault, asset: bench.token("DAI").address, label: "Silent vault" }],
    });
  };

  test("behavior: without a readable past its yield is unknown, not invented", async () => {
    const market = await marketOf(bench, protocolAt(await place()), "0x00000000000000000000000000000000000f0f0f");
    expect(market.supplyApyWad).toBe(0n);
    expect(market.notes[0]).toContain("yield unknown");
  });

  test("behavior: with one, the growth of its share price over a day is measured and said to be so", async () => {
    const vault = await place();
    for (let block = 0; block < 60; block += 1) await advanceTime(bench.client, 1_800);
    const [silent, open] = await Promise.all([
      marketOf(bench, protocolAt(vault), vault),
      marketOf(
        bench,
        protocol(),
        bench.devnet.deployment.erc4626.find(({ asset }) => asset === bench.token("DAI").address)?.vault ?? vault,
      ),
    ]);
    expect(silent.notes).toEqual(["yield measured over the last day, not promised"]);
    expect(Number(silent.supplyApyWad) / 1e18).toBeCloseTo(Number(open.supplyApyWad) / 1e18, 5);
    const amount = 10n ** 18n;
    const action = { type: "supply", asset: bench.token("DAI"), marketId: vault, amount } as const;
    expect(await protocolAt(vault).quote(await bench.reader(), action, bench.owner)).not.toHaveProperty("apyAfterWad");
  });
});
