import { z } from "zod";

/** The field's own names (GoPlus token security) where it has one, ours where it has none. */
export const riskNames = [
  "cannot_buy",
  "is_honeypot",
  "cannot_sell_all",
  "trading_cooldown",
  "is_anti_whale",
  "buy_tax",
  "sell_tax",
  "transfer_tax",
  "transfer_blocked",
  "holder_cannot_sell",
  "simulation_aware",
  "slippage_modifiable",
  "is_blacklisted",
  "transfer_pausable",
  "owner_change_balance",
  "is_mintable",
  "external_call",
  "is_proxy",
  "inconsistent_events",
  "fake_token",
  "is_airdrop_scam",
  "hostile_metadata",
  "odd_metadata",
] as const;

/** One thing found, with what was seen and, of a power, the calls after which it happens. */
export const riskFindingSchema = z.object({
  name: z.enum(riskNames),
  severity: z.enum(["info", "warn", "danger", "block"]),
  evidence: z.string(),
  counterexample: z.array(z.string()).readonly().optional(),
});

/** What was found of a token at a block, and what could not be looked at: unknown is not safe, and never left out. */
export const tokenScanSchema = z.object({
  token: z.string(),
  chainId: z.number(),
  block: z.string(),
  verdict: z.enum(["allow", "warn", "block", "unknown"]),
  findings: z.array(riskFindingSchema).readonly(),
  unchecked: z.array(z.object({ check: z.string(), why: z.string() })).readonly(),
});

export type RiskName = (typeof riskNames)[number];
export type RiskFinding = z.infer<typeof riskFindingSchema>;
export type TokenScan = z.infer<typeof tokenScanSchema>;
export type RiskVerdict = TokenScan["verdict"];
export type Unchecked = TokenScan["unchecked"][number];
