import {
  type Abi,
  type AbiFunction,
  type Address,
  encodeAbiParameters,
  encodeFunctionData,
  erc20Abi,
  keccak256,
  numberToHex,
  parseAbi,
} from "viem";
import { createReader } from "../../../src/chain/createReader.ts";
import { freshAccount } from "../../../src/risk/activeTraps.ts";
import { runSale } from "../../../src/risk/saleRun.ts";
import { findPair } from "../../../src/risk/trade.ts";
import { type BenchChain, FACTORY, ROUTER } from "./chain.ts";
import { ANSWERS, type Answer, answering, type Deployed, guesses } from "./deploy.ts";
import { guessValue, OTHER } from "./values.ts";

/** How a token came to be traded, or why it is not. */
export type Market = {
  readonly buyable: boolean;
  /** What the bench had to do first: opening calls, waiting, a balance written into storage. */
  readonly steps: readonly string[];
};

const ETHER = 10n ** 18n;
const LIQUIDITY_WEI = 50n * ETHER;
/** A pair holds at most uint112 of each token. */
const MOST_TOKENS = 10n ** 30n;
const OPENS =
  /open|enabl|start|launch|trad|unpause|unlock|unfreeze|release|activ|resume|finali|^init|addliquidity|^go|transferable/i;
const CLOSES = /disable|close|stop|renounce|withdraw|burn|deactiv|^pause|^lock|endtrad/i;
const SWITCHES = /paus|halt|freez|lock|stop/i;
const MINTS = /^_?(?:mint|issue|init|generate|create|distribut|allocat|vest|assign|airdrop)/i;
const PAIR_SETTER = /pair|pool(?!fee)/i;
const PAIR = parseAbi(["function mint(address to) returns (uint256)"]);
const WETH = parseAbi(["function deposit() payable", "function transfer(address to, uint256 amount) returns (bool)"]);
const OWNERS = parseAbi(["function owner() view returns (address)"]);
const LATER_SECONDS = 400n * 86_400n;

/** `helpers`: what contracts answer that the token asks and that are not there. */
type Try = { readonly open: boolean; readonly later: boolean; readonly helpers?: Answer };
const TRIES: readonly Try[] = [
  { open: false, later: false },
  { open: true, later: false },
  { open: true, later: true },
  ...ANSWERS.map((helpers) => ({ open: true, later: false, helpers })),
];

/** Gives a token a Uniswap v2 pair with 50 ether and opens its trading, as its owner would; as little as does it. */
export async function makeMarket(chain: BenchChain, deployed: Deployed): Promise<Market> {
  let start = await chain.rpc<string>("evm_snapshot", []);
  let [paired, last]: [Try | undefined, Market] = [undefined, { buyable: false, steps: [] }];
  for (const one of TRIES) {
    const market = await attempt(chain, deployed, one);
    if (market.buyable) return market;
    if (market.paired && paired === undefined) [paired, last] = [one, market];
    await chain.rpc("evm_revert", [start]);
    start = await chain.rpc<string>("evm_snapshot", []);
  }
  // Nobody can buy it; the scanner shall see what a pair there is.
  return paired === undefined ? { ...last, steps: ["no pair could be made"] } : await attempt(chain, deployed, paired);
}

async function attempt(chain: BenchChain, deployed: Deployed, { open, later, helpers }: Try) {
  const steps: string[] = [];
  const owners = await ownersOf(chain, deployed);
  if (later) {
    await chain.rpc("evm_increaseTime", [numberToHex(LATER_SECONDS)]);
    await chain.rpc("evm_mine", []);
    steps.push("400 days later");
  }
  const holder = await richest(chain, deployed, owners, steps);
  if (helpers !== undefined) steps.push(...(await placeHelpers(chain, deployed.token, holder, helpers)));
  if (open) steps.push(...(await openTrading(chain, deployed, owners)));
  const paired = await addLiquidity(chain, deployed.token, holder);
  if (paired)
    steps.push(...(await callAll(chain, deployed, owners, isPairSetter, await pairOf(chain, deployed.token))));
  if (paired && open) steps.push(...(await openTrading(chain, deployed, owners)));
  return { buyable: paired && (await canBuy(chain, deployed.token)), paired, steps };
}

async function ownersOf(chain: BenchChain, { token }: Deployed): Promise<readonly Address[]> {
  try {
    const owner = (await chain.read(token, OWNERS, "owner")) as Address;
    return BigInt(owner) === 0n ? [chain.deployer, OTHER] : [...new Set([chain.deployer, owner, OTHER])];
  } catch {
    return [chain.deployer, OTHER];
  }
}

/** Puts a contract that answers always the same at every empty address that a transfer asks. */
async function placeHelpers(
  chain: BenchChain,
  token: Address,
  holder: Address,
  answer: Answer,
): Promise<readonly string[]> {
  const to = freshAccount();
  const data = encodeFunctionData({ abi: erc20Abi, functionName: "transfer", args: [to, 1n] });
  const placed: string[] = [];
  // One helper may lead to the next.
  for (let round = 0; round < 3; round++) {
    const tracer = { tracer: "prestateTracer" };
    const touched = await chain.rpc<object>("debug_traceCall", [{ from: holder, to: token, data }, "latest", tracer]);
    for (const [address, { code }] of Object.entries(touched) as [Address, { readonly code?: string }][]) {
      const plain = [holder, to, chain.deployer].some((one) => one.toLowerCase() === address.toLowerCase());
      if (plain || BigInt(address) <= 0xffffn || (code ?? "0x") !== "0x") continue;
      await chain.rpc("anvil_setCode", [address, answering(answer)]);
      placed.push(`a helper that answers with ${answer} at ${address}`);
    }
  }
  return placed;
}

/** Who can fund the pair: a holder by birth, else one made by the owner's minting, else one written into storage. */
async function richest(
  chain: BenchChain,
  deployed: Deployed,
  owners: readonly Address[],
  steps: string[],
): Promise<Address> {
  const { token } = deployed;
  for (const round of ["birth", "mint"] as const) {
    if (round === "mint") steps.push(...(await callAll(chain, deployed, owners, isMinting)));
    const candidates = [...new Set([...owners, ...deployed.holders])];
    const held = await Promise.all(candidates.map((one) => chain.balanceOf(token, one)));
    const most = held.reduce((best, amount, at) => (amount > (held[best] ?? 0n) ? at : best), 0);
    if ((held[most] ?? 0n) > 1_000n) return candidates[most] ?? chain.deployer;
  }
  if (await writeBalance(chain, token, chain.deployer)) steps.push("balance written into storage");
  return chain.deployer;
}

/** Looks for the mapping of balances (Solidity's and Vyper's order of key and slot) and writes one. */
async function writeBalance(chain: BenchChain, token: Address, holder: Address): Promise<boolean> {
  const types = [{ type: "uint256" }, { type: "uint256" }] as const;
  for (let slot = 0n; slot < 24n; slot++)
    for (const key of [[BigInt(holder), slot] as const, [slot, BigInt(holder)] as const]) {
      const at = keccak256(encodeAbiParameters(types, key));
      const before = await chain.client.getStorageAt({ address: token, slot: at });
      await chain.rpc("anvil_setStorageAt", [token, at, numberToHex(10n ** 24n, { size: 32 })]);
      if ((await chain.balanceOf(token, holder)) === 10n ** 24n) return true;
      await chain.rpc("anvil_setStorageAt", [token, at, before ?? numberToHex(0n, { size: 32 })]);
    }
  return false;
}

const acts = (item: Abi[number]): item is AbiFunction =>
  item.type === "function" && item.stateMutability !== "view" && item.stateMutability !== "pure";
const isOpening = ({ name, inputs }: AbiFunction) =>
  OPENS.test(name) &&
  !CLOSES.test(name) &&
  inputs.every(({ type }) => type === "bool" || type.startsWith("uint")) &&
  inputs.length <= 2;
const isSwitch = ({ name, inputs }: AbiFunction) =>
  SWITCHES.test(name) && inputs.length > 0 && inputs.every(({ type }) => type === "bool");
const isMinting = ({ name, inputs }: AbiFunction) => MINTS.test(name) && inputs.length <= 5;
const isPairSetter = ({ name, inputs }: AbiFunction) =>
  PAIR_SETTER.test(name) && inputs[0]?.type === "address" && inputs.length <= 2 && !/remove|exclude/i.test(name);

/** Turns off what stops trading, then turns on what starts it. */
async function openTrading(chain: BenchChain, deployed: Deployed, owners: readonly Address[]) {
  const off = await callAll(chain, deployed, owners, isSwitch);
  return [...off, ...(await callAll(chain, deployed, owners, isOpening))];
}

/** Calls every such function as every owner, with guessed values, or with the pair in front; names those that went through. */
async function callAll(
  chain: BenchChain,
  { token, abi }: Deployed,
  owners: readonly Address[],
  wanted: (item: AbiFunction) => boolean,
  first?: Address,
): Promise<readonly string[]> {
  const { timestamp } = await chain.client.getBlock();
  const done: string[] = [];
  for (const item of abi.filter(acts).filter(wanted))
    for (const from of owners) {
      const guess = guesses(chain, { variant: 0, now: timestamp, symbol: "QZX", logic: undefined });
      const args = item.inputs.map((input, at) =>
        at === 0 && first !== undefined ? first : guessValue({ ...input, name: input.name || item.name }, guess),
      );
      try {
        const data = encodeFunctionData({ abi: [item], functionName: item.name, args });
        if ((await chain.send({ from, to: token, data })).ok) done.push(item.name);
      } catch {
        // A parameter of a kind that nobody can guess.
      }
    }
  return [...new Set(done)];
}

async function pairOf(chain: BenchChain, token: Address): Promise<Address> {
  return (await chain.read(chain.factory, FACTORY, "getPair", [token, chain.addresses.wrappedNative])) as Address;
}

/** Through the router; where the router cannot (odd return values), by plain transfers into the pair. */
async function addLiquidity(chain: BenchChain, token: Address, holder: Address): Promise<boolean> {
  const { factory, router, addresses } = chain;
  const held = await chain.balanceOf(token, holder);
  const amount = held / 2n > MOST_TOKENS ? MOST_TOKENS : held / 2n;
  if (amount <= 1_000n) return false;
  if (BigInt(await pairOf(chain, token)) === 0n)
    await chain.call(holder, factory, FACTORY, "createPair", [token, addresses.wrappedNative]);
  await chain.call(holder, token, erc20Abi, "approve", [router, 2n ** 255n]);
  const args = [token, amount, 0n, 0n, holder, 2n ** 40n] as const;
  const data = encodeFunctionData({ abi: ROUTER, functionName: "addLiquidityETH", args });
  if ((await chain.send({ from: holder, to: router, data, value: LIQUIDITY_WEI })).ok) return true;
  const pair = await pairOf(chain, token);
  await chain.call(holder, token, erc20Abi, "transfer", [pair, amount]);
  const deposit = encodeFunctionData({ abi: WETH, functionName: "deposit" });
  await chain.send({ from: holder, to: addresses.wrappedNative, data: deposit, value: LIQUIDITY_WEI });
  await chain.call(holder, addresses.wrappedNative, WETH, "transfer", [pair, LIQUIDITY_WEI]);
  return (await chain.call(holder, pair, PAIR, "mint", [holder])).ok;
}

async function canBuy(chain: BenchChain, token: Address): Promise<boolean> {
  const reader = await createReader(chain.client, { addresses: chain.addresses, tokens: chain.tokens });
  const pair = await findPair(reader, token);
  if (pair === undefined) return false;
  const spend = LIQUIDITY_WEI / 10_000n;
  const { bought = 0n } = await runSale({ reader, token, pair, buyer: freshAccount(), spend, bought: 0n, parts: [] });
  return bought > 0n;
}
