import { IntendantError } from "../src/domain/error.ts";
import { type Mandate, mandateSchema } from "./mandate.ts";

/**
 * Text of a mandate file → mandate. Never falls back to defaults: a mandate that cannot be read stops everything.
 * Throws MandateInvalidError that lists every field to change.
 */
export function parseMandate(text: string): Mandate {
  const result = mandateSchema.safeParse(readJson(text));
  if (!result.success)
    throw new MandateInvalidError("Correct the mandate: some fields are missing, unknown or out of range.", {
      facts: result.error.issues.map((issue) => `${issue.path.join(".") || "(whole file)"}: ${issue.message}`),
    });
  const mandate = result.data;
  const problems = contradictions(mandate);
  if (problems.length > 0)
    throw new MandateInvalidError("Correct the mandate: some limits contradict each other.", { facts: problems });
  return mandate;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MandateInvalidError("Correct the mandate: it is not valid JSON.", {
      facts: [cause instanceof Error ? cause.message : "unreadable"],
      cause,
    });
  }
}

function contradictions({ priceImpact, valueLoss, sandwich, healthFactor, spend }: Mandate): readonly string[] {
  return [
    ...(valueLoss.warnBps > valueLoss.denyBps ? ["valueLoss: warnBps must not be above denyBps"] : []),
    ...(Number(sandwich.noteUsd) > Number(sandwich.warnUsd) ? ["sandwich: noteUsd must not be above warnUsd"] : []),
    ...(priceImpact.warnBps > priceImpact.denyBps ? ["priceImpact: warnBps must not be above denyBps"] : []),
    ...(Number(healthFactor.warn) < Number(healthFactor.deny) ? ["healthFactor: warn must not be below deny"] : []),
    ...(Number(healthFactor.deny) < 1 ? ["healthFactor: deny must be at least 1"] : []),
    ...(Number(spend.perActionUsd) > Number(spend.perDayUsd)
      ? ["spend: perActionUsd must not be above perDayUsd"]
      : []),
  ];
}

/** The mandate file is corrupt or contradicts itself. */
export class MandateInvalidError extends IntendantError {
  readonly code = "mandate_invalid";
}
