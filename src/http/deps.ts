import type { CheckRequest } from "../check/request.ts";
import type { ApprovalsAudit, CheckResult } from "../domain/check.ts";
import type { Token } from "../domain/token.ts";
import type { TokenScan } from "../domain/tokenRisk.ts";
import type { IntentService } from "../intents/service.ts";
import type { Portfolio } from "../reads/readPortfolio.ts";
import type { Yields } from "../reads/readYields.ts";
import type { IdempotencyStore } from "../storage/idempotency.ts";
import type { UsageStore } from "../storage/usage.ts";

export type Readiness = { readonly chain: boolean; readonly database: boolean; readonly model: boolean };

/** Everything the HTTP door needs: reads and the one submit port. It cannot sign, send or plan. */
export type HttpDeps = {
  readonly intents: IntentService;
  readonly portfolio: (address: `0x${string}`) => Promise<Portfolio>;
  readonly yields: (asset: string | undefined) => Promise<Yields>;
  readonly tokens: readonly Token[];
  readonly tokenRisk: (address: `0x${string}`) => Promise<TokenScan>;
  readonly check: (request: CheckRequest) => Promise<CheckResult>;
  readonly approvals: (account: `0x${string}`) => Promise<ApprovalsAudit>;
  readonly usage: UsageStore;
  readonly idempotency: IdempotencyStore;
  readonly ready: () => Promise<Readiness>;
  /** Account that requests without one are for; undefined where no signer is configured. */
  readonly defaultAccount: string | undefined;
  readonly chainId: number;
  readonly log: boolean;
};
