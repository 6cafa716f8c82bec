import { IntendantError } from "../domain/error.ts";

/** What a protocol or the routing refuses, in its own words. Anything else (a silent node, a bug) is thrown on. */
export function refusalOf(error: unknown): string {
  if (error instanceof IntendantError && error.retry !== "same") return error.message;
  throw error;
}
