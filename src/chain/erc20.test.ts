import fc from "fast-check";
import { getAddress, type Hex } from "viem";
import { expect, test } from "vitest";
import { approveCall, decodeErc20, transferCall } from "./erc20.ts";
import { decodeWeth, unwrapCall, wrapCall } from "./weth.ts";

const token = getAddress("0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48");
const address = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => getAddress(`0x${Buffer.from(bytes).toString("hex")}`));
const amount = fc.bigInt({ min: 0n, max: (1n << 256n) - 1n });

test("default: approve and transfer decode to what was encoded", () => {
  fc.assert(
    fc.property(address, amount, (who, value) => {
      expect(decodeErc20(approveCall(token, who, value))).toEqual({
        type: "approve",
        token,
        spender: who,
        amount: value,
      });
      expect(decodeErc20(transferCall(token, who, value))).toEqual({
        type: "transfer",
        asset: token,
        to: who,
        amount: value,
      });
      expect(decodeWeth(wrapCall(token, value), token)).toEqual({ type: "wrap", amount: value });
      expect(decodeWeth(unwrapCall(token, value), token)).toEqual({ type: "unwrap", amount: value });
    }),
  );
});

test("behavior: trailing bytes, a value, dirty words or random bytes are not decoded", () => {
  const call = transferCall(token, token, 5n);
  expect(decodeErc20({ ...call, data: `${call.data}00` })).toBeUndefined();
  expect(decodeErc20({ ...call, value: 1n })).toBeUndefined();
  expect(decodeErc20({ ...call, data: call.data.replace("000000000000", "010000000000") as Hex })).toBeUndefined();
  expect(decodeWeth({ ...wrapCall(token, 1n), data: "0x" }, token)).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
      const random = { to: token, data: `0x${Buffer.from(bytes).toString("hex")}`, value: 0n } as const;
      expect(decodeErc20(random)).toBeUndefined();
      expect(decodeWeth(random, token)).toBeUndefined();
    }),
  );
});
