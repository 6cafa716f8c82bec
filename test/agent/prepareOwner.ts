import { type Abi, type Address, parseAbi, parseUnits } from "viem";
import { actAs, type DevnetDeployment, tokenOf } from "../../src/devnet/index.ts";
import type { ChainClient } from "./holdings.ts";

const erc20 = parseAbi(["function approve(address spender, uint256 amount)"]);
const pool = parseAbi([
  "function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)",
  "function borrow(address asset, uint256 amount, uint256 rateMode, uint16 referralCode, address onBehalfOf)",
]);
const morpho = parseAbi([
  "struct MarketParams { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }",
  "function supply(MarketParams market, uint256 assets, uint256 shares, address onBehalf, bytes data)",
]);
const vault = parseAbi(["function deposit(uint256 assets, address receiver)"]);

const VARIABLE_RATE = 2n;

/**
 * Gives the owner something to withdraw and to repay, by plain calls to the contracts: Aave 2 WETH and 3000 USDC with
 * 1500 DAI borrowed; Spark 1 wstETH and 2500 USDT with 400 USDC borrowed; Morpho 1200 USDC; savings vault 1800 DAI.
 * Left in the wallet: 100 ETH less gas, 3 WETH, 16200 USDC, 17500 USDT, 19700 DAI, 1 WBTC, 2 stETH, 4 wstETH, 500 LINK,
 * 300 UNI, 50 AAVE.
 */
export async function prepareOwner(client: ChainClient, deployment: DevnetDeployment, owner: Address): Promise<void> {
  const { aaveV3, spark } = deployment;
  const act = (to: Address, abi: Abi, fn: string, args: readonly unknown[]) =>
    actAs(client, owner, { to, abi, fn, args });
  const some = (whole: string, symbol: string) => {
    const { address, decimals } = tokenOf(deployment, symbol);
    return { address, amount: parseUnits(whole, decimals) };
  };
  const lend = async (to: Address, whole: string, symbol: string) => {
    const { address, amount } = some(whole, symbol);
    await act(address, erc20, "approve", [to, amount]);
    await act(to, pool, "supply", [address, amount, owner, 0]);
  };
  const borrow = async (from: Address, whole: string, symbol: string) => {
    const { address, amount } = some(whole, symbol);
    await act(from, pool, "borrow", [address, amount, VARIABLE_RATE, 0, owner]);
  };

  await lend(aaveV3.pool, "2", "WETH");
  await lend(aaveV3.pool, "3000", "USDC");
  await borrow(aaveV3.pool, "1500", "DAI");
  await lend(spark.pool, "1", "wstETH");
  await lend(spark.pool, "2500", "USDT");
  await borrow(spark.pool, "400", "USDC");

  const usdc = some("1200", "USDC");
  const market = deployment.morpho.markets.find(({ loanToken }) => loanToken === usdc.address);
  await act(usdc.address, erc20, "approve", [deployment.morpho.address, usdc.amount]);
  const params = { ...market, lltv: BigInt(market?.lltv ?? 0) };
  await act(deployment.morpho.address, morpho, "supply", [params, usdc.amount, 0n, owner, "0x"]);

  const dai = some("1800", "DAI");
  const savings = deployment.erc4626.find(({ asset }) => asset === dai.address)?.vault ?? owner;
  await act(dai.address, erc20, "approve", [savings, dai.amount]);
  await act(savings, vault, "deposit", [dai.amount, owner]);
}
