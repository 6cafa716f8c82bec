import { type Address, getAddress, isAddress } from "viem";
import { type Inspected, inspectAddress } from "../chain/inspectAddress.ts";
import type { Reader } from "../chain/reader.ts";
import { showText } from "../domain/showText.ts";
import { isNative } from "../domain/token.ts";
import { formatAmount } from "../preview/format.ts";
import { findAsset } from "./findAsset.ts";
import { type AddressBook, nameAddresses } from "./nameAddresses.ts";
import { sayAddress } from "./sayEffect.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { ReadDeps } from "./types.ts";
import { unknownProtocol } from "./unknownProtocol.ts";

type Wish = {
  /** The address asked about. */
  readonly subject?: string | undefined;
  readonly asset?: string | undefined;
  readonly protocol?: string | undefined;
};

/** What stands at an address: code, the name that registries know, token metadata, and whether the code can change. */
export async function describeContract(deps: ReadDeps, wish: Wish): Promise<Answer> {
  const reader = await deps.reader();
  const source = `code and storage on chain ${reader.chainId}, the registries of this program`;
  const end = (says: string, facts: readonly string[] = []) => toAnswer({ says, facts, block: reader.block, source });
  const subject = wish.subject ?? wish.asset;
  if (subject === undefined && wish.protocol !== undefined) return end(...contractsOf(deps, reader, wish.protocol));
  if (subject === undefined) return end("Name the contract by its address, or say which token or protocol is meant.");
  const found = isAddress(subject, { strict: false }) ? getAddress(subject) : await findAsset(reader, subject);
  if (typeof found !== "string" && found.missing !== undefined) return end(found.missing);
  const address = typeof found === "string" ? found : found.tokens[0].address;
  if (isNative({ address })) return end(`${reader.tokens.native.symbol} is the chain's own coin and has no contract.`);
  const markets = await Promise.all(deps.protocols.map((protocol) => protocol.markets(reader)));
  const book = nameAddresses(deps, reader, markets.flat());
  const inspected = await inspectAddress(reader, address);
  if (inspected.codeBytes === 0) return end(...(await plainAccount(reader, address)));
  return end(saysOf(inspected, book), factsOf(inspected, book));
}

function contractsOf(deps: ReadDeps, reader: Reader, protocol: string): [string, readonly string[]] {
  const why = unknownProtocol(deps, protocol);
  if (why !== undefined) return [why, []];
  const known = deps.protocols.filter(({ id }) => id === protocol).flatMap((one) => one.known(reader.addresses));
  const facts = [...new Set(known.map(({ label, address }) => `${label}: ${address}`))];
  return [`The contracts of ${protocol} that are known here:`, facts];
}

async function plainAccount(reader: Reader, address: Address): Promise<[string, readonly string[]]> {
  const at = { address, blockNumber: reader.block };
  const [balance, sent] = await Promise.all([reader.client.getBalance(at), reader.client.getTransactionCount(at)]);
  const { decimals, symbol } = reader.tokens.native;
  return [
    `There is no contract at ${address}: it is a plain account, or nothing was put there yet.`,
    [`holds ${formatAmount(balance, decimals)} ${symbol}`, `transactions sent: ${sent}`],
  ];
}

function saysOf({ address, delegate, codeBytes }: Inspected, { nameOf }: AddressBook): string {
  const name = nameOf(address);
  if (delegate !== undefined) return `${address} is an account that runs the code of ${delegate} (EIP-7702).`;
  if (name !== undefined) return `${address} is known here: ${name}.`;
  return `${address} is a contract of ${codeBytes} bytes that no registry here knows. What it does is unknown.`;
}

function factsOf(inspected: Inspected, book: AddressBook): readonly string[] {
  const { address, codeBytes, implementation, beacon, admin, name, symbol, decimals } = inspected;
  const known = book.nameOf(address);
  const changes = [
    ...(implementation === undefined ? [] : [`proxy: runs the code of ${sayAddress(book, implementation)}`]),
    ...(beacon === undefined ? [] : [`proxy: asks the beacon ${sayAddress(book, beacon)} for its code`]),
    ...(admin === undefined ? [] : [`the account that may change its code: ${sayAddress(book, admin)}`]),
  ];
  const calls = [
    ...(name === undefined ? [] : [`calls itself ${showText(name)}`]),
    ...(symbol === undefined ? [] : [`symbol ${showText(symbol, 16)}`]),
    ...(decimals === undefined ? [] : [`decimals ${decimals}`]),
  ];
  return [
    `code: ${codeBytes} bytes`,
    known === undefined ? "in no registry of this program" : `registry: ${known}`,
    ...calls,
    ...(changes.length === 0
      ? ["no EIP-1967 or EIP-1167 proxy; another way to change its code is not ruled out"]
      : changes),
  ];
}
