import type { HttpDeps } from "../http/deps.ts";
import { readPortfolio } from "../reads/readPortfolio.ts";
import { readYields } from "../reads/readYields.ts";
import type { Intendant } from "./intendant.ts";

/** Longest wait for one probe of readiness. */
const PROBE_MS = 3_000;

/** What the HTTP door is given of a running Intendant. */
export function httpDeps(intendant: Intendant, options: { readonly log: boolean }): HttpDeps {
  const { intents, reads, chain, storage, account } = intendant;
  return {
    intents,
    portfolio: (address) => readPortfolio(reads, address),
    yields: (asset) => readYields(reads, asset),
    tokens: chain.tokens.all,
    tokenRisk: intendant.tokenRisk,
    check: intendant.check,
    approvals: intendant.approvals,
    usage: storage.usage,
    idempotency: storage.idempotency,
    ready: async () => ({
      chain: await answers(chain.client.getBlockNumber()),
      database: await answers(storage.database.pool.query("select 1")),
      // A local model is loaded before the door opens and stays loaded until it closes; a remote one is asked.
      model: (await intendant.model.ready?.()) ?? intendant.model.info.sha256 !== "",
    }),
    defaultAccount: account,
    chainId: chain.chainId,
    log: options.log,
  };
}

async function answers(probe: Promise<unknown>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), PROBE_MS).unref();
  });
  const answered = probe.then(
    () => true,
    () => false,
  );
  return await Promise.race([answered, late]);
}
