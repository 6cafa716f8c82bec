import { drawAmount } from "../amounts.ts";
import { drawFrom, drawLender, lenderName, tokenName, tokenWords } from "../draw.ts";
import { lendable } from "../lexicon/tokens.ts";
import { spell } from "../numbers.ts";
import { list } from "../phrases.ts";
import { quantity } from "../quantity.ts";
import { chance, type Rng } from "../random.ts";
import { value } from "../template.ts";
import { type Clause, clause } from "./clause.ts";
import { venue } from "./venue.ts";

/** `{a}` amount with token, `{n}` amount alone, `{t}` token, `{v}` venue with preposition, `{p}` venue alone. */
const SUPPLY = {
  freeShare: 0.34,
  imperative: list`
  supply {a} {v} / supply {a} {v} / supply {a} {v} / deposit {a} {v} / deposit {a} {v} / deposit {a} {v} / lend {a} {v} / lend {a} {v}
  / lend out {a} {v} / lend {a} out {v} / put {a} {v} / put {a} {v} / put {a} {v} / stick {a} {v} / park {a} {v} / park {a} {v} / place {a} {v}
  / throw {a} {v} / drop {a} {v} / move {a} from my wallet {v} / move {a} {v} / add {a} to my {p} deposit / add {a} {v} / add {a} as collateral {v}
  / supply {a} as collateral {v} / post {a} as collateral {v} / put {a} {v} as collateral / put {a} up as collateral {v}
  / deposit {a} {v} as collateral / invest {a} {v} / make a deposit of {a} {v} / make a deposit {v}: {a} / send {a} to {p} to earn interest
  / stash {a} {v} / provide {a} to {p} / provide {a} as a lender {v} / load {a} {v} / pop {a} {v} / plop {a} {v} / stow {a} {v} / let {p} have {a}
  / give {p} {a} to lend out / loan out {a} {v} / top up my {p} position with {a} / top up {p} with {a} / use {a} as a deposit {v}
  / start lending {a} {v} / earn interest on {a} {v} / earn yield on {a} {v} / save {a} {v} / bring {a} {v} / take {a} and put it {v}
  / take {a} and deposit it {v} / take {k} from my {t} and lend it {v} / supply {t} {v}, {n} / deposit {t} {v}, {n} / put my {t} {v}, {n}
  / open a deposit {v} with {a} / supply {p} with {a} / fund my {p} account with {a} / lock {a} {v} / commit {a} {v} / collateralize {a} {v}
  / increase my {p} deposit by {a} / go {v} with {a} / make {a} earn {v} / put {a} to work {v}
`,
  free: list`
  {a} {v} / {a} {v} / {a} {v} please / {a} -> {p} / {a} into {p} / {a} to {p} / {a} onto {p} / {a} goes {v} / {a} should go {v}
  / {a} deposited {v} please / {p}: supply {a} / {p}, deposit {a} / {p} deposit {a} / supply: {a}, {p} / deposit: {a} {v} / {t} {n} supply {p}
  / {p} supply {t} {n} / {t}, {n}, {p}, supply / {a}, lend it {v} / {a}: lend {v} / i want {a} lent {v} / i want {a} to earn {v}
  / i'd like {a} deposited {v} / i'd like {a} to sit {v} / i want to be a lender {v} with {a} / i'd rather have {a} {v} than in my wallet
  / lending {a} {v} / supplying {a} {v} / depositing {a} {v} / {p} should hold {a} / would you mind depositing {a} {v}?
  / would you mind putting {a} {v}? / could {a} go {v}? / can {a} be lent {v} / i have some idle {t}, put {n} {v}
  / my {t} is doing nothing, supply {n} {v} / {t} is idle, deposit {n} {v} / {k} of my {t} {v} / {k} of my {t} should be lent {v}
  / collateral: {a} {v} / new deposit {v}: {a} / dep {a} {p} / i have {big} {t}. put {n} {v} / there's {big} {t} in my wallet, lend {n} {v}
  / i got {big} {t}, {n} of it {v} / of my {big} {t} deposit {n} {v} / how about lending {a} {v} / i'd like to lend {a} {v} / can i put {a} {v}?
  / is it possible to deposit {a} {v}? / i want {a} in {p} / i want to see {a} {v} / let {a} sit {v} / let's have {a} {v} / {a} for {p}
  / a deposit of {a} {v} / {p} gets {a} / {p}! {a}! deposit! / i believe in {p}, {a} {v} / {p} pays well, {a} {v} please / {a} would be better off {v}
  / start me {v} with {a} / {t} deposit {v}, {n} / my {t} should earn, so {n} {v}
`,
} as const;

/** The same without a venue: the owner did not choose. */
const SUPPLY_ANYWHERE = {
  freeShare: 0.2,
  imperative: list`
  supply {a} / supply {a} / deposit {a} / deposit {a} / lend {a} / lend out {a} / lend {a} out / put {a} in a lending market
  / put {a} into some lending pool / lend {a} somewhere / deposit {a} somewhere / supply {a} as collateral / loan out {a} / put {a} up for lending
  / supply {a} to any lending protocol / start lending {a}
`,
  free: list`{a} into lending / i want to lend {a} / i'd like {a} lent out / lending {a} / supply: {a} / {a}, lend it / i want {a} in a lending pool`,
} as const;

const WITHDRAW = {
  freeShare: 0.34,
  imperative: list`
  withdraw {a} {v} / withdraw {a} {v} / withdraw {a} {v} / withdraw {a} {v} / take {a} {v} / take {a} out of {p} / take {a} back {v}
  / take out {a} {v} / pull {a} {v} / pull {a} out of {p} / pull out {a} {v} / get {a} {v} / get {a} out of {p} / get {a} back {v}
  / get me {a} back {v} / remove {a} {v} / redeem {a} {v} / grab {a} {v} / bring {a} back {v} / bring {a} home {v} / move {a} {v} to my wallet
  / move {a} {v} back to my wallet / return {a} {v} to my wallet / cash out {a} {v} / free up {a} {v} / unlend {a} {v} / un-deposit {a} {v}
  / exit {a} {v} / claim {a} back {v} / draw down my {p} deposit by {a} / collect {a} {v} / reclaim {a} {v} / retrieve {a} {v} / unsupply {a} {v}
  / fetch {a} {v} / extract {a} {v} / rescue {a} {v} / drain {a} {v} / withdraw {t} {v}, {n} / withdraw {k} of my {t} {v} / from {p} withdraw {a}
  / from {p} take {a} / from my {p} deposit take {a} / withdraw from {p}: {a} / make a withdrawal of {a} {v} / do a withdrawal {v}, {a}
  / stop lending {a} {v} / unlock {a} {v} / reduce my {p} deposit by {a} / yank {a} {v} / liberate {a} {v} / send {a} {v} back to my wallet
  / give me back {a} {v} / withdraw {a} of what i supplied {v}
`,
  free: list`
  {a} out of {p} / {a} back {v} / {a} {v} please / {a} {v} to my wallet / {a} {v} back into my wallet / i want {a} back {v} / i want {a} out of {p}
  / i need {a} {v} / i need {a} back {v} / i'd like {a} back {v} / i'd like {a} out of {p} / i'd like to have {a} back {v} / {p}: withdraw {a}
  / {p} withdraw {a} / {p} withdrawal, {a} / withdrawal: {a} {v} / {t} {n} withdraw {p} / {t}, {p}, withdraw {n} / withdrawing {a} {v}
  / taking {a} {v} / pulling {a} {v} / would you mind withdrawing {a} {v}? / could i have {a} back {v}? / can i get {a} back {v}
  / can i withdraw {a} {v}? / may i have {a} {v} / {a} should come back {v} / {a} should leave {p} / {a} needs to come out of {p} / give me {a} {v}
  / i don't trust {p} anymore, get {a} out / {p} scares me, take {a} out of there / the rates at {p} suck, pull {a} out
  / i lent {t} at {p}, i want {n} back / wd {a} {p} / i'm done with {p}. withdraw {a} / {p} - {a} - out / time to take {a} {v}
  / my {t} at {p}: take out {n} / i have {big} {t} {at}, take {n} out / i deposited {big} {t} {at}, i want {n} of it back
  / there's {big} {t} of mine {at}, withdraw {n} / i need {a}, it's {at} / i need {a}. take it {v} / how about withdrawing {a} {v}
  / i'd like to withdraw {a} {v} / {a} home {v} / a withdrawal of {a} {v} please / {p} holds my {t}, get {n} of it / my {t} is {at}, i want {n} back
  / my {t} sits {at}. {n} out please / {a} {v}, i need the money / i want my {t} back {v}, {n} / is it possible to take {a} {v}?
  / let me have {a} back {v} / {a} must leave {p} today
`,
} as const;

const WITHDRAW_ANYWHERE = {
  freeShare: 0.25,
  imperative: list`
  withdraw {a} / withdraw {a} from my deposit / withdraw {a} from lending / take {a} out of lending / pull {a} from my lending position
  / stop lending {a} / unlend {a} / get {a} back from the lending market / redeem {a} from my deposits / take {a} out of my deposits
`,
  free: [
    "i want {a} back from lending",
    "withdrawal: {a}",
    "i need {a} back from my deposits",
    "i'd like to have {a} back out of lending",
  ],
} as const;

export interface LendingGiven {
  readonly asset?: string;
  readonly protocol?: string;
  readonly imperative?: boolean;
}

/** A deposit, at a named venue in most cases. */
export function supply(rng: Rng, given: LendingGiven = {}): Clause {
  return lending(rng, "supply", given);
}

/** A withdrawal of something deposited. */
export function withdraw(rng: Rng, given: LendingGiven = {}): Clause {
  return lending(rng, "withdraw", given);
}

function lending(rng: Rng, type: "supply" | "withdraw", given: LendingGiven): Clause {
  const asset = given.asset ?? drawFrom(rng, lendable);
  const protocol = given.protocol ?? (chance(rng, 0.84) ? drawLender(rng) : undefined);
  const said = drawAmount(rng, asset, type === "supply" ? "wallet" : chance(rng, 0.7) ? "deposit" : "wallet");
  const imperative = given.imperative === true;
  const base = {
    a: said.full,
    n: said.bare,
    k: said.part,
    t: tokenName(rng, asset),
    big: value(spell(rng, quantity(rng, tokenWords(asset).size)).text),
  };
  if (protocol === undefined) {
    const forms = type === "supply" ? SUPPLY_ANYWHERE : WITHDRAW_ANYWHERE;
    return clause(rng, { ...forms, freeShare: imperative ? 0 : forms.freeShare }, base, [
      { type, asset, amount: said.amount },
    ]);
  }
  const forms = type === "supply" ? SUPPLY : WITHDRAW;
  const slots = {
    ...base,
    v: venue(rng, protocol, type === "supply" ? "into" : "from"),
    p: lenderName(rng, protocol),
    at: venue(rng, protocol, "at"),
  };
  return clause(rng, { ...forms, freeShare: imperative ? 0 : forms.freeShare }, slots, [
    { type, asset, amount: said.amount, protocol },
  ]);
}

const MOVE = {
  freeShare: 0.3,
  imperative: list`
  move {a} from {p} to {q} / move {a} from {p} to {q} / shift {a} from {p} to {q} / migrate {a} from {p} to {q} / transfer {a} from {p} to {q}
  / switch {a} from {p} to {q} / roll {a} from {p} into {q} / relocate {a} from {p} to {q} / carry {a} over from {p} to {q}
  / bring {a} from {p} over to {q} / move {a} out of {p} into {q} / move {a} over to {q} from {p} / rotate {a} from {p} into {q}
  / port {a} from {p} to {q} / shift {a} over from {p} into {q} / get {a} off {p} and onto {q} / push {a} from {p} to {q}
  / reallocate {a} from {p} to {q} / change {a} from {p} to {q}
`,
  free: list`
  {a}: {p} -> {q} / {a} from {p} to {q} / {a} from {p} to {q} please / {p} to {q}: {a} / {p} -> {q} {a} / i want {a} at {q} instead of {p}
  / i want {a} moved from {p} to {q} / i'd like {a} to go from {p} to {q} / {a} should be on {q} not {p} / {a} at {p} should go to {q}
  / i lend on {p} but want {a} over at {q}
`,
} as const;
const MOVE_BEST = {
  freeShare: 0.2,
  imperative: list`
  move {a} from {p} to the best rate / move {a} from {p} to wherever pays most / move {a} out of {p} to a better rate
  / shift {a} from {p} to the best place / relocate {a} from {p} to whoever pays the most / find a better rate for {a} at {p} and move it there
  / migrate {a} from {p} to the top yield
`,
  free: [
    "{a} at {p} earns too little, move it somewhere better",
    "{a} at {p} should be at the best rate",
    "{p} pays nothing, move {a} to the best rate",
    "{a} from {p} to the best rate",
  ],
} as const;

/** A deposit carried from one venue to another, or to the best one when none is named. */
export function move(rng: Rng): Clause {
  const asset = drawFrom(rng, lendable);
  const from = drawLender(rng);
  const to = drawLender(rng, [from]);
  const said = drawAmount(rng, asset, "deposit");
  const slots = { a: said.full, p: lenderName(rng, from), q: lenderName(rng, to) };
  if (chance(rng, 0.22)) return clause(rng, MOVE_BEST, slots, [{ type: "move", asset, amount: said.amount, from }]);
  return clause(rng, MOVE, slots, [{ type: "move", asset, amount: said.amount, from, to }]);
}

const COLLATERAL_ON = list`
  use my {t} as collateral{v} / use {t} as collateral{v} / enable {t} as collateral{v} / enable my {t} as collateral{v}
  / turn on collateral for {t}{v} / turn on {t} as collateral{v} / set {t} as collateral{v} / switch on collateral for my {t}{v}
  / let my {t}{v} count as collateral / allow my {t}{v} to be used as collateral / make my {t}{v} collateral / mark {t} as collateral{v}
  / activate {t} as collateral{v} / let my {t} back my loan{v} / make the {t} i deposited{v} count as collateral
`;
const COLLATERAL_OFF = list`
  turn off collateral for {t}{v} / turn off {t} as collateral{v} / disable {t} as collateral{v} / disable collateral for my {t}{v}
  / stop using {t} as collateral{v} / stop using my {t} as collateral{v} / don't use my {t} as collateral{v} / remove {t} as collateral{v}
  / remove my {t} from collateral{v} / switch off collateral for {t}{v} / unset {t} as collateral{v} / deactivate {t} as collateral{v}
  / make my {t}{v} non-collateral / take my {t} off the collateral list{v} / no longer count {t} as collateral{v}
`;

/** A deposit switched on or off as collateral. */
export function setCollateral(rng: Rng, given: LendingGiven & { readonly enabled?: boolean } = {}): Clause {
  const asset = given.asset ?? drawFrom(rng, lendable);
  const protocol = given.protocol ?? (chance(rng, 0.75) ? drawLender(rng, ["savings"]) : undefined);
  const enabled = given.enabled ?? chance(rng, 0.5);
  const v = protocol === undefined ? [] : [{ text: " ", kind: "words" as const }, ...venue(rng, protocol, "at")];
  const free = enabled
    ? ["{t} collateral on{v}", "collateral on for {t}{v}", "{t} collateral: enable{v}"]
    : ["{t} collateral off{v}", "collateral off for {t}{v}", "{t} collateral: disable{v}"];
  const forms = {
    freeShare: given.imperative === true ? 0 : 0.12,
    imperative: enabled ? COLLATERAL_ON : COLLATERAL_OFF,
    free,
  };
  return clause(rng, forms, { t: tokenName(rng, asset), v }, [
    { type: "set-collateral", asset, enabled, ...(protocol === undefined ? {} : { protocol }) },
  ]);
}
