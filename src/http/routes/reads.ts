import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { usageSchema } from "../../domain/record.ts";
import { portfolioSchema } from "../../reads/readPortfolio.ts";
import { yieldsSchema } from "../../reads/readYields.ts";
import type { HttpDeps } from "../deps.ts";
import { addressSchema, problems } from "../schemas.ts";

const tokenList = z.object({
  chainId: z.number(),
  tokens: z.array(
    z.object({ symbol: z.string(), name: z.string(), address: z.string(), decimals: z.number(), stable: z.boolean() }),
  ),
});

const usageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  before: z.iso.datetime().optional(),
  intent: z.string().optional(),
});

/** Portfolio, yields, tokens, usage: reads that need no intent. */
export async function readRoutes(fastify: FastifyInstance, { deps }: { deps: HttpDeps }): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/v1/portfolio/:address",
    {
      schema: {
        tags: ["reads"],
        summary: "Balances and positions of an account",
        params: z.object({ address: addressSchema }),
        response: { 200: portfolioSchema, ...problems },
      },
    },
    (request) => deps.portfolio(request.params.address),
  );
  app.get(
    "/v1/yields",
    {
      schema: {
        tags: ["reads"],
        summary: "Every market that pays, best first",
        querystring: z.object({ asset: z.string().max(64).optional() }),
        response: { 200: yieldsSchema, ...problems },
      },
    },
    (request) => deps.yields(request.query.asset),
  );
  const listed = { tags: ["reads"], summary: "Tokens of the registry", response: { 200: tokenList, ...problems } };
  app.get("/v1/tokens", { schema: listed }, async () => ({
    chainId: deps.chainId,
    tokens: deps.tokens.map(({ symbol, name, address, decimals, stable }) => ({
      symbol,
      name,
      address,
      decimals,
      stable,
    })),
  }));
  app.get(
    "/v1/usage",
    {
      schema: {
        tags: ["reads"],
        summary: "One usage record per inference, newest first",
        querystring: usageQuery,
        response: { 200: z.object({ records: z.array(usageSchema) }), ...problems },
      },
    },
    async (request) => {
      const { limit, before, intent } = request.query;
      const records = await deps.usage.list({
        limit,
        ...(before === undefined ? {} : { before }),
        ...(intent === undefined ? {} : { intentId: intent }),
      });
      return { records: [...records] };
    },
  );
}
