import { type Address, encodeFunctionData, size, slice } from "viem";
import { erc20Abi } from "../chain/abis/erc20.ts";
import { aggregate } from "../chain/aggregate.ts";
import type { Reader } from "../chain/reader.ts";
import type { Token } from "../domain/token.ts";
import { findAsset } from "./findAsset.ts";
import { positionFacts, sayHolding, sumUsd } from "./holdingFacts.ts";
import { matchAsset } from "./matchAsset.ts";
import { pinReads } from "./pinReads.ts";
import { readPortfolio } from "./readPortfolio.ts";
import { sayUnits } from "./sayUnits.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { ReadDeps } from "./types.ts";

type Wish = { readonly owner: Address; readonly asset?: string | undefined };

/** What the wallet holds of one asset, or of everything listed; what is supplied elsewhere is named beside it. */
export async function describeBalance(deps: ReadDeps, { owner, asset }: Wish): Promise<Answer> {
  const reader = await deps.reader();
  const source = `token balances of ${owner} on chain ${reader.chainId}`;
  const found = asset === undefined ? undefined : await findAsset(reader, asset);
  if (found?.missing !== undefined) return toAnswer({ says: found.missing, block: reader.block, source });
  const [first] = found?.tokens ?? [];
  if (first !== undefined && reader.tokens.byAddress(first.address) === undefined)
    return toAnswer({ ...(await unlisted(reader, owner, first)), block: reader.block, source });
  const portfolio = await readPortfolio(pinReads(deps, reader), owner);
  const wanted = found === undefined ? () => true : matchAsset(reader.tokens, found.tokens);
  const held = portfolio.balances.filter(wanted);
  const elsewhere = portfolio.positions.flatMap((open) => positionFacts({ ...open, borrowed: [] }, wanted));
  const none = `The wallet holds no ${asset?.replace("any:", "") ?? "listed token"}.`;
  const some = `The wallet holds ${held.map(sayHolding).join(", ")}.`;
  const many = `The wallet holds ${held.length} tokens worth ${sumUsd(held)}.`;
  return toAnswer({
    says: held.length === 0 ? none : held.length <= 3 ? some : many,
    facts: [...held.map((entry) => `wallet: ${sayHolding(entry)}`), ...elsewhere],
    block: reader.block,
    source,
  });
}

/** A token that only its address names may answer anything, or nothing. */
async function unlisted(reader: Reader, owner: Address, token: Token): Promise<{ says: string; facts: string[] }> {
  const callData = encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [owner] });
  const [data] = await aggregate(reader, [{ target: token.address, callData }], { callsPerRequest: 1 });
  if (data === undefined || size(data) < 32)
    return { says: `The contract at ${token.address} does not say what the wallet holds of it.`, facts: [] };
  const amount = sayUnits(BigInt(slice(data, 0, 32)), token);
  const fact = `wallet: ${amount} at ${token.address}`;
  return { says: `The wallet holds ${amount}. The token is on no list: its name proves nothing.`, facts: [fact] };
}
