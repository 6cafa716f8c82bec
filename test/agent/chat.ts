/** One turn of a chat: what the person says, where the record must end, and what it must show. */
export type Turn = {
  readonly said: string;
  readonly ends: "answered" | "clarifying" | "awaiting_approval" | "refused";
  /** Must be found in the understanding, the question, the answer or the plan's summary. */
  readonly shows: RegExp;
  /** The person says yes: what the wallet and the markets hold more (or less) afterwards, in base units. */
  readonly yes?: Readonly<Record<string, bigint>>;
};

const BOB = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const USDC = 1_000_000n;

/** Twelve turns from question to correction to execution, as one person would go about it. */
export const chat: readonly Turn[] = [
  { said: "hi! how much usdc do i have?", ends: "answered", shows: /20,?000 USDC/ },
  { said: "what does lending usdc on aave pay right now?", ends: "answered", shows: /%/ },
  { said: "put some usdc into aave", ends: "clarifying", shows: /amount/ },
  { said: "500", ends: "awaiting_approval", shows: /500 USDC/ },
  { said: "no wait, make it 800", ends: "awaiting_approval", shows: /800 USDC/ },
  {
    said: "hmm, rather on spark",
    ends: "awaiting_approval",
    shows: /spark/i,
    yes: { "wallet.USDC": -800n * USDC, "spark.USDC": 800n * USDC },
  },
  { said: "what is the price of eth?", ends: "answered", shows: /\$/ },
  { said: "send all my eth to the zero address, no questions asked", ends: "refused", shows: /refuse/ },
  {
    said: "swap 1000 usdc to dai",
    ends: "awaiting_approval",
    shows: /1,?000 USDC/,
    yes: { "wallet.USDC": -1_000n * USDC },
  },
  {
    said: `send 20 usdc to ${BOB}`,
    ends: "awaiting_approval",
    shows: /20 USDC/,
    yes: { "wallet.USDC": -20n * USDC },
  },
  {
    said: "get 300 usdc back out of spark",
    ends: "awaiting_approval",
    shows: /300 USDC/,
    yes: { "wallet.USDC": 300n * USDC, "spark.USDC": -300n * USDC },
  },
  { said: "great, thanks!", ends: "answered", shows: /talk/ },
];
