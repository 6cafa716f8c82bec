import { type Address, encodeFunctionData, parseAbi } from "viem";
import { describe } from "vitest";
import { approveCall } from "../../src/chain/erc20.ts";
import type { Reader } from "../../src/chain/reader.ts";
import { type Effect, MAX_UINT256 } from "../../src/domain/effect.ts";
import type { Quote, ResolvedAction } from "../../src/domain/quote.ts";
import { withDevnet } from "../setup/devnet.ts";
import type { TestChain } from "../setup/testChain.ts";
import { type ConformanceCase, conformance } from "./conformance.ts";

const chain = withDevnet();

/** Does one action as the owner, with an exact approval; what a case needs to exist beforehand. */
async function act(net: TestChain, protocolId: string, action: ResolvedAction): Promise<void> {
  const protocol = net.protocols.find(({ id }) => id === protocolId);
  if (protocol === undefined) throw new TypeError(`no protocol ${protocolId}`);
  const reader = await net.reader();
  const quote = await protocol.quote(reader, action, net.owner.address);
  const approvals = quote.approvals.map(({ token, spender, amount }) => approveCall(token.address, spender, amount));
  for (const call of [...approvals, ...protocol.calls(quote, net.owner.address, 0n)]) await net.send(call);
}

type Verb = "supply" | "withdraw" | "borrow" | "repay";
type Place = (net: TestChain, symbol: string) => { readonly marketId: string };

const move = (place: Place, type: Verb, symbol: string, amount: bigint | "all") => (net: TestChain) =>
  ({ type, ...place(net, symbol), asset: net.token(symbol), amount }) as ResolvedAction;

/** An hour of interest at 100 % a year: far more than the few seconds between quote and block. */
const interest = (quote: Quote) =>
  2n + [...quote.pays, ...quote.gets].reduce((sum, { amount }) => sum + amount / 8_760n, 0n);

const WETH = 10n ** 18n;
const USDC = 10n ** 6n;

function aaveCases(id: "aave-v3" | "spark"): readonly ConformanceCase[] {
  const site = id === "spark" ? "spark" : "aaveV3";
  const pool = (net: TestChain): Address => net.devnet.deployment[site].pool;
  const place: Place = (net, symbol) => ({ marketId: net.token(symbol).address });
  const abi = parseAbi([
    "function withdraw(address asset, uint256 amount, address to) returns (uint256)",
    "function repay(address asset, uint256 amount, uint256 mode, address onBehalfOf) returns (uint256)",
  ]);
  const ask = async (net: TestChain, reader: Reader, data: `0x${string}`) =>
    BigInt(
      (await net.client.call({ account: net.owner, to: pool(net), data, blockNumber: reader.block })).data ?? "0x0",
    );
  const withdrawn = (symbol: string, amount: bigint) => (net: TestChain, reader: Reader) =>
    ask(
      net,
      reader,
      encodeFunctionData({
        abi,
        functionName: "withdraw",
        args: [net.token(symbol).address, amount, net.owner.address],
      }),
    );
  const on = (net: TestChain, symbol: string) => ({ protocol: id, asset: net.token(symbol).address });
  const lend = move(place, "supply", "WETH", WETH);
  const borrow = move(place, "borrow", "USDC", 500n * USDC);
  const indebted = async (net: TestChain) => {
    await act(net, id, lend(net));
    await act(net, id, borrow(net));
  };
  return [
    {
      name: "supply",
      protocol: id,
      action: move(place, "supply", "USDC", 1_000n * USDC),
      effects: (net, _quote, owner): Effect[] => [
        { type: "supply", ...on(net, "USDC"), amount: 1_000n * USDC, onBehalfOf: owner },
      ],
    },
    {
      name: "withdraw a part",
      protocol: id,
      prepare: (net) => act(net, id, lend(net)),
      action: move(place, "withdraw", "WETH", WETH / 3n),
      real: withdrawn("WETH", WETH / 3n),
      effects: (net, _quote, owner): Effect[] => [
        { type: "withdraw", ...on(net, "WETH"), amount: WETH / 3n, recipient: owner },
      ],
    },
    {
      name: "withdraw everything",
      protocol: id,
      prepare: (net) => act(net, id, lend(net)),
      action: move(place, "withdraw", "WETH", "all"),
      real: withdrawn("WETH", MAX_UINT256),
      effects: (net, _quote, owner): Effect[] => [
        { type: "withdraw", ...on(net, "WETH"), amount: MAX_UINT256, recipient: owner },
      ],
      tolerance: interest,
    },
    {
      name: "borrow",
      protocol: id,
      prepare: (net) => act(net, id, lend(net)),
      action: borrow,
      effects: (net, _quote, owner): Effect[] => [
        { type: "borrow", ...on(net, "USDC"), amount: 500n * USDC, onBehalfOf: owner, recipient: owner },
      ],
    },
    {
      name: "repay everything",
      protocol: id,
      prepare: async (net) => {
        await indebted(net);
        await net.send(approveCall(net.token("USDC").address, pool(net), 1_000n * USDC));
      },
      action: move(place, "repay", "USDC", "all"),
      real: (net, reader) =>
        ask(
          net,
          reader,
          encodeFunctionData({
            abi,
            functionName: "repay",
            args: [net.token("USDC").address, MAX_UINT256, 2n, net.owner.address],
          }),
        ),
      realIs: "pays",
      effects: (net, _quote, owner): Effect[] => [
        { type: "repay", ...on(net, "USDC"), amount: MAX_UINT256, onBehalfOf: owner },
      ],
      tolerance: interest,
    },
    {
      name: "repay a part",
      protocol: id,
      prepare: indebted,
      action: move(place, "repay", "USDC", 100n * USDC),
      effects: (net, _quote, owner): Effect[] => [
        { type: "repay", ...on(net, "USDC"), amount: 100n * USDC, onBehalfOf: owner },
      ],
    },
    {
      name: "set collateral",
      protocol: id,
      prepare: (net) => act(net, id, lend(net)),
      action: (net) => ({ type: "set-collateral", ...place(net, "WETH"), asset: net.token("WETH"), enabled: false }),
      effects: (net): Effect[] => [{ type: "set-collateral", ...on(net, "WETH"), enabled: false }],
    },
  ];
}

function morphoCases(): readonly ConformanceCase[] {
  const id = "morpho";
  const market = (net: TestChain): string => {
    const weth = net.token("WETH").address;
    const usdc = net.token("USDC").address;
    const { markets } = net.devnet.deployment.morpho;
    return markets.find((entry) => entry.collateralToken === weth && entry.loanToken === usdc)?.id ?? "";
  };
  const place: Place = (net) => ({ marketId: market(net) });
  const on = (net: TestChain, symbol: string) => ({
    protocol: id,
    marketId: market(net),
    asset: net.token(symbol).address,
  });
  const lend = move(place, "supply", "USDC", 1_000n * USDC);
  const secure = move(place, "supply", "WETH", WETH);
  const borrow = move(place, "borrow", "USDC", 500n * USDC);
  return [
    {
      name: "supply",
      protocol: id,
      action: lend,
      effects: (net, _quote, owner): Effect[] => [
        { type: "supply", ...on(net, "USDC"), amount: 1_000n * USDC, onBehalfOf: owner },
      ],
    },
    {
      name: "withdraw everything",
      protocol: id,
      prepare: (net) => act(net, id, lend(net)),
      action: move(place, "withdraw", "USDC", "all"),
      effects: (net, { shares = 0n }, owner): Effect[] => [
        { type: "withdraw", ...on(net, "USDC"), amount: 0n, shares, owner, recipient: owner },
      ],
      tolerance: interest,
    },
    {
      name: "supply collateral",
      protocol: id,
      action: secure,
      effects: (net, _quote, owner): Effect[] => [
        { type: "supply", ...on(net, "WETH"), amount: WETH, onBehalfOf: owner, asCollateral: true },
      ],
    },
    {
      name: "withdraw collateral",
      protocol: id,
      prepare: (net) => act(net, id, secure(net)),
      action: move(place, "withdraw", "WETH", "all"),
      effects: (net, _quote, owner): Effect[] => [
        { type: "withdraw", ...on(net, "WETH"), amount: WETH, owner, recipient: owner },
      ],
    },
    {
      name: "borrow",
      protocol: id,
      prepare: (net) => act(net, id, secure(net)),
      action: borrow,
      effects: (net, _quote, owner): Effect[] => [
        { type: "borrow", ...on(net, "USDC"), amount: 500n * USDC, onBehalfOf: owner, recipient: owner },
      ],
    },
    {
      name: "repay everything",
      protocol: id,
      prepare: async (net) => {
        await act(net, id, secure(net));
        await act(net, id, borrow(net));
      },
      action: move(place, "repay", "USDC", "all"),
      effects: (net, { shares = 0n }, owner): Effect[] => [
        { type: "repay", ...on(net, "USDC"), amount: 0n, shares, onBehalfOf: owner },
      ],
      tolerance: interest,
    },
  ];
}

function vaultCases(): readonly ConformanceCase[] {
  const id = "erc4626";
  const vault = (net: TestChain): Address => {
    const dai = net.token("DAI").address;
    return net.devnet.deployment.erc4626.find(({ asset }) => asset === dai)?.vault ?? dai;
  };
  const place: Place = (net) => ({ marketId: vault(net) });
  const on = (net: TestChain) => ({ protocol: id, marketId: vault(net), asset: net.token("DAI").address });
  const deposit = move(place, "supply", "DAI", 1_000n * WETH);
  const abi = parseAbi([
    "function balanceOf(address owner) view returns (uint256)",
    "function redeem(uint256 shares, address receiver, address owner) returns (uint256)",
  ]);
  return [
    {
      name: "deposit",
      protocol: id,
      action: deposit,
      effects: (net, _quote, owner): Effect[] => [
        { type: "supply", ...on(net), amount: 1_000n * WETH, onBehalfOf: owner },
      ],
    },
    {
      name: "withdraw a part",
      protocol: id,
      prepare: (net) => act(net, id, deposit(net)),
      action: move(place, "withdraw", "DAI", 300n * WETH),
      effects: (net, _quote, owner): Effect[] => [
        { type: "withdraw", ...on(net), amount: 300n * WETH, owner, recipient: owner },
      ],
    },
    {
      name: "withdraw everything",
      protocol: id,
      prepare: (net) => act(net, id, deposit(net)),
      action: move(place, "withdraw", "DAI", "all"),
      real: async (net, { block: blockNumber }) => {
        const owner = net.owner.address;
        const address = vault(net);
        const shares = await net.client.readContract({
          address,
          abi,
          functionName: "balanceOf",
          args: [owner],
          blockNumber,
        });
        const data = encodeFunctionData({ abi, functionName: "redeem", args: [shares, owner, owner] });
        return BigInt((await net.client.call({ account: net.owner, to: address, data, blockNumber })).data ?? "0x0");
      },
      effects: (net, { shares = 0n }, owner): Effect[] => [
        { type: "withdraw", ...on(net), amount: 0n, shares, owner, recipient: owner },
      ],
      tolerance: interest,
    },
  ];
}

describe("lending protocols conform", () => {
  conformance(chain, [...aaveCases("aave-v3"), ...aaveCases("spark"), ...morphoCases(), ...vaultCases()]);
});
