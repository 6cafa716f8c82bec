import { type AmountWords, drawAmount, type Unit } from "../amounts.ts";
import { drawAddress, drawFrom, drawToken, tokenName, tokenWords } from "../draw.ts";
import { stablecoins } from "../lexicon/tokens.ts";
import { spell } from "../numbers.ts";
import { list } from "../phrases.ts";
import { quantity } from "../quantity.ts";
import { chance, pick, pickWeighted, type Rng } from "../random.ts";
import { fixed, type Slots, value } from "../template.ts";
import { type Clause, clause } from "./clause.ts";

/** `{a}` amount with the token sold, `{b}` the token bought, `{s}` the token sold, `{n}` the amount alone. */
const SELL = {
  freeShare: 0.42,
  imperative: list`
  swap {a} (for|to|into) {b} / swap {a} (for|to|into) {b} / swap {a} to {b} / swap {a} into {b} / swap {a} for {b} / convert {a} (to|into) {b}
  / convert {a} (to|into) {b} / convert {a} to {b} / exchange {a} for {b} / exchange {a} (to|into|against) {b} / trade {a} (for|to|into) {b}
  / trade {a} for {b} / sell {a} for {b} / sell {a} (for|into|to|against) {b} / change {a} (to|into|for) {b} / turn {a} into {b}
  / flip {a} (into|to|for) {b} / dump {a} (into|for) {b} / dump {a} and get {b} / rotate {a} into {b} / move {a} into {b} (with a swap|by swapping)
  / switch {a} (to|into|over to|for) {b} / ape {a} into {b} / put {a} into {b} (as a swap|via swap) / buy {b} with {a} / buy {b} using {a}
  / buy {b} for {a} / buy some {b} with {a} / buy me {b} with {a} / purchase {b} with {a} / purchase {b} using {a} / get {b} with {a}
  / get me {b} for {a} / get me some {b} for {a} / get some {b} with {a} / grab {b} with {a} / grab some {b} using {a}
  / use {a} to (buy|get|purchase|acquire) {b} / spend {a} on {b} / spend {a} to buy {b} / take {a} and (buy|get) {b}
  / take {a} and (swap|convert|turn|change) it into {b} / take {a} and make it {b} / take {a}, give me {b} / give me {b} for {a}
  / give me {b} in exchange for {a} / cash out {a} (to|into) {b} / sell {a} and give me {b} / sell {a} and buy {b} / sell {a}, buy {b}
  / liquidate {a} (to|into|for) {b} / offload {a} for {b} / unload {a} into {b} / get rid of {a} for {b} / ditch {a} for {b} / roll {a} into {b}
  / transform {a} into {b} / make {a} into {b} / market sell {a} for {b} / market buy {b} with {a} / do a swap of {a} (to|for|into) {b}
  / do a swap: {a} to {b} / make a swap from {a} to {b} / perform a swap of {a} for {b} / exchange {a} and get {b} / pick up {b} with {a}
  / acquire {b} with {a} / stack {b} with {a} / invest {a} in {b} / invest {a} into {b} / go from {a} to {b} / execute a swap, {a} for {b}
  / turn {a} to {b} / redeem {a} for {b} on the market / substitute {a} with {b} / replace {a} with {b} / use {a} for buying {b}
  / get out of {a} and into {b} / from my {s} take {n} and (swap|convert|change) (it|that|them) (to|into) {b}
  / take {k} from my {s} and turn it into {b} / take {k} of my {s} and swap it (for|to) {b} / swap my {s} (to|for|into) {b}, {n}
  / swap {s} (to|for) {b}, {n} / swap {s} to {b}, amount {n} / convert {s} to {b}: {n} / sell {s} for {b}, {n} / swap {s} {n} to {b}
  / exchange {s} {n} (to|for) {b} / buy {b} with my {s}, {n} / buy {b}, pay with {a} / buy {b} and pay with {a} / buy {b}, use {a} for it
  / buy {b} paying {a} / get {b}, spend {a} / swap out {a} for {b} / swop {a} for {b}
`,
  free: list`
  {a} to {b} / {a} to {b} / {a} -> {b} / {a} -> {b} / {a} into {b} / {a} into {b} / {a} for {b} / {a} => {b} / {a} → {b} / {a} > {b} / {a} in {b}
  / {a}, {b}, swap / {s} -> {b}, {n} / {s} to {b}, {n} / {s} to {b} {n} / {s}->{b} {n} / {s}/{b} swap, {n} / {s} {n} -> {b} / {s} {n} to {b}
  / swap: {a} to {b} / swap: {a} -> {b} / swap, {a}, {b} / {b} for {a} / {b} for {a} please / {a} 2 {b} / {a} to {b} swap / {a} to {b} please
  / {a} becomes {b} / {a} should become {b} / {a} should be turned into {b} / {a} out, {b} in / {b} with {a} / {b} please, pay with {a}
  / {b} pls, paying with {a} / i want {b} for {a} / i want {b}, use {a} / i'd like {b} for {a} / i'd like {b}, paying with {a}
  / i'd like some {b}, please use {a} / i want to go from {a} to {b} / i want {a} in {b} / i want {a} as {b} / i want {a} swapped (to|for|into) {b}
  / i'd like {a} converted (to|into) {b} / i need {a} exchanged for {b} / i need {a} turned into {b} / want {b}, have {s}. use {n}
  / got {s}, want {b}. {n} please / i have {s} but want {b}. swap {n} / i'm selling {a} for {b} / selling {a} for {b} / swapping {a} to {b}
  / converting {a} into {b} / buying {b} with {a} / trading {a} for {b} / i'm done with {s}, {n} into {b} / {b}! with {a}! / {a} has to become {b}
  / what about {a} into {b}, do it / how about swapping {a} for {b} / would you mind swapping {a} for {b}? / would you mind converting {a} to {b}?
  / could {a} be exchanged for {b}? / can {a} be swapped to {b} / please have {a} exchanged for {b} / {a} needs to be in {b} / {a}, make that {b}
  / {a} gets sold for {b} / my {s}: {n} into {b} / {k} of my {s} into {b} / {k} from my {s} to {b} / {s}, {n}, to {b} / {s} {n} {b} swap
  / i'd rather hold {b}, swap {a} / i prefer {b}, so convert {a} / let {a} be {b} / {b} instead of {a} please / time for some {b}: {a}
  / {a} gone, {b} in please / thinking {a} into {b}, go / i have {big} {s}. take {n} and buy {b} / i have {big} {s}, use {n} to get {b}
  / i've got {big} {s} here. swap {n} for {b} / there is {big} {s} in my wallet, turn {n} into {b} / i hold {big} {s} but only want to swap {n} to {b}
  / out of {big} {s} please sell {n} for {b} / i don't want my {s} anymore, {n} into {b} please / i'd like to own some {b}. i have {s}. use {n}
  / i have too much {s}. sell {n} for {b} / {s} is dead, {n} to {b} / i need {b}. take {n} from my {s} / i need some {b}, so sell {a}
  / {b} looks cheap. spend {a} on it / {b} is on sale, grab some with {a} / can i trade {a} for {b}? / can you get me {b} if i give you {a}?
  / is it possible to get {b} for {a}? / {a} would be better as {b} / i think {b} is safer than {s}: {n} over please / less {s}, more {b}: {n}
  / de-risk: {a} into {b} / profit taking, {a} into {b} / what i want is {b} instead of {a} / convert for me {a} in {b} / i wish to have {b} for {a}
  / {a} must be changed to {b} / {a} please, into {b} / my {s} to {b}, but just {n} / only {n} of my {s} to {b} / just {a} to {b}, keep the rest
`,
} as const;

/** `{x}` amount with the token bought (exact output), `{s}` the token that pays. */
const BUY = {
  freeShare: 0.35,
  imperative: list`
  buy {x} with {s} / buy {x} with my {s} / buy {x} with {s} / buy {x} using {s} / buy {x} for {s} / buy {x}, pay with {s} / buy {x}, pay in {s}
  / buy {x} and pay with {s} / buy {x} and pay in my {s} / buy {x} paying (with|in) {s} / buy me {x} with {s} / buy exactly {x} with {s}
  / purchase {x} with {s} / purchase {x} using my {s} / get me {x}, pay with {s} / get me {x}, pay in {s} / get me exactly {x}, pay in {s}
  / get me exactly {x} from my {s} / get exactly {x} with {s} / get {x} with my {s} / get me {x} using {s} / get me {x}, use {s}
  / get {x}, paying with {s} / acquire {x} with {s} / acquire {x}, funded by {s} / grab {x} with {s} / grab {x} using my {s} / pick up {x} with {s}
  / pick up {x}, paying in {s} / sell enough {s} to get {x} / sell as much {s} as needed to get {x} / sell {s} until i have {x}
  / swap {s} for exactly {x} / swap {s} to get exactly {x} / swap my {s} into exactly {x} / convert {s} into exactly {x} / use {s} to buy {x}
  / use my {s} to get {x} / use {s} to get exactly {x} / take whatever {s} it takes and get me {x} / order {x}, charge it to my {s}
  / exchange {s} for exactly {x} / obtain {x} from {s} / get {x} out of my {s} / swap enough {s} to receive {x} / swap enough {s} for {x}
  / from my {s} buy {x}
`,
  free: list`
  i want {x}, pay with {s} / i need {x}, use {s} / i need exactly {x}, pay with {s} / i need {x}, take it from my {s} / i'd like {x}, pay with {s}
  / i'd like {x}, paying in {s} / i'd like {x} please, use my {s} / i want exactly {x}, sell {s} for it / need {x}, pay w {s} / want {x}, use {s}
  / {x}, pay with {s} / {x} pls, from my {s} / exactly {x}, paid in {s} / {x} please, paid with {s} / i want to receive exactly {x}, paying in {s}
  / i want to end up with {x}, using {s} / i'd like to have {x} and pay with {s} / i must have {x}, {s} is what i pay with / {s} -> exactly {x}
  / {s} to exactly {x} / can i get {x} for {s}? / could i have {x}, paid from my {s}? / i owe someone {x}, buy that with {s}
  / the bill is {x}, buy exactly that with {s} / {x} bought with {s} / buying {x} with {s} / let me have {x} against {s}
  / how about {x}, paid in {s}, go / a purchase of {x} with {s}, please / {x} out of my {s} please
`,
} as const;

const TICKERS = list`FROGGO / WIF2 / GLORP / ZENX / BLORB / CATX / MOONPUP / APEX9 / TURBO / BRETT / MOG / KITTY2`;

const TRADING = SELL.imperative.filter((form) => /^(swap|buy|convert|exchange|trade|purchase|sell|ape)/.test(form));

/** What a swap is about, where a chain or a standing wish has already decided. */
export interface SwapGiven {
  readonly sell?: string;
  readonly buy?: string;
  readonly imperative?: boolean;
  readonly sellOnly?: boolean;
  readonly unit?: Unit;
}

/** Draws two tokens that make sense together. */
export function drawPair(rng: Rng): readonly [string, string] {
  const sell = drawToken(rng);
  const buy = chance(rng, 0.25) ? drawFrom(rng, stablecoins, [sell]) : drawToken(rng, [sell]);
  return isWrap(sell, buy) && chance(rng, 0.8) ? drawPair(rng) : [sell, buy];
}

function isWrap(a: string, b: string): boolean {
  return (a === "ETH" && b === "WETH") || (a === "WETH" && b === "ETH");
}

/** A swap: exact input in most cases, exact output in a fifth. */
export function swap(rng: Rng, given: SwapGiven = {}): Clause {
  let [sell, buy] = drawPair(rng);
  if (given.sell !== undefined) sell = given.sell;
  if (given.buy !== undefined) buy = given.buy;
  if (sell === buy) return swap(rng, given);
  // A contract address or a ticker that no list knows is legal; the planner and the guards decide (reading 12).
  const odd =
    given.buy === undefined && given.imperative !== true && chance(rng, 0.02)
      ? chance(rng, 0.5)
        ? drawAddress(rng)
        : pick(rng, TICKERS)
      : undefined;
  if (odd !== undefined) buy = odd;
  const exactOut = given.sellOnly !== true && odd === undefined && chance(rng, 0.22);
  // Without a verb, "1 eth to 0x…" is a payment.
  const forms = exactOut ? BUY : odd === undefined ? SELL : { ...SELL, imperative: TRADING, freeShare: 0 };
  const said: AmountWords = exactOut
    ? drawAmount(
        rng,
        buy,
        "fresh",
        given.unit ??
          pickWeighted<Unit>(rng, [
            [70, "token"],
            [30, "usd"],
          ]),
      )
    : drawAmount(rng, sell, "wallet", given.unit);
  const slots: Slots = exactOut
    ? { x: said.full, s: tokenName(rng, sell) }
    : {
        a: said.full,
        n: said.bare,
        k: said.part,
        s: tokenName(rng, sell),
        big: value(spell(rng, quantity(rng, tokenWords(sell).size)).text),
        b: odd === undefined ? tokenName(rng, buy) : fixed(odd),
      };
  return clause(rng, { ...forms, freeShare: given.imperative === true ? 0 : forms.freeShare }, slots, [
    { type: "swap", sell, buy, amount: said.amount, side: exactOut ? "buy" : "sell" },
  ]);
}
