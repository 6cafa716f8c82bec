import type { Resolving } from "./resolveField.ts";
import { DraftInvalidError } from "./resolveField.ts";
import type { Span } from "./spans.ts";

/**
 * Refuses an amount whose unit the owner's words do not bear: a percent without a percent sign or share, dollars
 * without a currency word anywhere in the owner's turns, token units beside "%", "€" or "gwei" (Readings 5 and 13).
 *
 * @throws {DraftInvalidError}
 */
export function guardUnit(unit: string, span: Span, at: Resolving): void {
  if (span.unit === "foreign" || span.unit === "gas")
    throw new DraftInvalidError("amount", `${span.text} is no amount of a token`);
  const said = (wanted: Span["unit"]): boolean =>
    [...at.spans.values()].some((spans) => spans.some((one) => one.owner && one.unit === wanted));
  const borne =
    unit === "token" || unit === "health"
      ? span.unit === undefined || span.kind === "fraction"
      : unit === "usd"
        ? span.unit !== "percent" && said("usd")
        : span.kind === "fraction" || span.unit === "percent" || (span.unit === undefined && said("percent"));
  if (!borne) throw new DraftInvalidError("amount", `"${span.text}" does not read as ${unit}`);
}
