import { type Address, formatGwei } from "viem";
import type { Question } from "../domain/intent.ts";
import type { IntentRecord } from "../domain/record.ts";
import { formatAmount, formatUsdE8 } from "../preview/format.ts";
import { type Portfolio, priceMap, readPortfolio } from "./readPortfolio.ts";
import { readYields } from "./readYields.ts";
import type { ReadDeps } from "./types.ts";

type Answer = NonNullable<IntentRecord["answer"]>;
type Request = { readonly question: Question; readonly owner: Address };

/** Answers a question from chain reads: facts with their block; what is not answered yet is said so. */
export async function answerQuestion(deps: ReadDeps, request: Request): Promise<Answer> {
  switch (request.question.topic) {
    case "balance":
    case "portfolio":
    case "position":
    case "health-factor":
      return fromPortfolio(await readPortfolio(deps, request.owner), request.question);
    case "yield":
      return await aboutYield(deps, request.question);
    case "price":
      return await aboutPrice(deps, request.question);
    case "gas":
      return await aboutGas(deps);
    case "help":
      return {
        text: "Say what you want to do with your funds: swap, send, supply, withdraw, borrow, repay, earn.",
        facts: [],
      };
    default:
      return { text: `Questions about ${request.question.topic} are not answered yet.`, facts: [] };
  }
}

function fromPortfolio(portfolio: Portfolio, question: Question): Answer {
  const wanted = (symbol: string) =>
    question.asset === undefined || symbol.toLowerCase() === question.asset.toLowerCase();
  const inProtocol = (id: string) => question.protocol === undefined || id === question.protocol;
  const amount = (entry: { amount: string; decimals: number; symbol: string; usd: string | null }) =>
    `${formatAmount(BigInt(entry.amount), entry.decimals)} ${entry.symbol}${entry.usd === null ? "" : ` ($${entry.usd})`}`;
  const balances = portfolio.balances
    .filter((entry) => wanted(entry.symbol))
    .map((entry) => `wallet: ${amount(entry)}`);
  const positions = portfolio.positions
    .filter((position) => inProtocol(position.protocol))
    .flatMap((position) => [
      ...position.supplied
        .filter((entry) => wanted(entry.symbol))
        .map((entry) => `${position.protocol}: supplied ${amount(entry)} at ${entry.apy}`),
      ...position.borrowed
        .filter((entry) => wanted(entry.symbol))
        .map((entry) => `${position.protocol}: borrowed ${amount(entry)} at ${entry.apy}`),
      ...(position.healthFactor === null ? [] : [`${position.protocol}: health factor ${position.healthFactor}`]),
    ]);
  const facts = pickFacts(question.topic, balances, positions);
  const text = facts.length === 0 ? "Nothing found for that on this account." : facts.join("\n");
  return {
    text: question.topic === "portfolio" ? `Worth $${portfolio.totalUsd}.\n${text}` : text,
    facts,
    block: portfolio.block,
  };
}

function pickFacts(topic: Question["topic"], balances: string[], positions: string[]): string[] {
  if (topic === "balance") return balances;
  if (topic === "position") return positions;
  if (topic === "health-factor") {
    const factors = positions.filter((line) => line.includes("health factor"));
    return factors.length === 0 ? ["No debt, so there is no health factor."] : factors;
  }
  return [...balances, ...positions];
}

async function aboutYield(deps: ReadDeps, question: Question): Promise<Answer> {
  const yields = await readYields(deps, question.asset);
  const lines = yields.markets
    .filter((market) => question.protocol === undefined || market.protocol === question.protocol)
    .slice(0, 8)
    .map(
      (market) =>
        `${market.label}: ${market.symbol} ${market.supplyApy} supply${market.borrowApy === null ? "" : `, ${market.borrowApy} borrow`}`,
    );
  return {
    text: lines.length === 0 ? "No market found for that." : lines.join("\n"),
    facts: lines,
    block: yields.block,
  };
}

async function aboutPrice(deps: ReadDeps, question: Question): Promise<Answer> {
  const reader = await deps.reader();
  const token = question.asset === undefined ? reader.tokens.native : reader.tokens.bySymbol(question.asset);
  const prices = token === undefined ? new Map<string, bigint>() : await priceMap(deps, reader, [token]);
  const usdE8 = token === undefined ? undefined : prices.get(token.address.toLowerCase());
  if (token === undefined || usdE8 === undefined) {
    return {
      text: `No oracle on this chain prices ${question.asset ?? "that"}.`,
      facts: [],
      block: reader.block.toString(),
    };
  }
  const fact = `1 ${token.symbol} = $${formatUsdE8(usdE8)} (oracle)`;
  return { text: fact, facts: [fact], block: reader.block.toString() };
}

async function aboutGas(deps: ReadDeps): Promise<Answer> {
  const reader = await deps.reader();
  const fact = `${formatGwei(reader.gasPriceWei)} gwei per gas`;
  return { text: fact, facts: [fact], block: reader.block.toString() };
}
