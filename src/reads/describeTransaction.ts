import {
  type Address,
  formatGwei,
  getAddress,
  isHash,
  parseEventLogs,
  type Transaction,
  TransactionNotFoundError,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from "viem";
import { erc20Abi } from "../chain/abis/erc20.ts";
import type { Reader } from "../chain/reader.ts";
import { showText } from "../domain/showText.ts";
import { NATIVE_ADDRESS } from "../domain/token.ts";
import { type AddressBook, nameAddresses } from "./nameAddresses.ts";
import { readRevert } from "./readRevert.ts";
import { sayAddress, sayAmount, sayEffect } from "./sayEffect.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { QuestionDeps } from "./types.ts";

/** Most token movements named in one answer. */
const SHOWN = 8;

/** One transaction by its hash: what it meant, how it ended, what moved, what it cost. */
export async function describeTransaction(
  deps: QuestionDeps,
  { subject }: { readonly subject?: string | undefined },
): Promise<Answer> {
  const reader = await deps.reader();
  const { chainId, block } = reader;
  const source = `transaction and receipt on chain ${chainId}`;
  const end = (says: string, facts: readonly string[] = []) => toAnswer({ says, facts, block, source });
  if (subject === undefined) return end("Name the transaction by its hash: 0x and 64 hex digits.");
  if (!isHash(subject)) return end(`${showText(subject, 80)} is no transaction hash: it has 0x and 64 hex digits.`);
  const transaction = await orNothing(reader.client.getTransaction({ hash: subject }));
  if (transaction === undefined)
    return end(`Chain ${chainId} knows no transaction ${subject}: check the hash and the chain.`);
  const book = nameAddresses(deps, reader);
  const meaning = meaningOf(deps, reader, { transaction, book });
  const head = [`from ${getAddress(transaction.from)}`, ...callFacts(reader, { transaction, book })];
  const receipt = await orNothing(reader.client.getTransactionReceipt({ hash: subject }));
  if (receipt === undefined) return end(`It is sent and not mined yet. It means to ${meaning}.`, [meaning, ...head]);
  const why = receipt.status === "success" ? undefined : await readRevert(reader, transaction);
  const ended =
    receipt.status === "success"
      ? `It succeeded in block ${receipt.blockNumber}`
      : `It failed in block ${receipt.blockNumber}: nothing moved but the fee`;
  return end(`${ended}. It was to ${meaning}.`, [
    `${receipt.status} in block ${receipt.blockNumber}`,
    meaning,
    ...(why === undefined ? [] : [`run again on the block before: ${why}`]),
    ...head,
    feeFact(reader, receipt),
    ...movements(reader, { receipt, book }),
  ]);
}

type Sent = { readonly transaction: Transaction; readonly book: AddressBook };

function meaningOf(deps: QuestionDeps, { tokens }: Reader, { transaction, book }: Sent): string {
  const { to, input, value } = transaction;
  if (to === null) return "deploy a contract";
  const effect = deps.decode({ to, data: input, value });
  if (effect !== undefined) return sayEffect(effect, { tokens, nameOf: book.nameOf });
  return input === "0x"
    ? `call ${sayAddress(book, to)} with nothing`
    : `do something on ${sayAddress(book, to)} that is not decoded here`;
}

function callFacts({ tokens }: Reader, { transaction, book }: Sent): readonly string[] {
  const { to, value, input } = transaction;
  return [
    ...(to === null ? [] : [`to ${sayAddress(book, to)}`]),
    ...(value === 0n ? [] : [`pays ${sayAmount(tokens, NATIVE_ADDRESS, value)}`]),
    ...(input === "0x" ? [] : [`calls ${input.slice(0, 10)}`]),
  ];
}

function feeFact({ tokens }: Reader, { gasUsed, effectiveGasPrice }: TransactionReceipt): string {
  const fee = sayAmount(tokens, NATIVE_ADDRESS, gasUsed * effectiveGasPrice);
  return `fee ${fee}: ${gasUsed} gas at ${formatGwei(effectiveGasPrice)} gwei`;
}

/** ERC-20 movements that the contracts logged; an unlisted token may log what it likes. */
function movements(
  { tokens }: Reader,
  { receipt, book }: { receipt: TransactionReceipt; book: AddressBook },
): readonly string[] {
  const logs = parseEventLogs({ abi: erc20Abi, eventName: "Transfer", logs: receipt.logs });
  const who = (address: Address) =>
    address.toLowerCase() === receipt.from.toLowerCase() ? "the sender" : sayAddress(book, address);
  const lines = logs
    .slice(0, SHOWN)
    .map(
      ({ address, args }) =>
        `moved ${sayAmount(tokens, address, args.value)} from ${who(args.from)} to ${who(args.to)}`,
    );
  return logs.length > SHOWN ? [...lines, `and ${logs.length - SHOWN} more movements`] : lines;
}

/** What the chain does not know is no failure of the read. */
async function orNothing<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof TransactionNotFoundError || error instanceof TransactionReceiptNotFoundError) return undefined;
    throw error;
  }
}
