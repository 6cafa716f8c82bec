import { type Address, encodeAbiParameters, keccak256, maxUint256 } from "viem";
import { LIQUIDITY_PROVIDER } from "../accounts.ts";
import type { DevnetDeployment, DevnetMorphoMarket } from "../types.ts";
import { token, units } from "./amounts.ts";
import { abiOf, artifact } from "./artifact.ts";
import type { Builder } from "./builder.ts";
import type { TokenStep } from "./buildTokens.ts";
import { MORPHO_MARKETS } from "./params.ts";

const MARKET_PARAMS = [
  { type: "address" },
  { type: "address" },
  { type: "address" },
  { type: "address" },
  { type: "uint256" },
] as const;

/** Step 4: Morpho Blue with Morpho's own adaptive-curve rate model, feed oracles and seeded markets. */
export async function buildMorpho(builder: Builder, step: TokenStep): Promise<DevnetDeployment["morpho"]> {
  const address = builder.deploy(artifact("Morpho"), [builder.deployer]);
  const irm = builder.deploy(artifact("AdaptiveCurveIrm"), [address]);
  const abi = abiOf("Morpho");
  builder.send({ to: address, abi, fn: "enableIrm", args: [irm] });
  for (const lltv of new Set(MORPHO_MARKETS.map((market) => market.lltv))) {
    builder.send({ to: address, abi, fn: "enableLltv", args: [lltv] });
  }
  const markets = MORPHO_MARKETS.map((params) => createMarket(builder, step, { address, irm }, params));
  await builder.flush();

  const erc20 = abiOf("DevToken");
  for (const asset of Object.values(step.tokens)) {
    const args = [address, maxUint256];
    builder.send({ from: LIQUIDITY_PROVIDER, to: asset.address, abi: erc20, fn: "approve", args });
  }
  MORPHO_MARKETS.forEach((params, index) => {
    const market = markets[index];
    if (market !== undefined) seed(builder, step, address, market, params);
  });
  await builder.flush();
  return { address, irm, markets };
}

type MarketParams = (typeof MORPHO_MARKETS)[number];

function createMarket(
  builder: Builder,
  { tokens, priceFeeds }: TokenStep,
  morpho: { readonly address: Address; readonly irm: Address },
  params: MarketParams,
): DevnetMorphoMarket {
  const [loan, collateral] = [token(tokens, params.loan), token(tokens, params.collateral)];
  const feeds = [priceFeeds[collateral.symbol], priceFeeds[loan.symbol]];
  const oracle = builder.deploy(artifact("FeedPairOracle"), [...feeds, collateral.decimals, loan.decimals]);
  const tuple = {
    loanToken: loan.address,
    collateralToken: collateral.address,
    oracle,
    irm: morpho.irm,
    lltv: params.lltv,
  };
  builder.send({ to: morpho.address, abi: abiOf("Morpho"), fn: "createMarket", args: [tuple] });
  // MarketParamsLib.id: keccak256 of the five words
  const words = encodeAbiParameters(MARKET_PARAMS, [loan.address, collateral.address, oracle, morpho.irm, params.lltv]);
  return { id: keccak256(words), ...tuple, lltv: params.lltv.toString() };
}

function seed(
  builder: Builder,
  { tokens }: TokenStep,
  morpho: Address,
  market: DevnetMorphoMarket,
  params: MarketParams,
): void {
  const from = LIQUIDITY_PROVIDER;
  const [loan, collateral] = [token(tokens, params.loan), token(tokens, params.collateral)];
  const { id: _id, ...fields } = market;
  const tuple = { ...fields, lltv: params.lltv };
  const call = (fn: string, ...args: unknown[]) =>
    builder.send({ from, to: morpho, abi: abiOf("Morpho"), fn, args: [tuple, ...args] });
  call("supply", units(loan, params.supplied), 0n, from, "0x");
  call("supplyCollateral", units(collateral, params.posted), from, "0x");
  call("borrow", units(loan, params.borrowed), 0n, from, from);
}
