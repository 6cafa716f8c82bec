import { z } from "zod";
import { intentSchema } from "./intent.ts";
import { findingSchema, previewSchema } from "./preview.ts";

/** Of a check: may be signed, needs a person's eye, must not be signed, or nobody here can tell. */
export const checkVerdicts = ["allow", "warn", "block", "unknown"] as const;

/** One permission that stands: who may take what, and the call that takes it back. */
export const permissionHeldSchema = z.object({
  kind: z.enum(["allowance", "permit2", "operator"]),
  token: z.string(),
  /** Symbol of a listed token, the address of another one. */
  asset: z.string(),
  spender: z.string(),
  spenderLabel: z.string(),
  /** Base units; absent of an operator, who may take everything. */
  amount: z.string().optional(),
  unlimited: z.boolean(),
  /** RFC 3339; Permit2 only. */
  endsAt: z.string().optional(),
  findings: z.array(findingSchema),
  revoke: z.object({ to: z.string(), data: z.string(), value: z.string() }),
});

/** What the check of a request found. What could not be looked at is `unchecked`, and then the verdict is never "allow". */
export const checkResultSchema = z.object({
  verdict: z.enum(checkVerdicts),
  chainId: z.number(),
  account: z.string(),
  block: z.string(),
  findings: z.array(findingSchema),
  unchecked: z.array(z.object({ check: z.string(), why: z.string() })),
  /** Of calls that could be simulated: what leaves, what comes back, approvals left behind. */
  preview: previewSchema.optional(),
});

/** Every permission of an account that was found at one block, worst first. */
export const approvalsAuditSchema = z.object({
  verdict: z.enum(checkVerdicts),
  chainId: z.number(),
  account: z.string(),
  block: z.string(),
  /** About the account itself: code that it runs. */
  findings: z.array(findingSchema),
  held: z.array(permissionHeldSchema),
  unchecked: z.array(z.object({ check: z.string(), why: z.string() })),
  /** Takes back the allowances that findings speak against, through the graph like any other intent; absent without any. */
  revokeIntent: intentSchema.optional(),
});

export type CheckVerdict = (typeof checkVerdicts)[number];
export type CheckResult = z.infer<typeof checkResultSchema>;
export type PermissionHeld = z.infer<typeof permissionHeldSchema>;
export type ApprovalsAudit = z.infer<typeof approvalsAuditSchema>;
