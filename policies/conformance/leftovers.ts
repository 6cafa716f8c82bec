import type { Evidence } from "../../src/domain/evidence.ts";
import { NATIVE_ADDRESS } from "../../src/domain/token.ts";
import type { Finding } from "../../src/domain/verdict.ts";
import { assetKey, sameAddress } from "../lib/assets.ts";
import { parseUsd, showUsd, usdOf } from "../lib/money.ts";
import { type Flow, isPositionToken } from "./flows.ts";
import { block, object } from "./object.ts";

/** No allowance is left that the plan gave, in simulation. An older one that the plan did not touch is only mentioned. */
export function judgeAllowances(evidence: Evidence): readonly Finding[] {
  const { simulation, decoded } = evidence;
  const left = (simulation?.allowances ?? []).flatMap(({ token, spender, before, after }) => {
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
  return [...left, ...unseenAllowances(evidence)];
}

/** An allowance that the plan gives and the simulation does not show afterwards is not known to be gone. */
function unseenAllowances({ simulation, decoded }: Evidence): readonly Finding[] {
  return decoded.flatMap(({ effect }) => {
    if (effect?.type !== "approve") return [];
    const seen = simulation?.allowances.some(
      ({ token, spender }) => sameAddress(token.address, effect.token) && sameAddress(spender, effect.spender),
    );
    const text = `the simulation does not show what ${effect.spender} may spend afterwards`;
    return seen ? [] : [block("allowance-unknown", effect.token, text)];
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

/** The owner's gas limit holds for the gas that the simulation used, at the gas price of the plan's block. */
export function judgeGas(evidence: Evidence): readonly Finding[] {
  const said = evidence.plan.intent.constraints?.maxGasUsd;
  if (said === undefined) return [];
  const wei = (evidence.simulation?.gasUsed ?? 0n) * evidence.gasPriceWei;
  const usdE8 = usdOf(evidence, NATIVE_ADDRESS, wei);
  if (usdE8 === undefined || wei <= 0n) return [block("gas-unknown", "gas", `gas cannot be compared with $${said}`)];
  return usdE8 > parseUsd(said) ? [block("gas-cap", "gas", `gas costs ${showUsd(usdE8)}, allowed $${said}`)] : [];
}

/**
 * Tokens whose events do not match their balances need a person's eye. Position tokens of known protocols never match:
 * Aave's aTokens and debt tokens emit the amount net of the interest since the owner's last move (ScaledBalanceTokenBase,
 * `_mintScaled` and `_burnScaled`); their balances are judged like all others.
 */
export function judgeOddities(evidence: Evidence): readonly Finding[] {
  return (evidence.simulation?.oddities ?? [])
    .filter(({ asset }) => !isPositionToken(evidence, asset))
    .map(({ text }) => object("warn", "odd-token", "token", text));
}
