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
    { schema: { params: z.object({ address: addressSchema }), response: { 200: portfolioSchema, ...problems } } },
    (request) => deps.portfolio(request.params.address),
  );
  app.get(
    "/v1/yields",
    {
      schema: { querystring: z.object({ asset: z.string().optional() }), response: { 200: yieldsSchema, ...problems } },
    },
    (request) => deps.yields(request.query.asset),
  );
  app.get("/v1/tokens", { schema: { response: { 200: tokenList, ...problems } } }, async () => ({
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
      schema: { querystring: usageQuery, response: { 200: z.object({ records: z.array(usageSchema) }), ...problems } },
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
