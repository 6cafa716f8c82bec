import { readFileSync } from "node:fs";
import { defaultMandate, type Mandate } from "../../policies/mandate.ts";
import { MandateInvalidError, parseMandate } from "../../policies/parseMandate.ts";
import type { Config } from "../config.ts";

/**
 * The owner's mandate file, or the safe defaults when none is named. A file that is named and does not read is an error:
 * a broken limit never turns into a default.
 */
export function composeMandate(config: Config): Mandate {
  if (config.INTENDANT_MANDATE === undefined) return defaultMandate;
  return parseMandate(readText(config.INTENDANT_MANDATE));
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new MandateInvalidError(`The mandate ${path} cannot be read: fix INTENDANT_MANDATE or the file.`, { cause });
  }
}
