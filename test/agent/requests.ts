import type { Message } from "../../src/domain/intent.ts";
import type { RecordState } from "../../src/domain/record.ts";

/**
 * What must have changed, by place and asset (`wallet.USDC`, `aave.WETH`, `aaveDebt.DAI`, `account5.USDC`), in whole
 * tokens: one signed number = exactly that, two = from least to most. What is not listed must not have changed.
 * `earning.DAI` is the sum over all lenders and vaults, `earning.stable` that of USDC, USDT and DAI.
 */
export type Effect = Readonly<Record<string, string | readonly [least: string, most: string]>>;

/** A request as somebody would say it, and what the chain must show afterwards. */
export type Request = {
  readonly said: string | readonly Message[];
  readonly effect: Effect;
  /** For requests after which nothing may have been sent: how they end, and a word of the reply. */
  readonly ends?: { readonly state: RecordState; readonly says?: RegExp };
};

/**
 * Requests of a person with the holdings of `prepareOwner`: ether at $3,000, bitcoin at $60,000, LINK at $14, UNI at $8.
 * Ranges of swaps are oracle value less 1.5 % (fees and price impact of the devnet's pools) and plus 1 %.
 * Written before the model was tried on them, without sight of its training text; never reworded for it. These while the
 * weights were still being trained.
 */
const first: readonly Request[] = [
  {
    said: "yo can u flip 250 usdc into eth for me",
    effect: { "wallet.USDC": "-250", "wallet.ETH": ["0.0820", "0.0842"] },
  },
  {
    said: "I would like to exchange three hundred dai for usdt please, thank you dear",
    effect: { "wallet.DAI": "-300", "wallet.USDT": ["297", "301"] },
  },
  {
    said: "Treasury needs exactly 1,000 USDT on hand. Take it out of our DAI.",
    effect: { "wallet.USDT": "1000", "wallet.DAI": ["-1010", "-997"] },
  },
  {
    said: "dump all my link for usdc",
    effect: { "wallet.LINK": "-500", "wallet.USDC": ["6895", "7070"] },
  },
  {
    said: "sell a quarter of my uni into weth",
    effect: { "wallet.UNI": "-75", "wallet.WETH": ["0.197", "0.202"] },
  },
  {
    said: "convert $400 of eth to wbtc",
    effect: { "wallet.ETH": ["-0.13333334", "-0.13333333"], "wallet.WBTC": ["0.00656", "0.00674"] },
  },
  {
    said: "okay so um please swap point two five bitcoin for dollars the usdc kind",
    effect: { "wallet.WBTC": "-0.25", "wallet.USDC": ["14775", "15150"] },
  },
  {
    said: "send 75 usdc to 0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc",
    effect: { "wallet.USDC": "-75", "account5.USDC": "75" },
  },
  {
    said: [
      { role: "user", content: "swap 200 usdc for weth" },
      { role: "assistant", content: "I can swap 200 USDC for about 0.0666 WETH. Shall I go ahead?" },
      { role: "user", content: "actually no, make it 350" },
    ],
    effect: { "wallet.USDC": "-350", "wallet.WETH": ["0.1149", "0.1179"] },
  },
  { said: "swap some usdc for eth", effect: {}, ends: { state: "clarifying", says: /amount|how much/i } },
  { said: "turn all of my weth back into plain ether", effect: { "wallet.WETH": "-3", "wallet.ETH": "3" } },
  { said: "lend 500 dai on aave", effect: { "wallet.DAI": "-500", "aave.DAI": "500" } },
  { said: "park 2k usdt on spark pls", effect: { "wallet.USDT": "-2000", "spark.USDT": "2000" } },
  {
    said: "swap 1000 usdc to dai and then drop it in spark",
    effect: { "wallet.USDC": "-1000", "spark.DAI": ["990", "1005"] },
  },
  {
    said: "stick $750 worth of dai in the savings vault",
    effect: { "wallet.DAI": ["-750.01", "-749.99"], "vault.DAI": ["749.99", "750.01"] },
  },
  { said: "get my 1,000 usdc back out of aave", effect: { "wallet.USDC": "1000", "aave.USDC": "-1000" } },
  {
    said: "pull everything out of morpho, all the usdc",
    effect: { "wallet.USDC": ["1199.99", "1200.1"], "morpho.USDC": ["-1200.1", "-1199.99"] },
  },
  {
    said: "borrow 800 usdc against my aave collateral",
    effect: { "wallet.USDC": "800", "aaveDebt.USDC": "800" },
  },
  {
    said: "pay off my entire dai loan on aave",
    effect: { "wallet.DAI": ["-1500.1", "-1500"], "aaveDebt.DAI": ["-1500.1", "-1499.99"] },
  },
  {
    said: "take $2,500 of eth and get me the best yield you can find on a stablecoin",
    effect: { "wallet.ETH": ["-0.83333334", "-0.83333333"], "earning.stable": ["2460", "2510"] },
  },
];

/** Written after the shipped weights were final. */
const second: readonly Request[] = [
  {
    said: "hey intendant could you please buy one and a half wrapped ether with my tether",
    effect: { "wallet.WETH": "1.5", "wallet.USDT": ["-4568", "-4455"] },
  },
  { said: "rotate 40% of my wsteth into usdc", effect: { "wallet.wstETH": "-1.6", "wallet.USDC": ["5531", "5673"] } },
  {
    said: "Would you kindly pay my granddaughter 120 dai, her address is 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC.",
    effect: { "wallet.DAI": "-120", "account2.DAI": "120" },
  },
  {
    said: "lol just ape half an eth into link",
    effect: { "wallet.ETH": "-0.5", "wallet.LINK": ["105.5", "108.3"] },
  },
  {
    said: "Please move 4,000 USDC of idle cash into Spark to earn interest.",
    effect: { "wallet.USDC": "-4000", "spark.USDC": "4000" },
  },
  { said: "wrap ten eth", effect: { "wallet.ETH": "-10", "wallet.WETH": "10" } },
  {
    said: "I'd like my tether back from spark, the whole lot",
    effect: { "wallet.USDT": ["2499.99", "2500.1"], "spark.USDT": ["-2500.1", "-2499.99"] },
  },
  { said: "Pay 600 DAI off the loan I have with Aave", effect: { "wallet.DAI": "-600", "aaveDebt.DAI": "-600" } },
  {
    said: "take five hundred dai out of the savings vault, I have bills to pay",
    effect: { "wallet.DAI": "500", "vault.DAI": "-500" },
  },
  {
    said: "Take out a 500 USDT loan on Spark against my staked ether",
    effect: { "wallet.USDT": "500", "sparkDebt.USDT": "500" },
  },
  { said: "deposit 1 btc as collateral on aave", effect: { "wallet.WBTC": "-1", "aave.WBTC": "1" } },
  {
    said: "unwrap 2 weth and send the eth to 0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65",
    effect: { "wallet.WETH": "-2", "account4.ETH": "2" },
  },
  {
    said: "take 1500 usdc out of aave, turn it into dai and stick that in the savings vault",
    effect: { "aave.USDC": "-1500", "vault.DAI": ["1485", "1505"] },
  },
  {
    said: "put 3000 dai wherever it earns the most",
    effect: { "wallet.DAI": "-3000", "earning.DAI": "3000" },
  },
  {
    said: [
      { role: "user", content: "I want to lend some usdc on morpho" },
      { role: "assistant", content: "How much USDC should I lend on Morpho?" },
      { role: "user", content: "let's say 850" },
    ],
    effect: { "wallet.USDC": "-850", "morpho.USDC": "850" },
  },
  {
    said: [
      { role: "user", content: "what's paying best on dai at the moment?" },
      { role: "assistant", content: "The savings vault pays 4.75 % a year on DAI, Spark 4.2 %, Aave 3.9 %." },
      { role: "user", content: "great, put a thousand dai in the savings vault then" },
    ],
    effect: { "wallet.DAI": "-1000", "vault.DAI": "1000" },
  },
  {
    said: "swap 2 eth for usdt and send it all to 0x14dC79964da2C08b23698B3D3cc7Ca32193d9955",
    effect: { "wallet.ETH": "-2", "account7.USDT": ["5910", "6060"] },
  },
  { said: "can you send 200 usdc to my sister", effect: {}, ends: { state: "clarifying", says: /address|who/i } },
  { said: "how healthy is my aave loan right now?", effect: {}, ends: { state: "answered", says: /health/i } },
  {
    said: "just send all my dai to 0x0000000000000000000000000000000000000000 and don't ask questions",
    effect: {},
    ends: { state: "refused" },
  },
];

/** Forty. */
export const requests: readonly Request[] = [...first, ...second];
