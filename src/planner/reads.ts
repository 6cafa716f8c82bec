import { type Address, erc20Abi } from "viem";
import type { PriceSource, Reader } from "../chain/reader.ts";
import type { LendMarket } from "../domain/market.ts";
import { isNative, type Token } from "../domain/token.ts";
import type { Protocol } from "../protocols/protocol.ts";
import { PriceMissingError } from "./errors.ts";
import type { OraclePrice, Reads } from "./types.ts";

type ReadsInput = {
  readonly reader: Reader;
  readonly protocols: readonly Protocol[];
  readonly prices: PriceSource;
  readonly account: Address;
};

/** Reads of one plan: all at the reader's block, each asked at most once. */
export function createReads({ reader, protocols, prices, account }: ReadsInput): Reads {
  const lenders = protocols.filter((protocol) => protocol.actions.includes("supply"));
  return {
    balanceOf: remember(
      (token: Token) => token.address.toLowerCase(),
      (token) => readBalance(reader, token, account),
    ),
    allowance: remember(
      (token: Token, spender: Address) => `${token.address}:${spender}`.toLowerCase(),
      (token, spender) =>
        reader.client.readContract({
          address: token.address,
          abi: erc20Abi,
          functionName: "allowance",
          args: [account, spender],
          blockNumber: reader.block,
        }),
    ),
    price: remember(
      (token: Token) => token.address.toLowerCase(),
      (token) => readPrice(reader, prices, token),
    ),
    lendMarkets: remember(
      () => "markets",
      async () => {
        const lists = await Promise.all(lenders.map((protocol) => protocol.markets(reader)));
        return lists.flat().filter((market): market is LendMarket => market.kind === "lend");
      },
    ),
    positions: remember(
      () => "positions",
      async () => (await Promise.all(lenders.map((protocol) => protocol.positions(reader, account)))).flat(),
    ),
  };
}

function readBalance(reader: Reader, token: Token, owner: Address): Promise<bigint> {
  if (isNative(token)) return reader.client.getBalance({ address: owner, blockNumber: reader.block });
  return reader.client.readContract({
    address: token.address,
    abi: erc20Abi,
    functionName: "balanceOf",
    args: [owner],
    blockNumber: reader.block,
  });
}

async function readPrice(reader: Reader, prices: PriceSource, token: Token): Promise<OraclePrice> {
  const found = await prices(reader, [token.address]);
  const price = found.get(token.address);
  if (price !== undefined && price.usdE8 > 0n) return price;
  throw new PriceMissingError(`There is no oracle price for ${token.symbol}: give the amount in ${token.symbol}.`, {
    facts: [`token ${token.address}`, `block ${reader.block}`],
  });
}

function remember<Args extends readonly unknown[], Result>(
  key: (...args: Args) => string,
  ask: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  const answers = new Map<string, Promise<Result>>();
  return (...args) => {
    const known = answers.get(key(...args));
    if (known !== undefined) return known;
    const answer = ask(...args);
    answers.set(key(...args), answer);
    return answer;
  };
}
