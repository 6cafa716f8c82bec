import { createScanner, type Scanner } from "../check/scanner.ts";
import { scanToken } from "../risk/scanToken.ts";

/** The one token scanner of a process: what its doors, its questions and its guards share. */
export function composeScanner(): Scanner {
  return createScanner({
    scan: (reader, token, intended) => scanToken({ reader, token, ...(intended === undefined ? {} : { intended }) }),
  });
}
