import { getAddress, isAddress } from "viem";
import { IntendantError } from "../../domain/error.ts";
import { readPortfolio } from "../../reads/readPortfolio.ts";
import { readYields } from "../../reads/readYields.ts";
import type { CliDeps } from "../deps.ts";
import { EXIT } from "../exitCodes.ts";
import { renderPortfolio, renderYields } from "../render/portfolio.ts";
import { withIntendant } from "../withIntendant.ts";

type Options = { readonly json?: boolean };

/** Balances and positions of an account at the latest block. */
export async function portfolio(deps: CliDeps, address: string | undefined, options: Options): Promise<number> {
  return await withIntendant(deps, { quiet: options.json === true }, async (intendant) => {
    const wanted = address ?? intendant.account;
    if (wanted === undefined || !isAddress(wanted)) throw new AddressInvalidError(wanted ?? "");
    const found = await readPortfolio(intendant.reads, getAddress(wanted));
    process.stdout.write(`${options.json === true ? JSON.stringify(found) : renderPortfolio(found)}\n`);
    return EXIT.ok;
  });
}

/** Markets that pay, best first. */
export async function yields(deps: CliDeps, asset: string | undefined, options: Options): Promise<number> {
  return await withIntendant(deps, { quiet: options.json === true }, async (intendant) => {
    const found = await readYields(intendant.reads, asset);
    process.stdout.write(`${options.json === true ? JSON.stringify(found) : renderYields(found)}\n`);
    return EXIT.ok;
  });
}

export class AddressInvalidError extends IntendantError {
  readonly code = "address_invalid";
  constructor(text: string) {
    super(`"${text}" is not an address: give 0x and 40 hex digits (a mixed-case one with the right checksum).`);
  }
}
