import { expect, test } from "vitest";
import type { Intent } from "../domain/intent.ts";
import { parseLabel } from "../inference/nano/corpus/shorthand.ts";
import { sayIntent } from "./sayIntent.ts";

const intentOf = (label: string) => {
  const { kind, ...intent } = parseLabel(label) as { kind: string } & Intent;
  return kind === "act" ? intent : { actions: [] };
};

test.each([
  ["swap USDC>ETH 100", "swap 100 USDC for ETH"],
  ["swap ETH>USDC 500 buy limit=3000", "buy 500 USDC with ETH at 3000 or better"],
  ["transfer DAI $50 to=bob.eth", "send $50 of DAI to bob.eth"],
  [
    "swap DAI>ETH 50% ; supply ETH prev @aave-v3",
    "swap 50 % of the DAI for ETH, then supply what comes out, protocol aave-v3",
  ],
  ["earn ETH>any:stablecoin $1000", "put $1000 of ETH where a stablecoin earns most"],
  ["repay DAI hf1.8", "repay enough DAI for a health factor of 1.8"],
  ["recur every=week:monday { swap USDC>ETH $50 }", "every week:monday: swap $50 of USDC for ETH"],
  ["when gas-below 10 { notify }", "when type gas-below value 10: notify"],
  ["withdraw USDC all | gas=4", "withdraw all USDC; gas in US dollars at most 4"],
])("default: %s", (label, said) => expect(sayIntent(intentOf(label))).toBe(said));
