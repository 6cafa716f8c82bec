import { type Address, zeroAddress } from "viem";
import { LIQUIDITY_PROVIDER } from "../accounts.ts";
import type { DevnetDeployment, DevnetToken } from "../types.ts";
import { abiOf, artifact } from "./artifact.ts";
import type { Builder } from "./builder.ts";
import { ETH_PRICE8, STETH_PER_WSTETH_WAD, TOKENS } from "./params.ts";

/** What later steps need: tokens, feeds, and how to turn symbols into addresses. */
export type TokenStep = Pick<DevnetDeployment, "tokens" | "zoo" | "priceFeeds">;

/** What the liquidity provider gets of every mintable token, in whole tokens. */
const LP_TOKENS = 2_000_000_000n;
/** Ether staked and wrapped by the liquidity provider; gives as many stETH shares before the first rebase. */
const LP_STAKED_WEI = 500_000n * 10n ** 18n;
const LP_STETH_KEPT = 1_000n * 10n ** 18n;
const LP_WETH_WEI = 2_000_000n * 10n ** 18n;

/** Step 1: tokens with their quirks, price feeds, and the liquidity provider's stock. */
export async function buildTokens(builder: Builder): Promise<TokenStep> {
  const addresses = deployTokens(builder);
  const tokens: Record<string, DevnetToken> = {};
  for (const { symbol, name, decimals, stable } of TOKENS) {
    const address = addresses[symbol];
    if (address !== undefined) tokens[symbol] = { address, decimals, symbol, name, stable };
  }
  const priceFeeds = deployFeeds(builder, addresses);
  stock(builder, tokens);
  const zoo = deployZoo(builder);
  await builder.flush();
  return { tokens, zoo, priceFeeds };
}

function deployTokens(builder: Builder): Record<string, Address> {
  const addresses: Record<string, Address> = {};
  for (const { symbol, name, decimals } of TOKENS) {
    if (symbol === "WETH") addresses[symbol] = builder.deploy(artifact("WETH9"));
    else if (symbol === "USDT") addresses[symbol] = builder.deploy(artifact("TetherToken"));
    else if (symbol === "stETH") addresses[symbol] = builder.deploy(artifact("StETH"));
    else if (symbol === "wstETH") addresses[symbol] = builder.deploy(artifact("WstETH"), [addresses.stETH]);
    else addresses[symbol] = builder.deploy(artifact("DevToken"), [name, symbol, decimals]);
  }
  return addresses;
}

function deployFeeds(builder: Builder, tokens: Readonly<Record<string, Address>>): Record<string, Address> {
  const eth = builder.deploy(artifact("DevFeed"), ["ETH / USD", ETH_PRICE8]);
  const feeds: Record<string, Address> = { ETH: eth, WETH: eth };
  for (const { symbol, price8 } of TOKENS) {
    if (symbol === "WETH") continue;
    if (symbol === "stETH" || symbol === "wstETH") {
      const rate = symbol === "wstETH" ? tokens[symbol] : zeroAddress;
      feeds[symbol] = builder.deploy(artifact("StakedEthFeed"), [`${symbol} / USD`, eth, rate]);
    } else {
      feeds[symbol] = builder.deploy(artifact("DevFeed"), [`${symbol} / USD`, price8]);
    }
  }
  return feeds;
}

function stock(builder: Builder, tokens: Readonly<Record<string, DevnetToken>>): void {
  const from = LIQUIDITY_PROVIDER;
  const mint = abiOf("DevToken");
  for (const { symbol, address, decimals } of Object.values(tokens)) {
    if (symbol === "WETH" || symbol === "stETH" || symbol === "wstETH") continue;
    builder.send({ to: address, abi: mint, fn: "mint", args: [from, LP_TOKENS * 10n ** BigInt(decimals)] });
  }
  const [weth, stETH, wstETH] = [tokens.WETH, tokens.stETH, tokens.wstETH];
  if (weth === undefined || stETH === undefined || wstETH === undefined) return;
  builder.send({ from, to: weth.address, abi: abiOf("WETH9"), fn: "deposit", value: LP_WETH_WEI });
  const staking = { to: stETH.address, abi: abiOf("StETH") };
  const pooled = (LP_STAKED_WEI * STETH_PER_WSTETH_WAD) / 10n ** 18n;
  builder.send({ from, ...staking, fn: "submit", args: [zeroAddress], value: LP_STAKED_WEI });
  builder.send({ from, ...staking, fn: "approve", args: [wstETH.address, pooled] });
  builder.send({ ...staking, fn: "rebase", args: [pooled] });
}

/** Wraps the staked ether; a block of its own, because the rebase (another sender) must come first. */
export async function wrapStakedEth(builder: Builder, { tokens }: TokenStep): Promise<void> {
  const wstETH = tokens.wstETH;
  if (wstETH === undefined) return;
  const amount = (LP_STAKED_WEI * STETH_PER_WSTETH_WAD) / 10n ** 18n - LP_STETH_KEPT;
  const abi = abiOf("WstETH");
  builder.send({ from: LIQUIDITY_PROVIDER, to: wstETH.address, abi, fn: "wrap", args: [amount] });
  await builder.flush();
}

function deployZoo(builder: Builder): Record<string, DevnetToken> {
  const fake = { symbol: "USDC", name: "USD Coin", decimals: 6, stable: false };
  const toll = { symbol: "TOLL", name: "Toll Token", decimals: 18, stable: false };
  return {
    impersonatorUSDC: { ...fake, address: builder.deploy(artifact("DevToken"), [fake.name, fake.symbol, 6]) },
    feeOnTransfer: { ...toll, address: builder.deploy(artifact("FeeOnTransferToken")) },
  };
}
