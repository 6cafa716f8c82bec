/** Words of the intent language for a protocol whose id is another: an owner says "the savings vault", not "erc4626". */
const SAID: Readonly<Record<string, string>> = { savings: "erc4626", vault: "erc4626", aave: "aave-v3" };

/** True when the protocol an owner named is the one with this id. */
export function sameProtocol(said: string, id: string): boolean {
  return said === id || SAID[said.toLowerCase()] === id;
}
