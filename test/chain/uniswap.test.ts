import { type Address, BaseError, parseUnits } from "viem";
import { expect, test } from "vitest";
import { approveCall } from "../../src/chain/erc20.ts";
import { decodeRevert } from "../../src/chain/revert.ts";
import type { Call } from "../../src/domain/call.ts";
import type { Effect } from "../../src/domain/effect.ts";
import type { Quote } from "../../src/domain/quote.ts";
import { isNative, type Token } from "../../src/domain/token.ts";
import { InvalidLegsError, PoolLiquidityError } from "../../src/protocols/shared/swapErrors.ts";
import type { SwapAction } from "../../src/protocols/shared/swapTerms.ts";
import { withDevnet } from "../setup/devnet.ts";
import type { TestChain } from "../setup/testChain.ts";
import { type ConformanceCase, conformance } from "./conformance.ts";
import { leg, realAmount, type Swap, swapAction } from "./uniswapSwaps.ts";

const chain = withDevnet();

const amount = (side: Quote["pays"]) => side.reduce((sum, entry) => sum + entry.amount, 0n);

function effectOf(quote: Quote, owner: Address, deadlineSeconds: bigint): Effect {
  if (quote.action.type !== "swap") throw new Error("not a swap");
  const { side, sell, buy } = quote.action;
  return {
    type: "swap",
    protocol: quote.protocol,
    side,
    sell: sell.address,
    buy: buy.address,
    sellAmount: side === "sell" ? amount(quote.pays) : (quote.maxPays ?? 0n),
    buyAmount: side === "sell" ? (quote.floor ?? 0n) : amount(quote.gets),
    recipient: owner,
    deadlineSeconds,
  };
}

/** Two legs on v2 are two calls; each is held to its own share, together to the quote. */
const oneCall = (swap: Swap, protocol: string): ConformanceCase => ({
  name: `${swap.side} ${swap.sell}/${swap.buy} over ${swap.legs.map(({ hops }) => hops.join("-")).join(" + ")}`,
  protocol,
  action: (net, reader) => swapAction(net, reader, protocol, swap),
  real: realAmount,
  realIs: swap.side === "sell" ? "gets" : "pays",
  effects: (_net, quote, owner, deadline) => [effectOf(quote, owner, deadline)],
  empty: (net) => [net.addresses.uniswapV3?.swapRouter02 ?? "0x", net.addresses.uniswapV2?.router ?? "0x"],
  after: async (net, quote) => {
    const last = await net.client.getBlock({ includeTransactions: true });
    const mined = await net.client.getTransactionReceipt({ hash: last.transactions[0]?.hash ?? "0x" });
    const off = Number((mined.gasUsed * 100n) / quote.gas);
    console.log(
      `gas ${protocol} ${swap.side} ${swap.sell}/${swap.buy} ${swap.legs.length} leg(s): quoted ${quote.gas}, used ${mined.gasUsed}`,
    );
    expect(off).toBeGreaterThan(85);
    expect(off).toBeLessThan(120);
  },
});

const v3: readonly Swap[] = [
  { side: "sell", sell: "WETH", buy: "USDC", legs: [leg("1.5", "WETH", 500, "USDC")] },
  { side: "sell", sell: "ETH", buy: "USDC", legs: [leg("1.5", "WETH", 500, "USDC"), leg("0.5", "WETH", 3000, "USDC")] },
  {
    side: "sell",
    sell: "USDC",
    buy: "ETH",
    legs: [leg("3000", "USDC", 500, "WETH"), leg("900", "USDC", 3000, "WETH")],
  },
  { side: "sell", sell: "USDT", buy: "DAI", legs: [leg("5000", "USDT", 100, "USDC", 100, "DAI")] },
  {
    side: "sell",
    sell: "WETH",
    buy: "USDC",
    legs: [
      leg("2", "WETH", 500, "USDC"),
      leg("1", "WETH", 500, "USDT", 100, "USDC"),
      leg("0.1", "WETH", 10000, "USDC"),
    ],
  },
  { side: "buy", sell: "USDC", buy: "WETH", legs: [leg("1", "USDC", 500, "WETH")] },
  { side: "buy", sell: "USDC", buy: "ETH", legs: [leg("1", "USDC", 500, "WETH"), leg("0.2", "USDC", 3000, "WETH")] },
  {
    side: "buy",
    sell: "ETH",
    buy: "DAI",
    legs: [leg("4000", "WETH", 500, "USDC", 100, "DAI"), leg("100", "WETH", 3000, "DAI")],
  },
  { side: "buy", sell: "USDT", buy: "LINK", legs: [leg("50", "USDT", 500, "WETH", 3000, "LINK")] },
];

const v2: readonly Swap[] = [
  { side: "sell", sell: "WETH", buy: "USDC", legs: [leg("1.5", "WETH", 3000, "USDC")] },
  { side: "sell", sell: "ETH", buy: "USDC", legs: [leg("1.5", "WETH", 3000, "USDC")] },
  { side: "sell", sell: "USDC", buy: "ETH", legs: [leg("3000", "USDC", 3000, "WETH")] },
  { side: "sell", sell: "LINK", buy: "DAI", legs: [leg("100", "LINK", 3000, "WETH", 3000, "DAI")] },
  { side: "buy", sell: "USDC", buy: "WETH", legs: [leg("1", "USDC", 3000, "WETH")] },
  { side: "buy", sell: "USDT", buy: "ETH", legs: [leg("1", "USDT", 3000, "WETH")] },
  { side: "buy", sell: "ETH", buy: "LINK", legs: [leg("50", "WETH", 3000, "LINK")] },
];

conformance(chain, [
  ...v3.map((swap) => oneCall(swap, "uniswap-v3")),
  ...v2.map((swap) => oneCall(swap, "uniswap-v2")),
]);

async function quoted(protocol: string, swap: Swap) {
  const net = chain();
  const reader = await net.reader();
  const venue = net.protocols.find(({ id }) => id === protocol);
  if (venue === undefined) throw new Error("no venue");
  const action = await swapAction(net, reader, protocol, swap);
  return { net, reader, venue, action, quote: () => venue.quote(reader, action, net.owner.address) };
}

test.each([
  ["uniswap-v3", { side: "buy", sell: "USDC", buy: "WETH", legs: [leg("1000000", "USDC", 500, "WETH")] }],
  ["uniswap-v3", { side: "sell", sell: "WETH", buy: "USDC", legs: [leg("0.000000000000000001", "WETH", 500, "USDC")] }],
  [
    "uniswap-v3",
    { side: "sell", sell: "WETH", buy: "USDC", legs: [leg("900000000000000000000000", "WETH", 10000, "USDC")] },
  ],
  ["uniswap-v2", { side: "buy", sell: "USDC", buy: "WETH", legs: [leg("1000000", "USDC", 3000, "WETH")] }],
] satisfies [string, Swap][])("error: PoolLiquidityError on %s for %o", async (protocol, swap) => {
  const { quote } = await quoted(protocol, swap);
  await expect(quote()).rejects.toBeInstanceOf(PoolLiquidityError);
});

test.each(["uniswap-v3", "uniswap-v2"])(
  "error: InvalidLegsError on %s when legs share a pool or end elsewhere",
  async (id) => {
    const fee = id === "uniswap-v3" ? 500 : 3000;
    const one = leg("1", "WETH", fee, "USDC");
    const { venue, reader, action, net } = await quoted(id, { side: "sell", sell: "WETH", buy: "USDC", legs: [one] });
    const { owner } = net;
    const refused = (changed: SwapAction) =>
      expect(venue.quote(reader, changed, owner.address)).rejects.toBeInstanceOf(InvalidLegsError);
    await refused({ ...action, legs: [...action.legs, ...action.legs] });
    await refused({ ...action, legs: [] });
    await refused({ ...action, buy: net.token("DAI") });
    await refused({ ...action, legs: action.legs.map((part) => ({ ...part, amount: 0n })) });
  },
);

/** The revert of a call that would fail, named. */
async function revertName(net: TestChain, call: Call): Promise<string> {
  try {
    await net.client.call({ ...call, account: net.owner.address });
    return "no revert";
  } catch (error) {
    const data = error instanceof BaseError ? error.walk((inner) => "data" in (inner as object)) : null;
    return decodeRevert((data as { data?: `0x${string}` } | null)?.data).name;
  }
}

test.each([
  ["uniswap-v3", 500, "Too little received", "Transaction too old", "STF"],
  [
    "uniswap-v2",
    3000,
    "UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT",
    "UniswapV2Router: EXPIRED",
    "TransferHelper: TRANSFER_FROM_FAILED",
  ],
] as const)("behavior: %s reverts have names", async (id, fee, floor, expired, unapproved) => {
  const swap: Swap = { side: "sell", sell: "WETH", buy: "USDC", legs: [leg("1", "WETH", fee, "USDC")] };
  const { net, reader, venue, quote } = await quoted(id, swap);
  const good = await quote();
  const until = reader.timestamp + 600n;
  const call = (changed: Quote, deadline: bigint): Call => {
    const [only] = venue.calls(changed, net.owner.address, deadline);
    if (only === undefined) throw new Error("no call");
    return { to: only.to, data: only.data, value: only.value };
  };
  expect(await revertName(net, call(good, until))).toBe(unapproved);
  for (const { token, spender, amount: needed } of good.approvals)
    await net.send(approveCall(token.address, spender, needed));
  expect(await revertName(net, call(good, until))).toBe("no revert");
  const greedy = { ...good, floor: amount(good.gets) + 1n };
  expect(await revertName(net, call(greedy, until))).toBe(floor);
  expect(await revertName(net, call(good, reader.timestamp - 1n))).toBe(expired);
});

test("behavior: a bound amount swaps exactly what it says", async () => {
  const swap: Swap = { side: "sell", sell: "WETH", buy: "ETH", legs: [leg("1", "WETH", 500, "USDC")] };
  const { net, venue, quote } = await quoted("uniswap-v3", { ...swap, buy: "USDC" });
  const terms = await quote();
  const [call] = venue.calls(terms, net.owner.address, terms.block + 10n ** 12n);
  if (typeof call?.amountAt !== "number") throw new Error("not bindable");
  const less = parseUnits("0.998", 18);
  const word = less.toString(16).padStart(64, "0");
  const at = 2 + 2 * call.amountAt;
  const bound: Call = {
    to: call.to,
    value: 0n,
    data: `0x${(call.data.slice(0, at) + word + call.data.slice(at + 64)).slice(2)}`,
  };
  expect(venue.decode(bound)).toMatchObject({ sellAmount: less });
  const weth = net.token("WETH");
  await net.send(approveCall(weth.address, call.to, less));
  const before = await balance(net, weth);
  expect((await net.send(bound)).status).toBe("success");
  expect(before - (await balance(net, weth))).toBe(less);
});

async function balance(net: TestChain, token: Token): Promise<bigint> {
  if (isNative(token)) return net.client.getBalance({ address: net.owner.address });
  return net.client.readContract({
    address: token.address,
    abi: [
      {
        type: "function",
        name: "balanceOf",
        stateMutability: "view",
        inputs: [{ type: "address" }],
        outputs: [{ type: "uint256" }],
      },
    ],
    functionName: "balanceOf",
    args: [net.owner.address],
  });
}
