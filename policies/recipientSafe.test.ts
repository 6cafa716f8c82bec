import type { Address } from "viem";
import { expect, test } from "vitest";
import type { Effect } from "../src/domain/effect.ts";
import type { Evidence, RecipientFacts } from "../src/domain/evidence.ts";
import { codesOf, FRIEND, ODD, OWNER, STRANGER, testEvidence, USDC } from "./lib/testEvidence.ts";
import { recipientSafe } from "./recipientSafe.ts";

const DOLLAR = 1_000_000n;
/** Begins and ends like FRIEND, 0x1000…0002. */
const TWIN: Address = "0x1000abcdefabcdefabcdefabcdefabcdefab0002";
const plain = (address: Address): RecipientFacts => ({
  address,
  codeBytes: 0,
  isToken: false,
  isSafe: false,
  seen: [],
});
const book = [{ name: "Ann", address: FRIEND }];
const paid = (to: Address) => ({ to, asset: USDC.address, amount: DOLLAR, txHash: "0x01" as const });
const history = (...to: readonly Address[]): Partial<Evidence> => ({
  history: { payments: to.map(paid), blocks: "blocks 1 to 9", complete: true },
});

type Case = {
  readonly to?: Address;
  readonly amount?: bigint;
  readonly asset?: Address;
  readonly facts?: Partial<RecipientFacts>;
  readonly evidence?: Partial<Evidence>;
  readonly contacts?: typeof book;
};

function judge({ to = STRANGER, amount = DOLLAR, asset = USDC.address, facts, evidence, contacts = [] }: Case) {
  const effect: Effect = { type: "transfer", asset, to, amount };
  const given = { recipients: [{ ...plain(to), ...facts }], ...evidence };
  return recipientSafe.check(testEvidence([{ to: USDC.address, effect }], { evidence: given }), {
    contacts,
    newRecipientWarnUsd: "1000",
  });
}
const said = (given: Case) =>
  judge(given).map(({ code, severity }) => `${severity} ${code.replace("recipient-safe.", "")}`);

test.each<[string, Case, readonly string[]]>([
  ["somebody new, a small amount", {}, ["info new"]],
  ["somebody new, one cent below the limit", { amount: 1000n * DOLLAR - 10_000n }, ["info new"]],
  ["somebody new, from the limit on", { amount: 1000n * DOLLAR }, ["warn new"]],
  ["somebody new, an asset without a price", { asset: ODD.address }, ["warn new"]],
  ["somebody paid before", { amount: 4000n * DOLLAR, evidence: history(STRANGER) }, []],
  ["a contact who was never paid", { to: FRIEND, amount: 4000n * DOLLAR, contacts: book }, []],
  ["oneself", { to: OWNER }, []],
  ["somebody who looks like a contact", { to: TWIN, contacts: book }, ["block look-alike", "info new"]],
  [
    "somebody who looks like one paid before",
    { to: TWIN, evidence: history(FRIEND) },
    ["block look-alike", "info new"],
  ],
  ["a look-alike that was paid once by mistake", { to: TWIN, evidence: history(FRIEND, TWIN) }, ["block look-alike"]],
  ["two contacts that look alike", { to: TWIN, contacts: [...book, { name: "Bea", address: TWIN }] }, []],
  ["a token contract", { facts: { codeBytes: 99, isToken: true } }, ["block token-contract", "info new"]],
  ["a contract", { facts: { codeBytes: 99 } }, ["warn contract", "info new"]],
  ["a contract paid before", { facts: { codeBytes: 99 }, evidence: history(STRANGER) }, ["warn contract"]],
  ["a contract in the address book", { to: FRIEND, contacts: book, facts: { codeBytes: 99 } }, ["info contract"]],
  ["a Safe", { facts: { codeBytes: 99, isSafe: true } }, ["info safe", "info new"]],
  [
    "delegated to unknown code",
    { facts: { codeBytes: 23, delegate: { address: TWIN } } },
    ["danger delegated", "info new"],
  ],
  [
    "a contact delegated to unknown code",
    { to: FRIEND, contacts: book, facts: { codeBytes: 23, delegate: { address: TWIN } } },
    ["danger delegated"],
  ],
  [
    "delegated to a wallet's own code",
    { facts: { codeBytes: 23, delegate: { address: TWIN, label: "a wallet" } } },
    ["info delegated-known", "info new"],
  ],
  ["a precompile", { to: "0x0000000000000000000000000000000000000004" }, ["block reserved", "info new"]],
  ["the last reserved address", { to: "0x000000000000000000000000000000000000fFfF" }, ["block reserved", "info new"]],
  ["the first address after those", { to: "0x0000000000000000000000000000000000010000" }, ["info new"]],
])("behavior: %s", (_, given, expected) => {
  expect(said(given)).toEqual(expected);
});

const seen = (asset: Address, amount: bigint, out: boolean, listed: boolean) => ({ asset, amount, out, listed });
test.each<[string, readonly RecipientFacts["seen"][number][], string]>([
  ["a transfer of nothing in the owner's name", [seen(USDC.address, 0n, true, true)], "warn bait"],
  ["less than a dollar received", [seen(USDC.address, DOLLAR - 1n, false, true)], "warn bait"],
  ["a counterfeit token's movement", [seen(TWIN, 900n * DOLLAR, true, false)], "warn bait"],
  ["a real dollar received", [seen(USDC.address, DOLLAR, false, true)], "info new"],
  [
    "bait and a real payment",
    [seen(USDC.address, 0n, true, true), seen(USDC.address, 9n * DOLLAR, false, true)],
    "info new",
  ],
])("behavior: a history of %s makes nobody known", (_, list, expected) => {
  expect(said({ facts: { seen: list } })).toEqual([expected]);
});

test("behavior: nothing read of a recipient blocks", () => {
  expect(codesOf(judge({ evidence: { recipients: [] } }))).toEqual(["recipient-safe.unread"]);
});

test("behavior: a history that the node did not give is said, not taken for none", () => {
  const evidence = { history: { payments: [], blocks: "blocks 1 to 9", complete: false } };
  expect(judge({ evidence })[0]?.evidence).toContain("not known");
});
