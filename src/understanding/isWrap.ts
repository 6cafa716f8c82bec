import type { SimpleAction } from "../domain/intent.ts";

const PAIRS: ReadonlySet<string> = new Set(["ETH>WETH", "WETH>ETH", "stETH>wstETH", "wstETH>stETH"]);

/** Whether a swap wraps or unwraps a coin (Reading 8). */
export function isWrap({ sell, buy }: Extract<SimpleAction, { type: "swap" }>): boolean {
  return PAIRS.has(`${sell}>${buy}`);
}
