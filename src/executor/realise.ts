import { type Address, erc20Abi, getAddress, parseEventLogs, type TransactionReceipt } from "viem";
import type { Client } from "../chain/reader.ts";
import type { Receipt } from "../domain/receipt.ts";
import { showText } from "../domain/showText.ts";
import { NATIVE_ADDRESS, type Token, type TokenRegistry } from "../domain/token.ts";

type Change = Receipt["changes"][number];
type Request = {
  readonly client: Client;
  readonly tokens: TokenRegistry;
  readonly owner: Address;
  readonly receipt: TransactionReceipt;
};

/**
 * Owner's realised balance changes by one mined transaction, gas left out: balances at its block minus balances at the
 * block before, for the native coin, its wrapper and every token whose Transfer log names the owner. Balances decide,
 * logs only say where to look.
 */
export async function realisedChanges(request: Request): Promise<readonly Change[]> {
  const { owner, receipt } = request;
  const tokens = await Promise.all(touchedTokens(request).map((address) => describeToken(request, address)));
  const erc20 = await Promise.all(
    tokens.map(async (token) => toChange(token, await balanceDelta(request, token.address))),
  );
  const gas = receipt.from.toLowerCase() === owner.toLowerCase() ? receipt.gasUsed * receipt.effectiveGasPrice : 0n;
  const native = toChange(request.tokens.native, (await nativeDelta(request)) + gas);
  return [native, ...erc20].filter((change) => change.delta !== 0n);
}

function touchedTokens({ tokens, owner, receipt }: Request): readonly Address[] {
  const me = owner.toLowerCase();
  const logs = parseEventLogs({ abi: erc20Abi, eventName: "Transfer", logs: receipt.logs });
  const touched = logs.filter((log) => [log.args.from, log.args.to].some((party) => party.toLowerCase() === me));
  return [
    ...new Set(
      [tokens.wrappedNative.address, ...touched.map((log) => log.address)].map((address) => getAddress(address)),
    ),
  ];
}

async function describeToken(
  { client, tokens }: Request,
  address: Address,
): Promise<Pick<Token, "address" | "symbol" | "decimals">> {
  const known = tokens.byAddress(address);
  if (known !== undefined) return known;
  const read = <N extends "symbol" | "decimals">(functionName: N) =>
    client.readContract({ address, abi: erc20Abi, functionName });
  const [symbol, decimals] = await Promise.allSettled([read("symbol"), read("decimals")]);
  return {
    address,
    // A contract chooses its symbol freely: it is shown as a quotation, so that it passes for no listed one.
    symbol: symbol.status === "fulfilled" ? showText(String(symbol.value)) : "?",
    decimals: decimals.status === "fulfilled" ? Number(decimals.value) : 0,
  };
}

async function balanceDelta({ client, owner, receipt }: Request, address: Address): Promise<bigint> {
  const at = (blockNumber: bigint) =>
    client.readContract({ address, abi: erc20Abi, functionName: "balanceOf", args: [owner], blockNumber });
  const [after, before] = await Promise.all([at(receipt.blockNumber), at(receipt.blockNumber - 1n)]);
  return after - before;
}

async function nativeDelta({ client, owner, receipt }: Request): Promise<bigint> {
  const at = (blockNumber: bigint) => client.getBalance({ address: owner, blockNumber });
  const [after, before] = await Promise.all([at(receipt.blockNumber), at(receipt.blockNumber - 1n)]);
  return after - before;
}

function toChange(token: Pick<Token, "address" | "symbol" | "decimals">, delta: bigint): Change {
  const native = token.address.toLowerCase() === NATIVE_ADDRESS.toLowerCase();
  return { asset: native ? NATIVE_ADDRESS : token.address, symbol: token.symbol, decimals: token.decimals, delta };
}
