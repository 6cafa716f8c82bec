import { type Address, maxUint256 } from "viem";
import { LIQUIDITY_PROVIDER } from "../accounts.ts";
import type { DevnetDeployment } from "../types.ts";
import { sorted, token, unitsForUsd } from "./amounts.ts";
import { abiOf, artifact } from "./artifact.ts";
import type { Builder } from "./builder.ts";
import type { TokenStep } from "./buildTokens.ts";
import { V2_PAIRS } from "./params.ts";

/** Step 2a: Uniswap v2 with its pairs. */
export async function buildUniswapV2(builder: Builder, { tokens }: TokenStep): Promise<DevnetDeployment["uniswapV2"]> {
  const weth = token(tokens, "WETH").address;
  const factory = builder.deploy(artifact("UniswapV2Factory"), [builder.deployer]);
  const router = builder.deploy(artifact("UniswapV2Router02"), [factory, weth]);
  await builder.flush();

  const from = LIQUIDITY_PROVIDER;
  const erc20 = abiOf("DevToken");
  for (const { address } of Object.values(tokens)) {
    builder.send({ from, to: address, abi: erc20, fn: "approve", args: [router, maxUint256] });
  }
  const abi = abiOf("UniswapV2Router02");
  for (const { pair, sideUsd } of V2_PAIRS) {
    const [a, b] = [token(tokens, pair[0]), token(tokens, pair[1])];
    const amounts = [unitsForUsd(a, sideUsd), unitsForUsd(b, sideUsd)];
    const args = [a.address, b.address, ...amounts, 0n, 0n, from, maxUint256];
    builder.send({ from, to: router, abi, fn: "addLiquidity", args });
  }
  await builder.flush();
  const pairs = await Promise.all(
    V2_PAIRS.map(async ({ pair }) => {
      const [token0, token1] = sorted(token(tokens, pair[0]), token(tokens, pair[1]));
      const args = [token0.address, token1.address];
      const get = { to: factory, abi: abiOf("UniswapV2Factory"), fn: "getPair", args };
      return { address: await builder.read<Address>(get), token0: token0.address, token1: token1.address };
    }),
  );
  return { factory, router, weth, pairs };
}
