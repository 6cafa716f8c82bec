import { type IntentRecord, isPending } from "../domain/record.ts";
import {
  AcknowledgementMissingError,
  IntentStateError,
  PlanHashMismatchError,
  PlanOutdatedError,
  WalletSignsError,
} from "./errors.ts";
import { isOutdated } from "./isOutdated.ts";

type Consent = { readonly planHash: string; readonly acknowledged: readonly string[] };

/**
 * Throws unless this consent may execute this record now.
 *
 * @throws {PlanHashMismatchError} {IntentStateError} {PlanOutdatedError} {WalletSignsError} {AcknowledgementMissingError}
 */
export function assertApprovable(
  record: IntentRecord,
  consent: Consent,
  deps: { readonly now: () => Date; readonly canSign: (account: string) => boolean },
): void {
  if (record.plan !== undefined && consent.planHash !== record.plan.id)
    throw new PlanHashMismatchError(consent.planHash, record.plan.id);
  if (record.plan === undefined || !isPending(record.state)) throw new IntentStateError("approved", record.state);
  if (isOutdated(record, deps.now())) throw new PlanOutdatedError(record.plan.expiresAt);
  // Calls that a wallet holds may be sent by it at any moment: executing them here as well would send them twice.
  const withWallet = record.mode === "wallet" || record.state === "handed_to_wallet";
  if (withWallet || !deps.canSign(record.account)) throw new WalletSignsError();
  assertWarningsRead(record, consent.acknowledged);
}

/**
 * Throws unless every warning of the record's verdict is acknowledged by its code.
 *
 * @throws {AcknowledgementMissingError}
 */
export function assertWarningsRead(record: IntentRecord, acknowledged: readonly string[]): void {
  const warned = (record.verdict?.findings ?? [])
    .filter((finding) => finding.severity === "warn")
    .map((finding) => finding.code);
  const unread = [...new Set(warned)].filter((code) => !acknowledged.includes(code));
  if (unread.length > 0) throw new AcknowledgementMissingError(unread);
}
