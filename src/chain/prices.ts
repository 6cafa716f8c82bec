import { type Address, getAddress, zeroAddress } from "viem";
import { isNative } from "../domain/token.ts";
import { aaveOracleAbi } from "./abis/aaveOracle.ts";
import type { PriceSource, Reader } from "./reader.ts";

/**
 * Prices from the chain's Aave v3 oracle, then Spark's where Aave's has none; US dollars, 1e8 = $1.
 *
 * The native coin is priced as its wrapped form. A token that no oracle prices is absent from the map
 * (callers decide; guards deny). Keys are the addresses as asked.
 */
export const oraclePrices: PriceSource = async (reader, tokens) => {
  const prices = new Map<Address, { usdE8: bigint; source: string }>();
  const oracles = [
    { name: "Aave v3", address: reader.addresses.aaveV3?.oracle },
    { name: "Spark", address: reader.addresses.spark?.oracle },
  ];
  for (const { name, address } of oracles) {
    // address zero is the oracle's name for the dollar itself, not a token
    const missing = tokens.filter((token) => !prices.has(token) && token !== zeroAddress);
    if (address === undefined || missing.length === 0) continue;
    const found = await readOracle(reader, address, missing);
    missing.forEach((token, index) => {
      const usdE8 = found[index];
      if (usdE8 !== undefined && usdE8 > 0n)
        prices.set(token, { usdE8, source: `oracle ${name} at block ${reader.block}` });
    });
  }
  return prices;
};

/** One oracle's answers; undefined where it has no source or its feed fails. */
async function readOracle(
  reader: Reader,
  oracle: Address,
  tokens: readonly Address[],
): Promise<readonly (bigint | undefined)[]> {
  const contracts = tokens.map(
    (token) =>
      ({
        address: oracle,
        abi: aaveOracleAbi,
        functionName: "getAssetPrice",
        args: [isNative({ address: token }) ? reader.addresses.wrappedNative : getAddress(token)],
      }) as const,
  );
  const answers = await reader.client.multicall({ contracts, blockNumber: reader.block });
  return answers.map((answer) => (answer.status === "success" ? answer.result : undefined));
}
