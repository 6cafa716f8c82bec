import { type Address, encodeAbiParameters, type Hex, isAddress, keccak256 } from "viem";

/** What defines a Morpho market. `lltv`: liquidation loan-to-value, 1e18 = 100 %. */
export type MarketParams = {
  readonly loanToken: Address;
  readonly collateralToken: Address;
  readonly oracle: Address;
  readonly irm: Address;
  readonly lltv: bigint;
};

const LAYOUT = [
  { type: "address" },
  { type: "address" },
  { type: "address" },
  { type: "address" },
  { type: "uint256" },
] as const;

/** keccak256 of the five encoded parameters (morpho-blue MarketParamsLib.id). */
export function marketId(params: MarketParams): Hex {
  const { loanToken, collateralToken, oracle, irm, lltv } = params;
  return keccak256(encodeAbiParameters(LAYOUT, [loanToken, collateralToken, oracle, irm, lltv]));
}

/** Parameters as plain strings, the form in which a quote carries them. */
export function toTerms(params: MarketParams): Readonly<Record<string, string>> {
  return { ...params, lltv: params.lltv.toString() };
}

/** Inverse of `toTerms`; undefined when a field is missing or malformed. */
export function fromTerms(terms: Readonly<Record<string, string>> | undefined): MarketParams | undefined {
  const { loanToken, collateralToken, oracle, irm, lltv } = terms ?? {};
  if (!isAddressText(loanToken) || !isAddressText(collateralToken)) return undefined;
  if (!isAddressText(oracle) || !isAddressText(irm) || lltv === undefined || !/^\d{1,78}$/.test(lltv)) return undefined;
  return { loanToken, collateralToken, oracle, irm, lltv: BigInt(lltv) };
}

function isAddressText(text: string | undefined): text is Address {
  return text !== undefined && isAddress(text, { strict: false });
}
