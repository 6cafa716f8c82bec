import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Address, type Client, type Hex, numberToHex } from "viem";
import { DEPLOYER, LIQUIDITY_PROVIDER } from "../accounts.ts";
import type { DevnetDeployment } from "../types.ts";
import { AAVE_RESERVES, SPARK_RESERVES } from "./aaveParams.ts";
import { buildAave, deployAaveLibraries } from "./buildAave.ts";
import { buildAccounts } from "./buildAccounts.ts";
import { createBuilder, request } from "./builder.ts";
import { buildMorpho } from "./buildMorpho.ts";
import { buildTokens, wrapStakedEth } from "./buildTokens.ts";
import { buildUniswapV2 } from "./buildUniswapV2.ts";
import { buildUniswapV3 } from "./buildUniswapV3.ts";
import { buildVaults } from "./buildVaults.ts";

/** The same on every public chain. */
const MULTICALL3: Address = "0xcA11bde05977b3631167028862bE2a173976CA11";
/** The same on every public chain. */
const PERMIT2: Address = "0x000000000022D473030F116dDEE9F6B43aC78BA3";
/** Ether of the two accounts that build the chain. */
const BUILDER_WEI = 100_000_000n * 10n ** 18n;

/**
 * Deploys and seeds everything on an empty node that mines on demand (`--no-mining`).
 *
 * @throws DevnetBuildError naming the call that failed.
 */
export async function buildState(client: Client, onProgress: (line: string) => void): Promise<DevnetDeployment> {
  for (const address of [DEPLOYER, LIQUIDITY_PROVIDER]) {
    await request(client, "anvil_impersonateAccount", [address]);
    await request(client, "anvil_setBalance", [address, numberToHex(BUILDER_WEI)]);
  }
  const builder = createBuilder(client, DEPLOYER);
  onProgress("tokens and price feeds");
  await placeSingletons(client);
  const step = await buildTokens(builder);
  await wrapStakedEth(builder, step);
  onProgress("Uniswap v2");
  const uniswapV2 = await buildUniswapV2(builder, step);
  onProgress("Uniswap v3");
  const uniswapV3 = await buildUniswapV3(builder, step, uniswapV2.factory);
  onProgress("Aave v3");
  const libraries = deployAaveLibraries(builder);
  const aave = { marketId: "Aave Devnet", prefix: "a", reserves: AAVE_RESERVES };
  const aaveV3 = await buildAave(builder, step, libraries, aave);
  onProgress("Spark");
  const sparkParams = { marketId: "Spark Devnet", prefix: "sp", reserves: SPARK_RESERVES };
  const spark = await buildAave(builder, step, libraries, sparkParams);
  onProgress("Morpho Blue");
  const morpho = await buildMorpho(builder, step);
  onProgress("savings vaults");
  const erc4626 = await buildVaults(builder, step);
  onProgress("accounts");
  await buildAccounts(builder, step, aaveV3);
  for (const address of [DEPLOYER, LIQUIDITY_PROVIDER]) {
    await request(client, "anvil_stopImpersonatingAccount", [address]);
  }
  const singletons = { chainId: 31337, multicall3: MULTICALL3, permit2: PERMIT2 } as const;
  const people = { deployer: DEPLOYER, liquidityProvider: LIQUIDITY_PROVIDER };
  return { ...singletons, ...step, uniswapV3, uniswapV2, aaveV3, spark, morpho, erc4626, ...people };
}

/** Puts the genuine code at the canonical addresses, which only their authors' keys or salts could deploy to. */
async function placeSingletons(client: Client): Promise<void> {
  const require = createRequire(import.meta.url);
  for (const [address, name] of [
    [MULTICALL3, "multicall3"],
    [PERMIT2, "permit2"],
  ] as const) {
    const text = readFileSync(require.resolve(`../artifacts/${name}.json`), "utf8");
    const { deployedBytecode } = JSON.parse(text) as { readonly deployedBytecode: Hex };
    await request(client, "anvil_setCode", [address, deployedBytecode]);
  }
}
