import { type Address, getAddress } from "viem";
import { type Effect, MAX_UINT256 } from "../domain/effect.ts";
import { NATIVE_ADDRESS, type TokenRegistry } from "../domain/token.ts";
import { sayUnits } from "./sayUnits.ts";

type Names = { readonly tokens: TokenRegistry; nameOf(address: Address): string | undefined };

/** What a decoded call does, in words; amounts of tokens that are not listed stay in base units. */
export function sayEffect(effect: Effect, names: Names): string {
  const some = (asset: Address, amount: bigint) => sayAmount(names.tokens, asset, amount);
  const who = (address: Address) => sayAddress(names, address);
  switch (effect.type) {
    case "approve":
      return effect.amount === 0n
        ? `take back what ${who(effect.spender)} may take of ${symbolOf(names.tokens, effect.token)}`
        : `let ${who(effect.spender)} take ${some(effect.token, effect.amount)}`;
    case "transfer":
      return `send ${some(effect.asset, effect.amount)} to ${who(effect.to)}`;
    case "wrap":
      return `wrap ${some(NATIVE_ADDRESS, effect.amount)}`;
    case "unwrap":
      return `unwrap ${some(names.tokens.wrappedNative.address, effect.amount)}`;
    case "swap": {
      const [pays, gets] = [some(effect.sell, effect.sellAmount), some(effect.buy, effect.buyAmount)];
      const terms = effect.side === "sell" ? `${pays} for at least ${gets}` : `at most ${pays} for ${gets}`;
      return `swap ${terms} on ${effect.protocol}`;
    }
    case "set-collateral":
      return `${effect.enabled ? "use" : "stop using"} ${symbolOf(names.tokens, effect.asset)} as collateral on ${effect.protocol}`;
    default:
      return `${effect.type} ${effect.shares !== undefined && effect.amount === 0n ? symbolOf(names.tokens, effect.asset) : some(effect.asset, effect.amount)} on ${effect.protocol}`;
  }
}

/** "1,000 USDC"; "everything" where the contract reads it so. */
export function sayAmount(tokens: TokenRegistry, asset: Address, amount: bigint): string {
  const token = tokens.byAddress(asset);
  if (amount === MAX_UINT256) return `everything of ${symbolOf(tokens, asset)}`;
  if (token === undefined) return `${amount} base units of ${symbolOf(tokens, asset)}`;
  return sayUnits(amount, token);
}

/** "Aave v3 pool (0x…)", or the address alone. */
export function sayAddress({ nameOf }: Pick<Names, "nameOf">, address: Address): string {
  const name = nameOf(address);
  return name === undefined ? getAddress(address) : `${name} (${getAddress(address)})`;
}

function symbolOf(tokens: TokenRegistry, asset: Address): string {
  return tokens.byAddress(asset)?.symbol ?? `the unlisted token ${asset}`;
}
