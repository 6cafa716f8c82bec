import fc from "fast-check";
import { encodeFunctionData, type Hex, hexToBigInt, size, slice } from "viem";
import { expect, test } from "vitest";
import { addresses, meaning, someAddress, someSwap } from "../../../test/chain/swapSamples.ts";
import { swapRouter02Abi } from "../../chain/abis/swapRouter02.ts";
import { ForeignQuoteError } from "../shared/swapErrors.ts";
import { sum } from "../shared/swapTerms.ts";
import { createUniswapV3 } from "./index.ts";

const uniswap = createUniswapV3(addresses);
const router = addresses.uniswapV3?.swapRouter02 ?? "0x";
const deadline = fc.bigInt({ min: 1n, max: 2n ** 40n });
const owner = "0x1111111111111111111111111111111111111112";

test("default: decode(calls(quote)) is the action, value and deadline included", () => {
  fc.assert(
    fc.property(someSwap("uniswap-v3", router), someAddress, deadline, (quote, who, until) => {
      const calls = uniswap.calls(quote, who, until);
      expect(calls).toHaveLength(1);
      expect(calls.map((call) => uniswap.decode(call))).toEqual([meaning(quote, who, until)]);
    }),
  );
});

test("behavior: amountAt is the word that holds the sold amount", () => {
  fc.assert(
    fc.property(someSwap("uniswap-v3", router), (quote) => {
      const [call] = uniswap.calls(quote, owner, 1n);
      if (call?.amountAt === undefined || call.amountAt === "value") return;
      const word = slice(call.data, call.amountAt, call.amountAt + 32);
      expect(hexToBigInt(word)).toBe(sum(quote.action.legs.map((leg) => leg.amount)));
      const marker = "ab".repeat(32);
      const bound = `0x${call.data.slice(2, 2 + 2 * call.amountAt)}${marker}${call.data.slice(2 + 2 * (call.amountAt + 32))}`;
      expect(uniswap.decode({ ...call, data: bound as Hex })).toBeUndefined(); // 2^255 and above is the router's balance
      const small = bound.replace(marker, "07".padStart(64, "0"));
      expect(uniswap.decode({ ...call, data: small as Hex })).toMatchObject({ sellAmount: 7n });
    }),
  );
});

test("behavior: a single bindable leg exists only for token sells", () => {
  fc.assert(
    fc.property(someSwap("uniswap-v3", router), (quote) => {
      const [call] = uniswap.calls(quote, owner, 1n);
      const { action } = quote;
      const single = action.side === "sell" && action.legs.length === 1 && quote.approvals.length === 1;
      expect(call?.amountAt !== undefined).toBe(single);
    }),
  );
});

test("behavior: any changed byte decodes to nothing or to what it then says, never the old meaning with other bytes", () => {
  fc.assert(
    fc.property(someSwap("uniswap-v3", router), fc.nat(), fc.integer({ min: 1, max: 255 }), (quote, at, flip) => {
      const [call] = uniswap.calls(quote, owner, 9n);
      if (call === undefined) return;
      const bytes = Buffer.from(call.data.slice(2), "hex");
      const index = at % bytes.length;
      bytes[index] = (bytes[index] ?? 0) ^ flip;
      const decoded = uniswap.decode({ ...call, data: `0x${bytes.toString("hex")}` });
      // fees and middle tokens of a path are not part of the meaning; everything else is
      const middle =
        decoded !== undefined && JSON.stringify(decoded, show) === JSON.stringify(uniswap.decode(call), show);
      if (middle) expect(insidePath(call.data, index)).toBe(true);
    }),
  );
});

test("behavior: foreign targets, trailing bytes, other senders' money and router placeholders are not decoded", () => {
  const leg = { path: `0x${"11".repeat(20)}000064${"22".repeat(20)}` as Hex, amountIn: 5n, amountOutMinimum: 4n };
  const wrap = (inner: Hex[], value = 0n) => ({
    to: router,
    value,
    data: encodeFunctionData({ abi: swapRouter02Abi, functionName: "multicall", args: [9n, inner] }),
  });
  const to = (recipient: Hex) =>
    encodeFunctionData({ abi: swapRouter02Abi, functionName: "exactInput", args: [{ ...leg, recipient }] });
  const unwrap = encodeFunctionData({ abi: swapRouter02Abi, functionName: "unwrapWETH9", args: [4n, owner] });
  const good = wrap([to(owner)]);
  expect(uniswap.decode(good)).toMatchObject({ recipient: owner, sellAmount: 5n, buyAmount: 4n });
  expect(uniswap.decode({ ...good, to: owner })).toBeUndefined();
  expect(uniswap.decode({ ...good, data: `${good.data}00` })).toBeUndefined();
  expect(uniswap.decode(wrap([to(owner)], 5n))).toBeUndefined(); // value, but the token sold is not the wrapped coin
  expect(uniswap.decode(wrap([to("0x0000000000000000000000000000000000000002")]))).toBeUndefined(); // stays in the router
  expect(uniswap.decode(wrap([to(owner), to(router)]))).toBeUndefined();
  expect(uniswap.decode(wrap([to(owner), unwrap]))).toBeUndefined();
  expect(uniswap.decode(wrap([unwrap]))).toBeUndefined();
  expect(uniswap.decode(wrap([]))).toBeUndefined();
  expect(uniswap.decode({ to: router, data: to(owner), value: 0n })).toBeUndefined(); // no deadline
});

test("behavior: random bytes never throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const data: Hex = `0x5ae401dc${Buffer.from(bytes).toString("hex")}`;
      expect(() => uniswap.decode({ to: router, data, value: 0n })).not.toThrow();
      expect(size(data)).toBeGreaterThan(3);
    }),
  );
});

test("error: ForeignQuoteError", () => {
  const [quote] = fc.sample(someSwap("uniswap-v2", router), 1);
  if (quote === undefined) throw new Error("no sample");
  expect(() => uniswap.calls(quote, owner, 1n)).toThrow(ForeignQuoteError);
});

const show = (_key: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);

/** True when the byte belongs to some leg's path bytes but not to its ends. */
function insidePath(data: Hex, index: number): boolean {
  const bytes = data.slice(2);
  for (const selector of ["b858183f", "09b81346"]) {
    for (let at = bytes.indexOf(selector); at >= 0; at = bytes.indexOf(selector, at + 2)) {
      const struct = at / 2 + 4 + 32;
      const length = Number.parseInt(bytes.slice((struct + 128) * 2, (struct + 160) * 2), 16);
      const start = struct + 160;
      if (index >= start + 20 && index < start + length - 20) return true;
    }
  }
  return false;
}
