import { type Address, getAddress } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { IntentRecord } from "../domain/record.ts";
import { showText } from "../domain/showText.ts";
import { isNative, type Token } from "../domain/token.ts";
import { formatAmount } from "../preview/format.ts";
import { findAsset } from "./findAsset.ts";
import { matchAsset } from "./matchAsset.ts";
import { recentTransfers } from "./recentTransfers.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { QuestionDeps } from "./types.ts";
import { unknownProtocol } from "./unknownProtocol.ts";

/** Most intents and most transfers named in one answer. */
const SHOWN = 8;
/** Records are read in pages of this size, and so many pages at most. */
const PAGE = 100;
const PAGES = 5;

type Wish = {
  readonly owner: Address;
  readonly asset?: string | undefined;
  readonly protocol?: string | undefined;
};

/** What was done for the owner here, from our own receipts, and which listed tokens moved on chain besides. */
export async function describeHistory(deps: QuestionDeps, wish: Wish): Promise<Answer> {
  const reader = await deps.reader();
  const source = `receipts kept here, Transfer events of ${wish.owner} on chain ${reader.chainId}`;
  const found = wish.asset === undefined ? undefined : await findAsset(reader, wish.asset);
  const why = unknownProtocol(deps, wish.protocol) ?? found?.missing;
  if (why !== undefined) return toAnswer({ says: why, block: reader.block, source });
  const tokens: readonly Token[] | undefined =
    found !== undefined && found.missing === undefined ? found.tokens : undefined;
  const done = await executed(deps, { owner: wish.owner, chainId: reader.chainId });
  const wanted = tokens === undefined ? undefined : matchAsset(reader.tokens, tokens);
  const matching = done
    .filter(({ receipts }) => wanted === undefined || receipts.some(({ changes }) => changes.some(wanted)))
    .filter((record) => wish.protocol === undefined || isOn(record, wish.protocol));
  const moved =
    wish.protocol === undefined
      ? await recentTransfers(reader, {
          owner: wish.owner,
          tokens: tokens?.map((token) => (isNative(token) ? reader.tokens.wrappedNative : token)) ?? reader.tokens.all,
          except: new Set(done.flatMap(({ receipts }) => receipts.map(({ txHash }) => txHash))),
          most: SHOWN,
        })
      : undefined;
  const here =
    matching.length === 0
      ? `Nothing ${done.length === 0 ? "" : "of that "}was done through Intendant yet`
      : `${count(matching.length)} done through Intendant`;
  const besides =
    moved?.count === undefined ? "" : `; besides that ${moved.count} movements of listed tokens in recent blocks`;
  return toAnswer({
    says: `${here}${besides}.`,
    facts: [...matching.slice(0, SHOWN).map((record) => sayRecord(record, reader)), ...(moved?.facts ?? [])],
    block: reader.block,
    source,
  });
}

/** Those of the account's latest records that were mined, newest first. */
async function executed(
  { records }: QuestionDeps,
  { owner, chainId }: { readonly owner: Address; readonly chainId: number },
): Promise<readonly IntentRecord[]> {
  const found: IntentRecord[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const next = await records.list({ account: owner, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...next.records);
    cursor = next.cursor;
    if (cursor === undefined) break;
  }
  return found.filter((record) => record.chainId === chainId && record.receipts.length > 0);
}

function isOn({ preview }: IntentRecord, protocol: string): boolean {
  return preview?.calls.some(({ decoded }) => decoded?.protocol === protocol) === true;
}

/** A token on no list chose its own symbol. */
function sayRecord({ updatedAt, state, preview, receipts }: IntentRecord, { tokens }: Reader): string {
  const at = updatedAt.slice(0, 16).replace("T", " ");
  const what = preview?.summary ?? receipts.map(({ label }) => label).join(", then ");
  const changes = receipts.flatMap((receipt) =>
    receipt.changes.map(({ asset, delta, decimals, symbol }) => {
      const amount = BigInt(delta);
      const name = tokens.byAddress(getAddress(asset)) === undefined ? showText(symbol) : symbol;
      return `${amount > 0n ? "+" : ""}${formatAmount(amount, decimals)} ${name}`;
    }),
  );
  const last = receipts.at(-1);
  const where = last === undefined ? "" : ` (block ${last.block}, ${last.txHash})`;
  return `${at} UTC ${state.replaceAll("_", " ")}: ${what}${changes.length === 0 ? "" : ` [${changes.join(", ")}]`}${where}`;
}

const count = (intents: number): string => (intents === 1 ? "1 intent was" : `${intents} intents were`);
