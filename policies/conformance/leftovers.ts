import type { Evidence } from "../../src/domain/evidence.ts";
import type { Finding } from "../../src/domain/verdict.ts";
import { assetKey, sameAddress } from "../lib/assets.ts";
import type { Flow } from "./flows.ts";
import { block, object } from "./object.ts";

/** No allowance is left that the plan gave, in simulation. An older one that the plan did not touch is only mentioned. */
export function judgeAllowances({ simulation, decoded }: Evidence): readonly Finding[] {
  return (simulation?.allowances ?? []).flatMap(({ token, spender, before, after }) => {
    if (after === 0n) return [];
    const text = `${spender} may spend ${after} of ${token.symbol} afterwards (before: ${before})`;
    const given = decoded.some(
      ({ effect }) =>
        effect?.type === "approve" &&
        effect.amount > 0n &&
        sameAddress(effect.token, token.address) &&
        sameAddress(effect.spender, spender),
    );
    if (after > before || given) return [block("allowance-left", token.symbol, text)];
    return [object("info", "allowance-older", token.symbol, text)];
  });
}

/** The plan keeps its own promises: no more leaves and no less arrives than it says per action. */
export function judgeExpectations(evidence: Evidence, flows: readonly Flow[]): readonly Finding[] {
  return evidence.plan.expectations.flatMap(({ actionIndex, pays, gets }) => {
    const flow = flows[actionIndex];
    const subject = `action ${actionIndex + 1}`;
    const moved = (address: string) => flow?.get(assetKey(evidence, address)) ?? 0n;
    return [
      ...pays
        .filter(({ token, max }) => -moved(token.address) > max)
        .map(({ token, max }) =>
          block("over-promise", subject, `${-moved(token.address)} of ${token.symbol} leaves, promised at most ${max}`),
        ),
      ...gets
        .filter(({ token, min }) => !wrapsItself(evidence, pays, token.address) && moved(token.address) < min)
        .map(({ token, min }) =>
          block(
            "under-promise",
            subject,
            `${moved(token.address)} of ${token.symbol} arrives, promised at least ${min}`,
          ),
        ),
    ];
  });
}

/** Wrapping pays and gets one asset: its net change is nothing. */
function wrapsItself(
  evidence: Evidence,
  pays: readonly { readonly token: { readonly address: string } }[],
  address: string,
): boolean {
  return pays.some(({ token }) => assetKey(evidence, token.address) === assetKey(evidence, address));
}

/** Tokens whose events do not match their balances need a person's eye. */
export function judgeOddities({ simulation }: Evidence): readonly Finding[] {
  return (simulation?.oddities ?? []).map((text) => object("warn", "odd-token", "token", text));
}
