import type { KnownAddress } from "../../domain/evidence.ts";
import type { Market } from "../../domain/market.ts";
import type { AaveSite } from "./read.ts";

/** Pool (target and spender), oracle, and the position and debt tokens of the markets handed in. Pure. */
export function knownAddresses(site: AaveSite, markets: readonly Market[] = []): readonly KnownAddress[] {
  const { id: protocol, name, at } = site;
  const tokens = markets
    .filter((market) => market.kind === "lend" && market.protocol === protocol)
    .flatMap((market): readonly KnownAddress[] => {
      if (market.kind !== "lend") return [];
      const { asset, positionToken, debtToken } = market;
      const role = "position-token";
      return [
        ...(positionToken
          ? [{ address: positionToken, label: `${name} ${asset.symbol} supply`, role, protocol } as const]
          : []),
        ...(debtToken ? [{ address: debtToken, label: `${name} ${asset.symbol} debt`, role, protocol } as const] : []),
      ];
    });
  return [
    { address: at.pool, label: `${name} pool`, role: "target", protocol },
    { address: at.pool, label: `${name} pool`, role: "spender", protocol },
    { address: at.oracle, label: `${name} oracle`, role: "oracle", protocol },
    ...tokens,
  ];
}
