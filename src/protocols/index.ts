import type { ChainAddresses } from "../chain/addresses.ts";
import { createAaveV3 } from "./aave-v3/index.ts";
import { createErc4626 } from "./erc4626/index.ts";
import { createMorpho } from "./morpho/index.ts";
import type { Protocol } from "./protocol.ts";
import { createUniswapV2 } from "./uniswap-v2/index.ts";
import { createUniswapV3 } from "./uniswap-v3/index.ts";

/** Every protocol Intendant knows, on one chain. Explicit: adding a protocol is its folder and one line here. */
export function createProtocols(addresses: ChainAddresses): readonly Protocol[] {
  return [
    createUniswapV3(addresses),
    createUniswapV2(addresses),
    createAaveV3(addresses, "aave-v3"),
    createAaveV3(addresses, "spark"),
    createMorpho(addresses),
    createErc4626(addresses),
  ];
}
