import fc from "fast-check";
import { type Address, getAddress } from "viem";
import type { ChainAddresses } from "../../src/chain/addresses.ts";
import { addressesFor } from "../../src/chain/addressesFor.ts";
import { NATIVE_ADDRESS, type Token } from "../../src/domain/token.ts";
import { type SwapAction, type SwapQuote, sum, swapQuote } from "../../src/protocols/shared/swapTerms.ts";

export const addresses: ChainAddresses = addressesFor(1);

/** Any address above the small placeholder values that routers use. */
export const someAddress: fc.Arbitrary<Address> = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => getAddress(`0x11${Buffer.from(bytes).toString("hex").slice(2)}`));

const token = (address: Address): Token => ({
  chainId: 1,
  address,
  symbol: "T",
  name: "T",
  decimals: 18,
  stable: false,
});

const native = token(NATIVE_ADDRESS);
const wrapped = token(addresses.wrappedNative);

/** Random swaps: both sides, native coin on either end or none, one to four legs of one to three hops. */
export const someSwap = (protocol: string, spender: Address): fc.Arbitrary<SwapQuote> =>
  fc
    .record({
      side: fc.constantFrom("sell" as const, "buy" as const),
      ends: fc.constantFrom("erc20", "native-in", "native-out"),
      first: someAddress,
      last: someAddress,
      legs: fc.array(
        fc.record({
          middles: fc.array(someAddress, { maxLength: 2 }),
          amount: fc.bigInt({ min: 1n, max: 10n ** 30n }),
          other: fc.bigInt({ min: 1n, max: 10n ** 30n }),
          feePips: fc.constantFrom(100, 500, 3000, 10000),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      slippageBps: fc.integer({ min: 0, max: 500 }),
    })
    .filter(({ first, last }) => first !== last)
    .map(({ side, ends, first, last, legs, slippageBps }) => {
      const sell = ends === "native-in" ? native : token(first);
      const buy = ends === "native-out" ? native : token(last);
      const action: SwapAction = {
        type: "swap",
        side,
        sell,
        buy,
        slippageBps,
        legs: legs.map(({ middles, amount, feePips }, index) => ({
          amount,
          path: {
            tokens: [
              ends === "native-in" ? wrapped : sell,
              ...middles.map(token),
              ends === "native-out" ? wrapped : buy,
            ],
            pools: [...middles, last].map((_, hop) => ({ id: `${index}-${hop}`, feePips })),
          },
        })),
      };
      return swapQuote({ protocol, action, block: 1n, quoted: legs.map((leg) => leg.other), gas: 0n, spender });
    });

/** What the decoded call must say for a quote. */
export function meaning(quote: SwapQuote, recipient: Address, deadlineSeconds: bigint) {
  const { action } = quote;
  const fixed = sum(action.legs.map((leg) => leg.amount));
  return {
    type: "swap",
    protocol: quote.protocol,
    side: action.side,
    sell: action.sell.address,
    buy: action.buy.address,
    sellAmount: action.side === "sell" ? fixed : quote.maxPays,
    buyAmount: action.side === "sell" ? quote.floor : fixed,
    recipient,
    deadlineSeconds,
  };
}
