import type { Address, Hex } from "viem";
import type { PlannedCall } from "../../src/domain/call.ts";
import type { Effect } from "../../src/domain/effect.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Intent } from "../../src/domain/intent.ts";
import { type PlanBody, sealPlan } from "../../src/domain/plan.ts";
import type { Quote } from "../../src/domain/quote.ts";
import type { Simulation } from "../../src/domain/simulation.ts";
import { NATIVE_ADDRESS, type Token } from "../../src/domain/token.ts";

/** Addresses and tokens of the guards' table tests. */
export const OWNER: Address = "0x1000000000000000000000000000000000000001";
export const FRIEND: Address = "0x1000000000000000000000000000000000000002";
export const STRANGER: Address = "0x1000000000000000000000000000000000000003";
export const POOL: Address = "0x2000000000000000000000000000000000000001";
export const ROUTER: Address = "0x2000000000000000000000000000000000000002";
export const ORPHAN: Address = "0x2000000000000000000000000000000000000003";

const token = (symbol: string, address: Address, decimals: number, stable: boolean): Token => ({
  chainId: 31337,
  address,
  symbol,
  name: symbol,
  decimals,
  stable,
});
export const ETH = token("ETH", NATIVE_ADDRESS, 18, false);
export const WETH = token("WETH", "0x3000000000000000000000000000000000000001", 18, false);
export const USDC = token("USDC", "0x3000000000000000000000000000000000000002", 6, true);
export const DAI = token("DAI", "0x3000000000000000000000000000000000000003", 18, true);
/** Listed, but no oracle prices it. */
export const ODD = token("ODD", "0x3000000000000000000000000000000000000004", 18, false);

export const NOW = 1_800_000_000n;

/** One call of a test plan: what it decodes to, where it goes, and what the simulation shows the owner's wallet did. */
export type Step = {
  readonly effect?: Effect;
  readonly to: Address;
  readonly data?: Hex;
  readonly actionIndex?: number;
  readonly bindings?: PlannedCall["bindings"];
  readonly changes?: readonly (readonly [Token, bigint])[];
};

type Extra = {
  readonly intent?: Intent;
  readonly quotes?: readonly Quote[];
  readonly body?: Partial<PlanBody>;
  readonly simulation?: Partial<Simulation>;
  readonly evidence?: Partial<Evidence>;
};

const anything: Intent = { actions: [{ type: "supply", asset: "USDC", amount: { unit: "token", value: "1" } }] };

/** Evidence around some steps: prices ETH $3,000, USDC and DAI $1; a sealed plan and a simulation in which all succeed. */
export function testEvidence(steps: readonly Step[], extra: Extra = {}): Evidence {
  const plan = sealPlan({
    chainId: 31337,
    account: OWNER,
    intent: extra.intent ?? anything,
    block: { number: 100n, hash: "0x01", timestamp: NOW - 5n },
    deadlineSeconds: NOW + 600n,
    expiresAtSeconds: NOW + 120n,
    calls: steps.map(toCall),
    quotes: extra.quotes ?? [],
    expectations: [],
    resolutions: [],
    assumptions: [],
    alternatives: [],
    summary: "test plan",
    ...extra.body,
  });
  return {
    plan,
    decoded: steps.map(({ effect }, callIndex) => ({ callIndex, ...(effect && { effect, decodedBy: "test" }) })),
    known: [
      ...[ETH, WETH, USDC, DAI, ODD].map(
        ({ address, symbol }) => ({ address, label: symbol, role: "token", protocol: "erc20" }) as const,
      ),
      ...[POOL, ROUTER].flatMap((address) => [
        { address, label: "contract", role: "target", protocol: "test" } as const,
        { address, label: "contract", role: "spender", protocol: "test" } as const,
      ]),
    ],
    prices: [
      { token: ETH, usdE8: 3_000_00000000n, source: "test", block: 100n },
      { token: USDC, usdE8: 1_00000000n, source: "test", block: 100n },
      { token: DAI, usdE8: 1_00000000n, source: "test", block: 100n },
    ],
    tokens: [ETH, WETH, USDC, DAI, ODD],
    wrappedNative: WETH.address,
    balances: [
      { token: ETH, amount: 10n * 10n ** 18n },
      { token: USDC, amount: 5_000_000_000n },
      { token: DAI, amount: 5_000n * 10n ** 18n },
    ],
    positions: [],
    groundings: [],
    contacts: [],
    recipients: [],
    history: { payments: [], blocks: "blocks 1 to 100", complete: true },
    chainDecimals: [WETH, USDC, DAI, ODD].map(({ address, decimals }) => ({ asset: address, decimals })),
    depths: [],
    spentTodayUsdE8: 0n,
    gasPriceWei: 1n,
    nowSeconds: NOW,
    simulation: {
      planId: plan.id,
      block: 100n,
      backend: "eth_simulateV1",
      ok: true,
      calls: steps.map(({ changes = [], data = "0x" }) => ({
        status: "success",
        gasUsed: 21_000n,
        changes: changes.map(([asset, delta]) => ({ holder: OWNER, token: asset, delta })),
        data,
        value: 0n,
      })),
      balanceChanges: [],
      allowances: [],
      positions: [],
      gasUsed: 21_000n,
      ...extra.simulation,
    },
    ...extra.evidence,
  };
}

function toCall({ to, data = "0x12345678", actionIndex = 0, bindings = [] }: Step, index: number): PlannedCall {
  return { to, data, value: 0n, role: "action", label: `call ${index}`, protocol: "test", actionIndex, bindings };
}

/** Codes of findings, for short assertions. */
export const codesOf = (findings: readonly { readonly code: string }[]): readonly string[] =>
  findings.map((finding) => finding.code);
