import { type Address, encodeFunctionData, getAddress, parseAbi, parseAbiItem, size, slice } from "viem";
import { aggregate } from "../chain/aggregate.ts";
import { readBalances } from "../chain/balances.ts";
import { readEvents } from "../chain/readEvents.ts";
import type { Reader } from "../chain/reader.ts";
import type { Permission } from "../domain/permission.ts";
import { isNative } from "../domain/token.ts";
import { permit2Allowance, UNLIMITED_256 } from "../permissions/permissionsOfCall.ts";
import { isEndless, listedFirst, openAllowances, type Pair, uniquePairs } from "../reads/openAllowances.ts";
import type { Looked } from "./types.ts";

type Unchecked = Looked["unchecked"];
export type Given = { readonly permissions: readonly Permission[]; readonly unchecked: Unchecked };

/** Most pairs of each kind that are asked for: anyone can log an approval in somebody's name. */
const MOST_PAIRS = 500;
const APPROVAL = parseAbiItem("event Approval(address indexed owner, address indexed spender, uint256 value)");
const OPERATOR = parseAbiItem("event ApprovalForAll(address indexed owner, address indexed operator, bool approved)");
/** Permit2, AllowanceTransfer.sol. */
const PERMIT2_APPROVAL = parseAbiItem(
  "event Approval(address indexed owner, address indexed token, address indexed spender, uint160 amount, uint48 expiration)",
);
const PERMIT2_PERMIT = parseAbiItem(
  "event Permit(address indexed owner, address indexed token, address indexed spender, uint160 amount, uint48 expiration, uint48 nonce)",
);
const READS = parseAbi([
  "function isApprovedForAll(address owner, address operator) view returns (bool)",
  "function allowance(address user, address token, address spender) view returns (uint160 amount, uint48 expiration, uint48 nonce)",
]);

/**
 * What an account has permitted and what still stands at the reader's block: allowances, operators, allowances inside
 * Permit2. Pairs come from the account's events, and from the known spenders over what it holds.
 */
export async function readGiven(reader: Reader, owner: Address, spenders: readonly Address[]): Promise<Given> {
  const parts = await Promise.all([
    allowances(reader, owner, spenders),
    operators(reader, owner),
    insidePermit2(reader, owner),
  ]);
  return {
    permissions: parts.flatMap(({ permissions }) => permissions),
    unchecked: parts.flatMap(({ unchecked }) => unchecked),
  };
}

async function allowances(reader: Reader, owner: Address, spenders: readonly Address[]): Promise<Given> {
  const listed = reader.tokens.all.filter((token) => !isNative(token));
  const held = (await readBalances(reader, owner, listed)).filter(({ amount }) => amount > 0n);
  const known = held.flatMap(({ token }) => spenders.map((spender) => ({ token: token.address, spender })));
  const { logs, unchecked } = await eventsOf(reader, "allowances", (range) =>
    reader.client.getLogs({ event: APPROVAL, args: { owner }, strict: true, ...range }),
  );
  const seen = pairsOf(
    reader,
    logs.map(({ address, args }) => ({ token: getAddress(address), spender: args.spender })),
  );
  const open = await openAllowances(reader, owner, uniquePairs([...known, ...seen.pairs]));
  return {
    permissions: open.map(({ token, spender, amount }) => ({
      type: "allowance",
      by: "approve",
      token,
      spender,
      amount,
      // Some tokens hold "without a limit" in fewer bits.
      unlimitedFrom: isEndless({ amount }) ? amount : UNLIMITED_256,
    })),
    unchecked: [...unchecked, ...seen.unchecked],
  };
}

async function operators(reader: Reader, owner: Address): Promise<Given> {
  const { logs, unchecked } = await eventsOf(reader, "operators", (range) =>
    reader.client.getLogs({ event: OPERATOR, args: { owner }, strict: true, ...range }),
  );
  const seen = pairsOf(
    reader,
    logs.map(({ address, args }) => ({ token: getAddress(address), spender: args.operator })),
  );
  const calls = seen.pairs.map(({ token, spender }) => ({
    target: token,
    callData: encodeFunctionData({ abi: READS, functionName: "isApprovedForAll", args: [owner, spender] }),
  }));
  const answers = await Promise.all(
    // One request each: a contract that burns all gas keeps the others.
    calls.map(async (call) => (await aggregate(reader, [call], { callsPerRequest: 1 }).catch(() => []))[0]),
  );
  return {
    permissions: seen.pairs.flatMap(({ token, spender }, index) => {
      const answer = answers[index];
      const stands = answer !== undefined && size(answer) >= 32 && BigInt(slice(answer, 0, 32)) !== 0n;
      return stands ? [{ type: "operator" as const, collection: token, operator: spender }] : [];
    }),
    unchecked: [...unchecked, ...seen.unchecked],
  };
}

async function insidePermit2(reader: Reader, owner: Address): Promise<Given> {
  const { permit2 } = reader.addresses;
  if (permit2 === undefined) return { permissions: [], unchecked: [] };
  const { logs, unchecked } = await eventsOf(reader, "Permit2 allowances", async (range) => {
    const asked = { address: permit2, args: { owner }, strict: true, ...range } as const;
    const [approved, permitted] = await Promise.all([
      reader.client.getLogs({ ...asked, event: PERMIT2_APPROVAL }),
      reader.client.getLogs({ ...asked, event: PERMIT2_PERMIT }),
    ]);
    return [...approved, ...permitted].map(({ args }) => ({ token: args.token, spender: args.spender }));
  });
  const seen = pairsOf(reader, logs);
  const answers = await Promise.all(
    seen.pairs.map(({ token, spender }) =>
      reader.client.readContract({
        address: permit2,
        abi: READS,
        functionName: "allowance",
        args: [owner, token, spender],
        blockNumber: reader.block,
      }),
    ),
  );
  return {
    permissions: seen.pairs.flatMap(({ token, spender }, index) => {
      const [amount = 0n, expiration = 0] = answers[index] ?? [];
      const endsSeconds = BigInt(expiration);
      return amount > 0n && endsSeconds >= reader.timestamp
        ? [permit2Allowance({ token, spender, amount, endsSeconds })]
        : [];
    }),
    unchecked: [...unchecked, ...seen.unchecked],
  };
}

type Range = { readonly fromBlock: bigint; readonly toBlock: bigint };

/** The account's events of the whole chain in one request; nodes that refuse that are asked for the recent blocks. */
async function eventsOf<Log>(
  reader: Reader,
  check: string,
  read: (range: Range) => Promise<readonly Log[]>,
): Promise<{ readonly logs: readonly Log[]; readonly unchecked: Unchecked }> {
  try {
    return { logs: await read({ fromBlock: 0n, toBlock: reader.block }), unchecked: [] };
  } catch {
    const { logs, blocks } = await readEvents(reader, read);
    const why =
      logs === undefined
        ? `the node did not give the events of ${blocks}`
        : `the node gives no events before ${blocks}: older ones are not covered`;
    return { logs: logs ?? [], unchecked: [{ check, why }] };
  }
}

/** Newest first, listed tokens before others, bounded. */
function pairsOf(
  reader: Reader,
  all: readonly Pair[],
): { readonly pairs: readonly Pair[]; readonly unchecked: Unchecked } {
  const pairs = [...uniquePairs(all.toReversed())].sort(listedFirst(reader));
  const over = pairs.length - MOST_PAIRS;
  return {
    pairs: pairs.slice(0, MOST_PAIRS),
    unchecked:
      over > 0 ? [{ check: "approvals", why: `${over} more pairs, tokens on no list last, were left out` }] : [],
  };
}
