import { getAddress, isAddress } from "viem";
import type { CliDeps } from "../deps.ts";
import { EXIT, type ExitCode } from "../exitCodes.ts";
import { renderTokenScan } from "../render/tokenScan.ts";
import { withIntendant } from "../withIntendant.ts";
import { AddressInvalidError } from "./reads.ts";

type Options = { readonly json?: boolean };

/** What happens to somebody who buys a token. Exit code 4 where it should not be bought, 3 where that is unknown. */
export async function guardToken(deps: CliDeps, address: string, options: Options): Promise<number> {
  if (!isAddress(address)) throw new AddressInvalidError(address);
  return await withIntendant(deps, { quiet: options.json === true }, async (intendant) => {
    const scan = await intendant.tokenRisk(getAddress(address));
    process.stdout.write(`${options.json === true ? JSON.stringify(scan) : renderTokenScan(scan)}\n`);
    const codes: Readonly<Record<typeof scan.verdict, ExitCode>> = {
      allow: EXIT.ok,
      warn: EXIT.ok,
      unknown: EXIT.needsAnswer,
      block: EXIT.blocked,
    };
    return codes[scan.verdict];
  });
}
