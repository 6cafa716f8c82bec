import { formatUnits, parseUnits } from "viem";
import type { DevnetDeployment } from "../../src/devnet/index.ts";
import type { Holdings } from "./holdings.ts";
import type { Effect } from "./requests.ts";

/** Places that grow by the second: a minute's interest, and the two units of rounding of scaled balances. */
const ACCRUING = /^(aave|spark|morpho|vault|earning)/;
const LENDERS = ["aave", "spark", "morpho", "vault"];
const STABLES = ["USDC", "USDT", "DAI"];

/**
 * Compares what changed with what was asked. Exact in wallets and allowances; positions may have accrued a millionth.
 *
 * @returns one line per difference; empty = exactly the effect asked for.
 */
export function judgeEffect(
  deployment: DevnetDeployment,
  { before, after }: { readonly before: Holdings; readonly after: Holdings },
  effect: Effect,
): readonly string[] {
  const decimalsOf = (key: string) => {
    const symbol = key.split(".")[1] ?? "";
    return symbol === "stable" ? 18 : ((deployment.tokens[symbol] ?? deployment.zoo[symbol])?.decimals ?? 18);
  };
  const members = (key: string) => membersOf(key).filter((member) => before.has(member));
  const total = (holdings: Holdings, key: string) =>
    members(key).reduce(
      (sum, member) => sum + (holdings.get(member) ?? 0n) * 10n ** BigInt(decimalsOf(key) - decimalsOf(member)),
      0n,
    );
  const compare = (key: string, least: bigint, most: bigint, slack: bigint) => {
    const change = total(after, key) - total(before, key);
    if (change >= least - slack && change <= most + slack) return [];
    const show = (amount: bigint) => formatUnits(amount, decimalsOf(key));
    return [`${key} ${show(change)}, wanted ${least === most ? show(least) : `${show(least)} to ${show(most)}`}`];
  };
  const slackOf = (key: string) =>
    ACCRUING.test(key) ? 2n + (total(before, key) + total(after, key)) / 1_000_000n : 0n;

  const named = Object.entries(effect).flatMap(([key, wanted]) => {
    if (members(key).length === 0) return [`${key} is no place of the chain`];
    const [least, most] = typeof wanted === "string" ? [wanted, wanted] : wanted;
    const units = (whole: string) => parseUnits(whole, decimalsOf(key));
    return compare(key, units(least), units(most), slackOf(key));
  });
  const expected = new Set(Object.keys(effect).flatMap(membersOf));
  const rest = [...before.keys()].filter((key) => !expected.has(key));
  return [...named, ...rest.flatMap((key) => compare(key, 0n, 0n, slackOf(key)))];
}

/** `earning.DAI` stands for DAI at every lender, `earning.stable` for every stablecoin there. */
function membersOf(key: string): readonly string[] {
  const [place, symbol = ""] = key.split(".");
  if (place !== "earning") return [key];
  const symbols = symbol === "stable" ? STABLES : [symbol];
  return LENDERS.flatMap((lender) => symbols.map((name) => `${lender}.${name}`));
}
