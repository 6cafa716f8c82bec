import { type Effect, MAX_UINT256 } from "../src/domain/effect.ts";
import type { Evidence } from "../src/domain/evidence.ts";
import { canonicalJson } from "../src/domain/json.ts";
import type { Finding } from "../src/domain/verdict.ts";
import { outflowOf, sameAddress } from "./lib/assets.ts";
import type { Policy } from "./policy.ts";

const id = "exact-approvals";
type Approve = Extract<Effect, { type: "approve" }>;

/**
 * An approval is for exactly what the later calls to that spender pull, never unlimited. Where the pull is not known to
 * the unit (a ceiling in shares, a whole debt), the plan must take the rest back with approve(0). What is left
 * on chain afterwards is judged by conformance.
 */
export const exactApprovals: Policy<true> = {
  id,
  reads: "plan",
  rule: () => true,
  check: (evidence) =>
    evidence.decoded.flatMap(({ effect, callIndex }) =>
      effect?.type === "approve" && effect.amount > 0n ? judge(evidence, effect, callIndex) : [],
    ),
};

function judge(evidence: Evidence, approve: Approve, at: number): readonly Finding[] {
  const object = (code: string, text: string): readonly Finding[] => [
    {
      code: `${id}.${code}`,
      severity: "block",
      subject: evidence.plan.calls[at]?.label ?? approve.token,
      evidence: text,
      source: id,
    },
  ];
  if (approve.amount >= MAX_UINT256 / 2n) return object("unlimited", `call ${at} approves without a limit`);
  const { pulls, takenBack } = pullsAfter(evidence, approve, at);
  if (pulls.length === 0) return object("unused", `call ${at} approves ${approve.amount}, and no later call uses it`);
  const vague = pulls.some((pull) => pull.vague);
  const total = pulls.reduce((sum, pull) => sum + (pull.amount === MAX_UINT256 ? 0n : pull.amount), 0n);
  if (vague)
    return takenBack
      ? []
      : object("not-taken-back", `call ${at} approves up to ${approve.amount}; nothing takes the rest back`);
  if (total !== approve.amount)
    return object("inexact", `call ${at} approves ${approve.amount}, later calls pull ${total}`);
  const bound = pulls.length === 1 ? pulls[0]?.index : undefined;
  if (bound !== undefined && boundAs(evidence, at) !== boundAs(evidence, bound))
    return object("bound-apart", `call ${at} and call ${bound} take their amount from different outputs`);
  return [];
}

/** Later calls to the spender that pull the token, up to the next approval of the same pair. */
function pullsAfter({ plan, decoded }: Evidence, approve: Approve, at: number) {
  const pulls: { readonly index: number; readonly amount: bigint; readonly vague: boolean }[] = [];
  for (const { effect, callIndex } of decoded.slice(at + 1)) {
    if (!effect) continue;
    if (
      effect.type === "approve" &&
      sameAddress(effect.token, approve.token) &&
      sameAddress(effect.spender, approve.spender)
    )
      return { pulls, takenBack: effect.amount === 0n };
    const out = outflowOf(effect);
    const target = plan.calls[callIndex]?.to;
    if (!out || !target || !sameAddress(target, approve.spender) || !sameAddress(out.asset, approve.token)) continue;
    const vague = out.amount === MAX_UINT256 || ("shares" in effect && effect.shares !== undefined);
    pulls.push({ index: callIndex, amount: out.amount, vague });
  }
  return { pulls, takenBack: false };
}

/** Where a call's amount is bound to, the place inside its calldata aside; "" when it is not. */
function boundAs({ plan }: Evidence, index: number): string {
  const bindings = plan.calls[index]?.bindings ?? [];
  return bindings.length === 0
    ? ""
    : canonicalJson(bindings.map(({ from, asset }) => ({ from, asset: asset.toLowerCase() })));
}
