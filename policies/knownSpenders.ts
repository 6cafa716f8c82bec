import { sameAddress } from "./lib/assets.ts";
import type { Policy } from "./policy.ts";

const id = "known-spenders";

/** Only contracts known as spenders may be approved. Taking an allowance back (amount 0) is always fine. */
export const knownSpenders: Policy<true> = {
  id,
  reads: "plan",
  rule: () => true,
  check: ({ decoded, known }) =>
    decoded.flatMap(({ effect, callIndex }) => {
      if (effect?.type !== "approve" || effect.amount === 0n) return [];
      const spender = known.find((entry) => entry.role === "spender" && sameAddress(entry.address, effect.spender));
      if (spender) return [];
      const evidence = `call ${callIndex} lets ${effect.spender} spend ${effect.amount} of ${effect.token}; it is no known spender`;
      return [{ code: `${id}.unknown`, severity: "block", subject: effect.spender, evidence, source: id }];
    }),
};
