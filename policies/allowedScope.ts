import type { Effect } from "../src/domain/effect.ts";
import type { Evidence } from "../src/domain/evidence.ts";
import type { Finding } from "../src/domain/verdict.ts";
import { listedToken, protocolOf, sameAddress } from "./lib/assets.ts";
import { sameProtocol } from "./lib/sameProtocol.ts";
import type { Mandate } from "./mandate.ts";
import type { Policy } from "./policy.ts";

const id = "allowed-scope";
type Rule = Pick<Mandate, "chains" | "protocols" | "tokens" | "trustedTokens">;

/** Chain, protocols and received tokens are among those the owner allows, by mandate and by this intent's own limits. */
export const allowedScope: Policy<Rule> = {
  id,
  reads: "plan",
  rule: (mandate) => mandate,
  check(evidence, rule) {
    const object = (code: string, subject: string, text: string): Finding => ({
      code: `${id}.${code}`,
      severity: "block",
      subject,
      evidence: text,
      source: id,
    });
    const { chainId } = evidence.plan;
    const effects = evidence.decoded.flatMap(({ effect }) => effect ?? []);
    const protocols = [...new Set(effects.flatMap((effect) => protocolOf(effect) ?? []))];
    const unwanted = effects.filter((effect) => !tokenAllowed(evidence, rule, effect));
    const refused = [...new Set(unwanted.flatMap((effect) => receivedBy(effect) ?? []))];
    return [
      ...(rule.chains.includes(chainId)
        ? []
        : [object("chain", String(chainId), `chain ${chainId} is not in the mandate`)]),
      ...protocols
        .filter((protocol) => !protocolAllowed(evidence, rule, protocol))
        .map((protocol) => object("protocol", protocol, `${protocol} is not allowed by the mandate or the intent`)),
      ...refused.map((token) => object("token", token, `${token} may not be received under this mandate`)),
    ];
  },
};

function protocolAllowed({ plan }: Evidence, rule: Rule, protocol: string): boolean {
  const limits = plan.intent.constraints?.protocols;
  if (rule.protocols !== "*" && !rule.protocols.includes(protocol)) return false;
  if (limits?.deny?.some((name) => sameProtocol(name, protocol))) return false;
  return limits?.allow === undefined || limits.allow.some((name) => sameProtocol(name, protocol));
}

function tokenAllowed(evidence: Evidence, rule: Rule, effect: Effect): boolean {
  const address = receivedBy(effect);
  if (address === undefined) return true;
  const listed = listedToken(evidence, address);
  const { chainId } = evidence.plan;
  if (rule.trustedTokens.some((one) => one.chainId === chainId && sameAddress(one.address, address))) return true;
  if (rule.tokens === "listed") return listed !== undefined;
  // What a swap brings and no list names is judged by its scan (token-risk).
  if (rule.tokens === "scanned") return listed !== undefined || effect.type === "swap";
  return rule.tokens.some((entry) => sameAddress(entry, address) || (listed !== undefined && entry === listed.symbol));
}

function receivedBy(effect: Effect): string | undefined {
  if (effect.type === "swap") return effect.buy;
  return effect.type === "borrow" || effect.type === "withdraw" ? effect.asset : undefined;
}
