import { type Answer, toAnswer } from "./toAnswer.ts";

/** What may be said, by example. */
const EXAMPLES = [
  'do: "swap half my DAI for ETH", "lend 500 USDC where it pays best", "repay my loan until the health factor is 1.8"',
  'ask what you have: "what is my USDC balance", "show my portfolio", "how healthy is my loan", "what did I do last"',
  'ask the market: "what does ETH cost", "where does USDC pay most", "what would I get for 1 WBTC", "what does gas cost"',
  'ask before you trust: "is this token safe 0x…", "what is this contract 0x…", "what did transaction 0x… do", "who may take my tokens"',
  "nothing is sent before you have seen what it will do and said yes to exactly that",
];

/** What Intendant can do, with words that work. */
export function describeHelp(): Answer {
  return toAnswer({
    says: "Say what you want to do with your funds, or ask about them: swap, send, supply, withdraw, borrow, repay, move or earn the best yield.",
    facts: EXAMPLES,
    source: "this program",
  });
}
