import { type Address, getAddress, type Hex } from "viem";
import { knownDelegate } from "../chain/knownDelegates.ts";
import type { PriceSource, Reader } from "../chain/reader.ts";
import type { KnownAddress } from "../domain/evidence.ts";
import type { OrderItem, Permission } from "../domain/permission.ts";
import { NATIVE_ADDRESS } from "../domain/token.ts";
import type { PermissionFacts, Standing } from "../permissions/judgePermissions.ts";
import { readRemarks } from "./readRemarks.ts";

export type FactsRequest = {
  readonly reader: Reader;
  readonly owner: Address;
  readonly nowSeconds: bigint;
  readonly permissions: readonly Permission[];
  /** Other addresses whose standing is asked for: call targets, recipients, a domain's contract. */
  readonly more: readonly Address[];
  readonly known: readonly KnownAddress[];
  readonly prices: PriceSource;
  readonly need?: PermissionFacts["need"];
};

/** What the chain tells of the parties: asked for once, before anything is judged. */
export type Facts = PermissionFacts & {
  /** The code that an account runs (EIP-7702). */
  readonly delegateOf: (address: Address) => Address | undefined;
};

const DELEGATED = /^0xef0100([0-9a-f]{40})$/;

/** Reads standing, age and proxies of everybody who would get power, and prices of what orders give and bring. */
export async function readFacts(request: FactsRequest): Promise<Facts> {
  const { reader, owner, known, permissions } = request;
  const labels = new Map(
    known.filter(({ role }) => role === "spender").map(({ address, label }) => [address.toLowerCase(), label]),
  );
  const { permit2 } = reader.addresses;
  if (permit2 !== undefined) labels.set(permit2.toLowerCase(), "Permit2");
  const holders = permissions.flatMap(holdersOf);
  const codes = await readCodes(reader, [...holders, ...request.more]);
  const strangers = [...new Set(holders.map((one) => one.toLowerCase()))].filter((one) => !labels.has(one));
  const contracts = strangers.filter((one) => standingOf(codes.get(one)) === "contract") as Address[];
  const remarks = await readRemarks(reader, contracts);
  const valueUsdE8 = await readValues(reader, request.prices, permissions);
  return {
    owner,
    chainId: reader.chainId,
    nowSeconds: request.nowSeconds,
    standing: (address) => standingOf(codes.get(address.toLowerCase())),
    delegateOf: (address) => delegateIn(codes.get(address.toLowerCase())),
    known: (address) => labels.get(address.toLowerCase()),
    flagged: () => undefined,
    delegate: (address) =>
      standingOf(codes.get(address.toLowerCase())) === "contract" ? knownDelegate(address) : undefined,
    remarks: (address) => remarks.get(address.toLowerCase()) ?? [],
    valueUsdE8,
    ...(request.need === undefined ? {} : { need: request.need }),
  };
}

function holdersOf(permission: Permission): readonly Address[] {
  switch (permission.type) {
    case "allowance":
      return [permission.spender];
    case "operator":
      return [permission.operator];
    case "release":
      return [permission.to];
    case "delegation":
      return [permission.delegate];
    default:
      return [];
  }
}

type Codes = ReadonlyMap<string, Hex | undefined>;

/** Code by address in lower case; undefined = the node did not say. */
async function readCodes({ client, block }: Reader, addresses: readonly Address[]): Promise<Codes> {
  const once = [...new Set(addresses.map((one) => one.toLowerCase() as Address))];
  const found = await Promise.all(
    once.map(async (address) => {
      const code = await client.getCode({ address, blockNumber: block }).then(
        (answer) => answer ?? "0x",
        () => undefined,
      );
      return [address, code] as const;
    }),
  );
  return new Map(found);
}

function standingOf(code: Hex | undefined): Standing {
  if (code === undefined) return "unknown";
  if (code === "0x") return "key";
  return DELEGATED.test(code) ? "delegated" : "contract";
}

function delegateIn(code: Hex | undefined): Address | undefined {
  const held = DELEGATED.exec(code ?? "")?.[1];
  return held === undefined ? undefined : getAddress(`0x${held}`);
}

/** Worth of listed tokens at oracle prices; an order's zero address is the native coin (Seaport). */
async function readValues(
  reader: Reader,
  prices: PriceSource,
  permissions: readonly Permission[],
): Promise<(item: OrderItem) => bigint | undefined> {
  const items = permissions.flatMap((one) => (one.type === "order" ? [...one.gives, ...one.gets] : []));
  const tokenOf = ({ token }: OrderItem) => reader.tokens.byAddress(/^0x0+$/.test(token) ? NATIVE_ADDRESS : token);
  const tokens = items.flatMap((item) => tokenOf(item) ?? []);
  const found =
    tokens.length === 0
      ? new Map<Address, { readonly usdE8: bigint }>()
      : await prices(
          reader,
          tokens.map(({ address }) => address),
        );
  return (item) => {
    const token = tokenOf(item);
    const price = token === undefined ? undefined : found.get(token.address);
    return token === undefined || price === undefined
      ? undefined
      : (item.amount * price.usdE8) / 10n ** BigInt(token.decimals);
  };
}
