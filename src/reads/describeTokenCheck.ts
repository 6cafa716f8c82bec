import { getAddress, isAddress } from "viem";
import { showText } from "../domain/showText.ts";
import { isNative } from "../domain/token.ts";
import type { TokenScan } from "../domain/tokenRisk.ts";
import { scanFacts } from "./describeTokenSafety.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { ReadDeps } from "./types.ts";

const SAYS: Readonly<Record<TokenScan["verdict"], string>> = {
  allow: "nothing that was tried speaks against it, which is not to say that it keeps its value",
  warn: "it can be traded, and somebody has power over it: read the findings",
  block: "do not buy it",
  unknown: "not everything could be tried, so that nobody here can tell",
};

/** The scanner's verdict on one token, by address or by the symbol of a listed one, with what was found and what was not tried. */
export async function describeTokenCheck(deps: ReadDeps, named: string): Promise<Answer> {
  const reader = await deps.reader();
  const source = `token scanner on chain ${reader.chainId}`;
  const end = (says: string, facts: readonly string[] = []) => toAnswer({ says, facts, block: reader.block, source });
  const address = isAddress(named, { strict: false }) ? getAddress(named) : reader.tokens.bySymbol(named)?.address;
  if (address === undefined)
    return end(`${showText(named, 16)} is on no list of this program: give its contract address.`);
  if (isNative({ address })) return end("The chain's own coin has no contract that could be checked.");
  if (deps.scanToken === undefined) return end("unknown: nothing may be run here.");
  const scan = await deps.scanToken(reader, address);
  return end(`${scan.verdict}: ${SAYS[scan.verdict]}. Token ${address}.`, scanFacts(scan));
}
