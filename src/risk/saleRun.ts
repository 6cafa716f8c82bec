import { type Address, decodeAbiParameters, type Hex, keccak256, toBytes } from "viem";
import type { Reader } from "../chain/reader.ts";
import { runProbe } from "./probe.ts";
import {
  approveCall,
  balanceCall,
  buyCall,
  formulaOut,
  reservesCall,
  reservesIn,
  sellCall,
  supplyCall,
  transferCall,
  wordOf,
} from "./trade.ts";
import type { ProbeBlock, ProbeCall, ProbeResult, Surroundings, TradePair } from "./types.ts";

/** One way of buying a token and getting out of it again. */
export type SaleRun = {
  readonly reader: Reader;
  readonly token: Address;
  readonly pair: TradePair;
  readonly buyer: Address;
  /** Wei of the native coin that the buy spends. */
  readonly spend: bigint;
  /** Parts of what was bought that are sold one after the other, in basis points of it; the last one may be "rest". */
  readonly parts: readonly (bigint | "rest")[];
  /** Tokens that the buy gives, from an earlier run; a sale needs its amount in advance. */
  readonly bought: bigint;
  /** Between the buy and the first sale; default one block. */
  readonly blocksLater?: bigint;
  readonly secondsLater?: bigint;
  /** The bought tokens go to this wallet by a plain transfer, and it sells. */
  readonly through?: Address;
  /** Calls of others between the buy and the sale: what a privileged account does. */
  readonly meanwhile?: readonly ProbeCall[];
  readonly surroundings?: Surroundings;
  /** Accounts whose token balances are read before the first sale. */
  readonly watch?: readonly Address[];
  /** After the sales, this wallet gets a tenth of what was bought by a plain transfer. */
  readonly lastTo?: Address;
  /** Contracts that run other code during this run. */
  readonly replaced?: ReadonlyMap<Address, Hex>;
};

/** What one sale did. Amounts in base units; `expected` by the pair's own formula from what was asked to be sold. */
export type Sale = {
  readonly sent: bigint;
  readonly ok: boolean;
  readonly expected: bigint;
  readonly got: bigint;
  /** Taken from the seller by its balance, and by the token's Transfer events; equal for an honest token. */
  readonly left: bigint;
  readonly logged: bigint;
  /** The seller's balance before it. */
  readonly held: bigint;
};

export type SaleOutcome = {
  readonly bought: bigint | undefined;
  /** What the pair's formula gives for the coins that reached it. */
  readonly expectedBuy: bigint;
  /** Whether the plain transfer arrived, and how much of it; undefined without one. */
  readonly passed?: bigint | undefined;
  /** Which of the calls of others went through. */
  readonly meanwhile: readonly boolean[];
  readonly sales: readonly Sale[];
  /** Total supply before the first sale. */
  readonly supply?: bigint | undefined;
  /** In the order of `watch`. */
  readonly watched: readonly bigint[];
  /** Whether the plain transfer after the sales arrived; undefined without one. */
  readonly lastPassed?: boolean;
};

const NATIVE = 10n ** 18n;
const TRANSFER = keccak256(toBytes("Transfer(address,address,uint256)"));
const BPS = 10_000n;

/** Runs it in one request. @throws {ProbeUnavailableError} */
export async function runSale(run: SaleRun): Promise<SaleOutcome> {
  const { token, pair, buyer, spend, through, meanwhile = [], watch = [], lastTo } = run;
  const seller = through ?? buyer;
  const passing =
    through === undefined ? [] : [transferCall(token, buyer, through, run.bought), balanceCall(token, through)];
  const blocks: readonly ProbeBlock[] = [
    {
      calls: [
        reservesCall(pair.pair, buyer),
        buyCall(pair, buyer, spend),
        balanceCall(token, buyer),
        reservesCall(pair.pair, buyer),
      ],
    },
    ...(passing.length === 0 ? [] : [{ calls: passing }]),
    ...(meanwhile.length === 0 ? [] : [{ calls: meanwhile }]),
    {
      calls: [
        approveCall(token, seller, pair.router),
        supplyCall(token, seller),
        ...watch.map((account) => ({ ...balanceCall(token, account), from: seller })),
      ],
      ...pause(run),
    },
    ...saleBlocks(run, seller),
    ...(lastTo === undefined
      ? []
      : [
          {
            calls: [
              transferCall(token, seller, lastTo, run.bought / 10n),
              { ...balanceCall(token, lastTo), from: seller },
            ],
          },
        ]),
  ];
  const callers = meanwhile.map(({ from }) => [from, 10n * NATIVE] as const);
  const funded = new Map([[buyer, spend + NATIVE], [seller, spend + NATIVE], ...callers]);
  const { reader, surroundings, replaced } = run;
  const results = await runProbe({
    reader,
    blocks,
    funded,
    ...(surroundings === undefined ? {} : { surroundings }),
    ...(replaced === undefined ? {} : { replaced }),
  });
  const [bought = [], ...rest] = results;
  const passed = through === undefined ? undefined : rest.shift();
  const others = meanwhile.length === 0 ? [] : (rest.shift() ?? []);
  const last = lastTo === undefined ? undefined : rest.pop();
  return {
    bought: bought[1]?.ok === true ? wordOf(bought[2]) : undefined,
    expectedBuy: expectedBuy(bought, pair),
    ...(passed === undefined ? {} : { passed: passed[0]?.ok === true ? wordOf(passed[1]) : undefined }),
    meanwhile: others.map(({ ok }) => ok),
    supply: wordOf(rest[0]?.[1]),
    watched: watch.map((_, at) => wordOf(rest[0]?.[2 + at]) ?? 0n),
    ...(last === undefined ? {} : { lastPassed: last[0]?.ok === true && (wordOf(last[1]) ?? 0n) > 0n }),
    sales: rest.slice(1).map((block, at) => toSale(block, run, { seller, amount: amounts(run)[at] ?? 0n })),
  };
}

function pause({ blocksLater, secondsLater }: SaleRun): Pick<ProbeBlock, "blocksLater" | "secondsLater"> {
  return {
    ...(blocksLater === undefined ? {} : { blocksLater }),
    ...(secondsLater === undefined ? {} : { secondsLater }),
  };
}

function amounts({ parts, bought }: SaleRun): readonly bigint[] {
  let left = bought;
  return parts.map((part) => {
    const amount = part === "rest" ? left : (bought * part) / BPS;
    left -= amount;
    return amount;
  });
}

function saleBlocks(run: SaleRun, seller: Address): readonly ProbeBlock[] {
  const { token, pair } = run;
  const base = pair.path.at(-2) ?? token;
  return amounts(run).map((amount) => ({
    calls: [
      reservesCall(pair.pair, seller),
      balanceCall(base, seller),
      balanceCall(token, seller),
      sellCall(pair, seller, amount),
      balanceCall(base, seller),
      balanceCall(token, seller),
    ],
  }));
}

function expectedBuy(results: readonly ProbeResult[], pair: TradePair): bigint {
  const [before, after] = [reservesIn(results[0], pair), reservesIn(results[3], pair)];
  return before === undefined || after === undefined ? 0n : formulaOut(after[0] - before[0], before[0], before[1]);
}

function toSale(
  results: readonly ProbeResult[],
  { token, pair }: SaleRun,
  { seller, amount }: { readonly seller: Address; readonly amount: bigint },
): Sale {
  const [base, tokens] = reservesIn(results[0], pair) ?? [0n, 0n];
  const sold = results[3];
  const gain = (wordOf(results[4]) ?? 0n) - (wordOf(results[1]) ?? 0n);
  return {
    sent: amount,
    ok: sold?.ok === true && gain > 0n,
    expected: formulaOut(amount, tokens, base),
    got: gain,
    held: wordOf(results[2]) ?? 0n,
    left: (wordOf(results[2]) ?? 0n) - (wordOf(results[5]) ?? 0n),
    logged: loggedFrom(sold, token, seller),
  };
}

/** Sum of the token's Transfer events out of an account. */
function loggedFrom(result: ProbeResult | undefined, token: Address, from: Address): bigint {
  const party = from.slice(2).toLowerCase().padStart(64, "0");
  return (result?.logs ?? [])
    .filter(
      ({ address, topics }) =>
        address.toLowerCase() === token.toLowerCase() && topics[0] === TRANSFER && topics[1] === `0x${party}`,
    )
    .reduce(
      (sum, { data }) => sum + (data.length >= 66 ? decodeAbiParameters([{ type: "uint256" }], data)[0] : 0n),
      0n,
    );
}

/** Share of the expected amount that did not come, in basis points; 10000 where nothing came. */
export function shortfallBps(expected: bigint, got: bigint): bigint {
  if (expected <= 0n) return 0n;
  return got >= expected ? 0n : ((expected - got) * BPS) / expected;
}
