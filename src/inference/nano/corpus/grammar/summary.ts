import type { Amount, SimpleAction } from "../../../../domain/intent.ts";
import { lenders } from "../lexicon/protocols.ts";
import { int, pick, type Rng } from "../random.ts";

const VERB: Readonly<Partial<Record<SimpleAction["type"], string>>> = {
  supply: "Supply",
  withdraw: "Withdraw",
  borrow: "Borrow",
  repay: "Repay",
  stake: "Stake",
  unstake: "Unstake",
  bridge: "Bridge",
};

/** What the agent shows before consent, in its own short wording. */
export function summary(rng: Rng, action: SimpleAction): string {
  const end = pick(rng, [" Approve?", " Shall I go ahead?", " OK?", "", " Confirm to continue.", " Approve?"]);
  return `${pick(rng, ["", "Plan: ", "Preview: ", "Ready: "])}${sentence(rng, action)}.${end}`;
}

function sentence(rng: Rng, action: SimpleAction): string {
  switch (action.type) {
    case "swap": {
      const out = `${int(rng, 1, 900)}.${int(rng, 1, 99)}`;
      if (action.side === "buy") return `buy ${amount(action.amount, action.buy)} for about ${out} ${action.sell}`;
      return pick(rng, [
        `swap ${amount(action.amount, action.sell)} for about ${out} ${action.buy}`,
        `${amount(action.amount, action.sell)} → ${out} ${action.buy}`,
        `sell ${amount(action.amount, action.sell)}, receive about ${out} ${action.buy}`,
      ]);
    }
    case "transfer":
      return pick(rng, [
        `${amount(action.amount, action.asset)} to ${action.to}`,
        `send ${amount(action.amount, action.asset)} to ${action.to}`,
      ]);
    case "earn":
      return `${amount(action.amount, action.source)} into ${action.asset === "any:stablecoin" ? "USDC" : action.asset} on ${place(pick(rng, ["aave-v3", "morpho", "spark"]))} at ${int(rng, 2, 8)}.${int(rng, 1, 9)} %`;
    case "move":
      return `move ${amount(action.amount, action.asset)} from ${place(action.from)} to ${place(action.to ?? "morpho")}`;
    case "supply":
    case "withdraw":
    case "borrow":
    case "repay":
      return `${VERB[action.type]} ${amount(action.amount, action.asset)}${action.protocol === undefined ? "" : ` ${action.type === "withdraw" ? "from" : "on"} ${place(action.protocol)}`}`;
    default:
      return "the plan is ready";
  }
}

function place(id: string | undefined): string {
  const names: Readonly<Record<string, string>> = {
    "aave-v3": "Aave v3",
    "compound-v3": "Compound v3",
    savings: "the savings vault",
  };
  return id === undefined ? "your wallet" : (names[id] ?? lenders.find((lender) => lender.id === id)?.names[2] ?? id);
}

function amount(said: Amount, symbol: string): string {
  switch (said.unit) {
    case "token":
      return `${said.value} ${symbol}`;
    case "usd":
      return `$${said.value} of ${symbol}`;
    case "percent":
      return `${said.value} % of your ${symbol}`;
    case "health-factor":
      return `${symbol} until the health factor is ${said.value}`;
    default:
      return `all of your ${symbol}`;
  }
}
