import type { Finding } from "../src/domain/verdict.ts";
import { sameAddress } from "./lib/assets.ts";
import type { Policy } from "./policy.ts";

const id = "known-calls";

/** Every call is decoded from its calldata, and its target is a contract we know. Plain native transfers have no such target. */
export const knownCalls: Policy<true> = {
  id,
  reads: "plan",
  rule: () => true,
  check({ plan, decoded, known }) {
    const block = (code: string, subject: string, evidence: string): Finding => ({
      code: `${id}.${code}`,
      severity: "block",
      subject,
      evidence,
      source: id,
    });
    if (plan.calls.length === 0) return [block("empty", plan.id, "the plan has no calls")];
    if (decoded.length !== plan.calls.length)
      return [block("mismatch", plan.id, `${plan.calls.length} calls, ${decoded.length} decoded`)];
    return plan.calls.flatMap((call, index) => {
      const entry = decoded[index];
      if (!entry?.effect || entry.callIndex !== index)
        return [block("undecoded", call.label, `nobody can say what call ${index} to ${call.to} does`)];
      const paysPerson = entry.effect.type === "transfer" && call.data === "0x";
      if (paysPerson || known.some((contract) => sameAddress(contract.address, call.to))) return [];
      return [block("unknown-target", call.label, `call ${index} goes to ${call.to}, which is no known contract`)];
    });
  },
};
