import { getAddress } from "viem";
import type { DevnetDeployment } from "../devnet/types.ts";
import { NATIVE_ADDRESS, type Token, type TokenRegistry } from "../domain/token.ts";
import type { ChainAddresses } from "./addresses.ts";
import { buildRegistry } from "./buildRegistry.ts";

/** The local chain's deployment in the shape that every adapter reads. Zoo tokens and test-only contracts stay out. */
export function devnetAddresses(deployment: DevnetDeployment): ChainAddresses {
  const aave = ({ pool, addressesProvider, dataProvider, oracle }: DevnetDeployment["aaveV3"]) => ({
    pool: getAddress(pool),
    addressesProvider: getAddress(addressesProvider),
    dataProvider: getAddress(dataProvider),
    oracle: getAddress(oracle),
  });
  return {
    chainId: deployment.chainId,
    multicall3: getAddress(deployment.multicall3),
    permit2: getAddress(deployment.permit2),
    wrappedNative: getAddress(deployment.uniswapV3.weth),
    uniswapV3: {
      factory: getAddress(deployment.uniswapV3.factory),
      swapRouter02: getAddress(deployment.uniswapV3.swapRouter02),
      quoterV2: getAddress(deployment.uniswapV3.quoterV2),
    },
    uniswapV2: {
      factory: getAddress(deployment.uniswapV2.factory),
      router: getAddress(deployment.uniswapV2.router),
    },
    aaveV3: aave(deployment.aaveV3),
    spark: aave(deployment.spark),
    morpho: {
      address: getAddress(deployment.morpho.address),
      markets: deployment.morpho.markets.map((market) => market.id),
    },
    erc4626: deployment.erc4626.map(({ vault, asset, name, symbol }) => ({
      vault: getAddress(vault),
      asset: getAddress(asset),
      label: `${name} (${symbol})`,
    })),
  };
}

/** Token registry of the local chain: ETH, then every token of the deployment except the zoo. */
export function devnetTokens(deployment: DevnetDeployment): TokenRegistry {
  const chainId = deployment.chainId;
  const native: Token = {
    chainId,
    address: NATIVE_ADDRESS,
    symbol: "ETH",
    name: "Ether",
    decimals: 18,
    stable: false,
  };
  const tokens = Object.values(deployment.tokens).map(
    ({ address, symbol, name, decimals, stable }): Token => ({
      chainId,
      address: getAddress(address),
      symbol,
      name,
      decimals,
      stable,
    }),
  );
  const weth = deployment.uniswapV3.weth.toLowerCase();
  const wrappedNative = tokens.find(({ address }) => address.toLowerCase() === weth) ?? {
    chainId,
    address: getAddress(deployment.uniswapV3.weth),
    symbol: "WETH",
    name: "Wrapped Ether",
    decimals: 18,
    stable: false,
  };
  return buildRegistry({ native, wrappedNative, tokens });
}
