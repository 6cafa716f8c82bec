import { drawAmount } from "../amounts.ts";
import { drawRecipient, drawToken, recipientPiece, tokenName, tokenWords } from "../draw.ts";
import { introduced } from "../lexicon/people.ts";
import { spell } from "../numbers.ts";
import { list } from "../phrases.ts";
import { quantity } from "../quantity.ts";
import { pick, type Rng } from "../random.ts";
import { value, words } from "../template.ts";
import { type Clause, clause } from "./clause.ts";

/** `{a}` amount with token, `{n}` amount alone, `{t}` token, `{to}` recipient, `{who}` an introduction that is not an address. */
const FORMS = {
  freeShare: 0.36,
  imperative: list`
  send {a} to {to} / send {a} to {to} / send {a} to {to} / send {a} to {to} / send {to} {a} / transfer {a} to {to} / transfer {a} to {to}
  / transfer {a} over to {to} / pay {to} {a} / pay {a} to {to} / give {to} {a} / give {a} to {to} / wire {a} to {to} / move {a} to {to}
  / forward {a} to {to} / shoot {a} to {to} / shoot {to} {a} / zap {a} to {to} / push {a} to {to} / ship {a} to {to} / drop {a} to {to}
  / drop {to} {a} / donate {a} to {to} / tip {to} {a} / remit {a} to {to} / deliver {a} to {to} / send {a} over to {to} / send over {a} to {to}
  / send {a} 2 {to} / throw {a} at {to} / send {a} from my wallet to {to} / send {who} {a}, {to} / send {a} to {who}: {to} / send {a} to {who} at {to}
  / send {a} to {who} {to} / send {a} to {who}, {to} / transfer {a} to {who} ({x}) at {to} / pay {who} {a} at {to} / pay {who} {a}: {to}
  / refund {a} to {to} / return {a} to {to} / beam {a} to {to} / make a transfer of {a} to {to} / make a payment of {a} to {to}
  / do a transfer: {a} to {to} / sweep {a} to {to} / sweep {a} into {to} / reimburse {to} with {a} / fund {to} with {a} / top up {to} with {a}
  / fund the wallet {to} with {a} / send {t} to {to}, {n} / send {t} ({n}) to {to} / send to {to} {a} / send to {to}: {a}
  / transfer {t} to {to}, amount {n} / send the following to {to}: {a} / settle my tab with {to}, {a} / pass {a} on to {to} / hand {a} over to {to}
  / hand {to} {a} / gift {to} {a} / gift {a} to {to} / venmo {to} {a} / credit {to} with {a} / transmit {a} to {to} / put {a} into the wallet {to}
  / get {a} over to {to}
`.map((form) => form.replace(" ({x})", "")),
  free: list`
  {a} to {to} / {a} to {to} / {a} -> {to} / {a} → {to} / {to} {a} / {to}, {a} / {to}: {a} / {to} gets {a} / {to} should get {a}
  / {to} should receive {a} / {a} for {to} / {a} goes to {to} / {a} should go to {to} / {a} must go to {to} / i owe {to} {a}, pay it
  / i owe {to} {a}, send it please / i need {a} sent to {to} / i'd like {a} sent to {to} / i want {a} to go to {to} / payment: {a}, recipient {to}
  / transfer: {a} to {to} / recipient {to}, amount {a} / to {to}: {a} / address {to}, send {a} there
  / {to} is my address on the exchange, send {a} there / my friend's address is {to}, send {a} / this is {who}: {to}. send {a}
  / here is the address of {who}: {to}. please send {a} / {who} is {to}, send {a} there / sending {a} to {to} / please see that {to} receives {a}
  / would you mind sending {a} to {to}? / could {a} go to {to}? / can {to} have {a} / the address is {to}, the amount is {a} / {to} <- {a}
  / new wallet {to}, move {a} there / {a}, to {to} / {a} please, to {to} / {t} to {to}, {n} / {t} {n} to {to} / {to} wants {a}, send it
  / it's for {who}: {a} to {to} / {a} to {who}, {to} / {a} to {who} at {to} / invoice says {a} to {to}, pay it / we owe {to} {a}. please pay
  / send. {a}. {to} / {to} pls send {a} / i have {big} {t}. send {n} to {to} / there's {big} {t} in my wallet, {n} of it goes to {to}
  / of my {big} {t} send {n} to {to} / {to} is asking for {a} / {to} helped me, give them {a} / {who} needs {a}, the address is {to}
  / my debt to {to} is {a}, settle it / {who} [{to}] gets {a} / salary for {to}: {a} / rent to {to}: {a} / invoice from {to} over {a}, pay it
  / can i send {a} to {to}? / i want to send {to} {a} / how about sending {a} to {to} / let {to} have {a} / i'd like to give {to} {a}
  / please make sure {a} reaches {to} / {to} {t} {n} / {a} should arrive at {to} / i promised {to} {a} / a payment of {a} for {to}
  / the wallet {to} should get {a} from me / {a} towards {to} / beneficiary {to}. sum {a}.
`,
} as const;

export interface TransferGiven {
  readonly asset?: string;
  readonly imperative?: boolean;
}

/** A transfer to an address or an ENS name that the text itself gives. */
export function transfer(rng: Rng, given: TransferGiven = {}): Clause {
  const asset = given.asset ?? drawToken(rng);
  const to = drawRecipient(rng);
  const said = drawAmount(rng, asset, "wallet");
  const slots = {
    a: said.full,
    n: said.bare,
    k: said.part,
    t: tokenName(rng, asset),
    big: value(spell(rng, quantity(rng, tokenWords(asset).size)).text),
    to: recipientPiece(to),
    who: words(pick(rng, introduced)),
  };
  return clause(rng, { ...FORMS, freeShare: given.imperative === true ? 0 : FORMS.freeShare }, slots, [
    { type: "transfer", asset, amount: said.amount, to },
  ]);
}
