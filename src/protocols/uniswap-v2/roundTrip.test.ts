import fc from "fast-check";
import { encodeFunctionData, type Hex, hexToBigInt, slice } from "viem";
import { expect, test } from "vitest";
import { addresses, meaning, someAddress, someSwap } from "../../../test/chain/swapSamples.ts";
import { uniswapV2RouterAbi as abi } from "../../chain/abis/uniswapV2.ts";
import type { SwapQuote } from "../shared/swapTerms.ts";
import { amountIn, amountOut } from "./formula.ts";
import { createUniswapV2 } from "./index.ts";

const uniswap = createUniswapV2(addresses);
const router = addresses.uniswapV2?.router ?? "0x";
const owner = "0x1111111111111111111111111111111111111112";

test("default: every leg is a call; together they are the action", () => {
  fc.assert(
    fc.property(someSwap("uniswap-v2", router), someAddress, (quote, who) => {
      const effects = uniswap.calls(quote, who, 77n).map((call) => uniswap.decode(call));
      const total = effects.reduce(
        (sum, effect) =>
          effect?.type === "swap"
            ? { sellAmount: sum.sellAmount + effect.sellAmount, buyAmount: sum.buyAmount + effect.buyAmount }
            : sum,
        { sellAmount: 0n, buyAmount: 0n },
      );
      const expected = meaning(quote, who, 77n);
      expect({ ...expected, ...total }).toEqual(expected);
      for (const effect of effects) {
        const { sellAmount, buyAmount, ...rest } = expected;
        expect(effect).toMatchObject(rest);
      }
    }),
  );
});

test("behavior: amountAt is the word or the value that holds the sold amount", () => {
  fc.assert(
    fc.property(someSwap("uniswap-v2", router), (quote) => {
      const calls = uniswap.calls(quote, owner, 1n);
      for (const call of calls) {
        expect(call.amountAt !== undefined).toBe(quote.action.side === "sell" && calls.length === 1);
        if (call.amountAt === undefined) continue;
        const held =
          call.amountAt === "value" ? call.value : hexToBigInt(slice(call.data, call.amountAt, call.amountAt + 32));
        expect(held).toBe(quote.action.legs[0]?.amount);
      }
    }),
  );
});

test("behavior: foreign targets, stray value, trailing bytes and random bytes are not decoded", () => {
  const args = [5n, 4n, [owner, router], owner, 9n] as const;
  const good = {
    to: router,
    data: encodeFunctionData({ abi, functionName: "swapExactTokensForTokens", args }),
    value: 0n,
  };
  expect(uniswap.decode(good)).toMatchObject({ sellAmount: 5n, buyAmount: 4n });
  expect(uniswap.decode({ ...good, to: owner })).toBeUndefined();
  expect(uniswap.decode({ ...good, value: 1n })).toBeUndefined();
  expect(uniswap.decode({ ...good, data: `${good.data}00` })).toBeUndefined();
  const notWrapped = encodeFunctionData({ abi, functionName: "swapExactTokensForETH", args });
  expect(uniswap.decode({ ...good, data: notWrapped })).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const data: Hex = `${slice(good.data, 0, 4)}${Buffer.from(bytes).toString("hex")}`;
      expect(() => uniswap.decode({ to: router, data, value: 0n })).not.toThrow();
    }),
  );
});

test("behavior: paying the formula's input yields at least the output asked for, one unit less does not", () => {
  const reserve = fc.bigInt({ min: 1_000n, max: 10n ** 27n });
  fc.assert(
    fc.property(reserve, reserve, fc.bigInt({ min: 1n, max: 10n ** 27n }), (into, out, wanted) => {
      const needed = amountIn(wanted, into, out);
      if (needed === undefined) {
        expect(wanted).toBeGreaterThanOrEqual(out);
        return;
      }
      expect(amountOut(needed, into, out) ?? 0n).toBeGreaterThanOrEqual(wanted);
      expect(amountOut(needed - 2n, into, out) ?? 0n).toBeLessThan(wanted);
    }),
  );
});

test("behavior: limits per leg add up to the quote's own limit", () => {
  fc.assert(
    fc.property(someSwap("uniswap-v2", router), fc.bigInt({ min: 0n, max: 1000n }), (quote, more) => {
      const raised: SwapQuote =
        quote.floor === undefined
          ? { ...quote, maxPays: (quote.maxPays ?? 0n) + more }
          : { ...quote, floor: quote.floor + more };
      const effects = uniswap.calls(raised, owner, 1n).map((call) => uniswap.decode(call));
      const limits = effects.map((effect) =>
        effect?.type !== "swap" ? 0n : effect.side === "sell" ? effect.buyAmount : effect.sellAmount,
      );
      expect(limits.reduce((a, b) => a + b, 0n)).toBe(raised.floor ?? raised.maxPays);
    }),
  );
});
