import { type Spelled, spell } from "../numbers.ts";
import { chance, int, type Rng } from "../random.ts";

/** A day in 2026 or 2027 as ISO date. */
export function isoDate(rng: Rng): string {
  return `${int(rng, 2026, 2027)}-${String(int(rng, 1, 12)).padStart(2, "0")}-${String(int(rng, 1, 28)).padStart(2, "0")}`;
}

/** A price of a volatile token in dollars, as people say it. */
export function price(rng: Rng, symbol: string): Spelled {
  if (symbol === "WBTC") return spell(rng, String(int(rng, 40, 160) * 1000));
  if (["ETH", "WETH", "stETH", "wstETH", "rETH", "MKR"].includes(symbol))
    return spell(rng, String(chance(rng, 0.7) ? int(rng, 12, 60) * 100 : int(rng, 1500, 6000)));
  return spell(rng, chance(rng, 0.5) ? String(int(rng, 2, 400)) : `${int(rng, 0, 40)}.${int(rng, 1, 99)}`);
}
