import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { createGate } from "../../check/gate.ts";
import { checkRequestSchema } from "../../check/request.ts";
import { approvalsAuditSchema, checkResultSchema } from "../../domain/check.ts";
import { tokenScanSchema } from "../../domain/tokenRisk.ts";
import type { HttpDeps } from "../deps.ts";
import { addressSchema, problems } from "../schemas.ts";

/** Checks at a time over this door, and how many may wait: each is a simulation, and perhaps scans. */
const BOUND = { running: 4, waiting: 16 };

/** The guards as a service, for tokens, calls, batches and signatures from anywhere. Reads only. */
export async function checkRoutes(fastify: FastifyInstance, { deps }: { deps: HttpDeps }): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const gate = createGate(BOUND);
  app.get(
    "/v1/tokens/:address/risk",
    {
      schema: {
        tags: ["checks"],
        summary: "What happens to somebody who buys a token: sales, taxes, powers; unknown where it cannot be tried",
        params: z.object({ address: addressSchema }),
        response: { 200: tokenScanSchema, ...problems },
      },
    },
    (request) => gate(() => deps.tokenRisk(request.params.address)),
  );
  app.post(
    "/v1/check",
    {
      schema: {
        tags: ["checks"],
        summary: "What calls, an EIP-712 signature or EIP-7702 authorisations would do: allow, warn, block or unknown",
        body: checkRequestSchema,
        response: { 200: checkResultSchema, ...problems },
      },
    },
    (request) => gate(() => deps.check(request.body)),
  );
  app.get(
    "/v1/approvals/:address",
    {
      schema: {
        tags: ["checks"],
        summary:
          "Who may take what from an account: allowances, operators, Permit2; with findings and how to take it back",
        params: z.object({ address: addressSchema }),
        response: { 200: approvalsAuditSchema, ...problems },
      },
    },
    (request) => gate(() => deps.approvals(request.params.address)),
  );
}
