import { type Address, getAddress, type Hex, isAddress, isAddressEqual } from "viem";
import { z } from "zod";
import type { Call } from "../domain/call.ts";
import { MAX_UINT256 } from "../domain/effect.ts";
import type { OrderItem, Permission } from "../domain/permission.ts";
import { PERMIT2 } from "./abis.ts";
import { permissionsOfCall, permit2Allowance, UNLIMITED_256 } from "./permissionsOfCall.ts";
import { signedOnly } from "./signedOnly.ts";

const MOST_ITEMS = 256;

const address = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), "an address")
  .transform((text): Address => getAddress(text));
const whole = z
  .union([z.string().max(100), z.number().int().nonnegative().safe(), z.bigint().nonnegative()])
  .transform((value, context): bigint => {
    if (typeof value !== "string" || /^(?:\d+|0x[0-9a-fA-F]+)$/.test(value)) return BigInt(value);
    context.addIssue({ code: "custom", message: "a whole number" });
    return z.NEVER;
  });
const bytes = z
  .string()
  .regex(/^0x(?:[0-9a-fA-F]{2})*$/)
  .transform((text) => text as Hex);

/** Typed data of EIP-712 as wallets get it (`eth_signTypedData_v4`); everything that is not read stays unread. */
export const typedDataSchema = z.object({
  domain: z.object({
    name: z.string().optional(),
    chainId: whole.optional(),
    verifyingContract: address.optional(),
  }),
  primaryType: z.string(),
  message: z.record(z.string(), z.unknown()),
});
export type TypedData = z.infer<typeof typedDataSchema>;

/** What is really signed of it: fields that its types do not name are shown by a page and hashed by nobody. */
export function readTypedData(input: unknown): TypedData | undefined {
  const parsed = typedDataSchema.safeParse(signedOnly(input));
  return parsed.success ? parsed.data : undefined;
}

/** The call that a signature lets somebody send in an account's name, and that account; undefined for other kinds. */
export function callOfTypedData(
  input: unknown,
): { readonly account: Address; readonly call: Call; readonly delegated: boolean } | undefined {
  const data = readTypedData(input);
  const message = data === undefined ? undefined : carried.safeParse(data.message);
  if (data === undefined || message?.success !== true) return undefined;
  const { to, value, data: bytesOf, operation = 0n, from } = message.data;
  const account = data.primaryType === "SafeTx" ? data.domain.verifyingContract : from;
  if (account === undefined || !["SafeTx", "ForwardRequest"].includes(data.primaryType)) return undefined;
  return { account, call: { to, value, data: bytesOf }, delegated: operation !== 0n };
}

type Reader = (data: TypedData) => readonly Permission[] | undefined;

/**
 * What a typed-data signature permits, once it leaves the owner's hands. Bound to the shapes of the standards, not to the
 * names a page gives them; a shape that is not known gives `unread`. Never throws.
 */
export function permissionsOfTypedData(input: unknown): readonly Permission[] {
  const data = readTypedData(input);
  if (data === undefined) return [{ type: "unread", why: "typed data that is not of EIP-712's form" }];
  const read = READERS.get(data.primaryType);
  const found = read?.(data);
  if (found !== undefined) return found;
  const target = data.domain.verifyingContract;
  const why =
    read === undefined ? "a signature of an unknown kind" : `a ${data.primaryType} that is not of its standard`;
  return [{ type: "unread", ...(target === undefined ? {} : { target }), why }];
}

function shape<S extends z.ZodType>(
  schema: S,
  read: (message: z.infer<S>, data: TypedData) => readonly Permission[] | undefined,
): Reader {
  return (data) => {
    const parsed = schema.safeParse(data.message);
    return parsed.success ? read(parsed.data, data) : undefined;
  };
}

/** EIP-2612, and DAI's form before it; the token is the domain's contract. */
const permit: Reader = (data) =>
  shape(
    z.object({ owner: address, spender: address, value: whole, deadline: whole }),
    ({ spender, value }, { domain }) => allowance(domain.verifyingContract, spender, value),
  )(data) ??
  shape(
    z.object({ holder: address, spender: address, expiry: whole, allowed: z.boolean() }),
    ({ spender, allowed }, { domain }) => allowance(domain.verifyingContract, spender, allowed ? MAX_UINT256 : 0n),
  )(data);

/** A deadline bounds how long the signature may be handed in, not how long the allowance lasts. */
function allowance(token: Address | undefined, spender: Address, amount: bigint): readonly Permission[] | undefined {
  if (token === undefined) return undefined;
  return [{ type: "allowance", by: "permit", token, spender, amount, unlimitedFrom: UNLIMITED_256 }];
}

const details = z.object({ token: address, amount: whole, expiration: whole });

/** Permit2 AllowanceTransfer: an allowance inside Permit2. */
const permitSingle = shape(z.object({ details, spender: address }), ({ details: one, spender }, data) =>
  onPermit2(data, [permit2Allowance({ ...pick(one), spender })]),
);
const permitBatch = shape(
  z.object({ details: z.array(details).max(MOST_ITEMS), spender: address }),
  ({ details: all, spender }, data) =>
    onPermit2(
      data,
      all.map((one) => permit2Allowance({ ...pick(one), spender })),
    ),
);

function pick({ token, amount, expiration }: z.infer<typeof details>) {
  return { token, amount, endsSeconds: expiration };
}

/** Such a signature for another contract is none of Permit2's: it is not known what that contract does with it. */
function onPermit2({ domain }: TypedData, permissions: readonly Permission[]): readonly Permission[] | undefined {
  const { verifyingContract: contract } = domain;
  return contract !== undefined && isAddressEqual(contract, PERMIT2) ? permissions : undefined;
}

const permitted = z.object({ token: address, amount: whole });

/** Permit2 SignatureTransfer, with or without a witness: the spender may take the tokens, once. */
const permitTransfer = shape(
  z.object({
    permitted: z.union([permitted.transform((one) => [one]), z.array(permitted).max(MOST_ITEMS)]),
    spender: address,
    deadline: whole,
  }),
  ({ permitted: all, spender, deadline }, data) =>
    onPermit2(
      data,
      all.map(({ token, amount }) => ({
        type: "release",
        by: "permit2",
        token,
        amount,
        to: spender,
        endsSeconds: deadline,
      })),
    ),
);

/** EIP-3009: the signature itself is the transfer. */
const authorisation = shape(
  z.object({ from: address, to: address, value: whole, validBefore: whole }),
  ({ to, value, validBefore }, { domain: { verifyingContract: token } }) =>
    token === undefined
      ? undefined
      : [{ type: "release", by: "eip-3009", token, amount: value, to, endsSeconds: validBefore }],
);

const item = z.object({ itemType: whole, token: address, startAmount: whole, endAmount: whole });

/** Seaport (ProjectOpenSea/seaport, ConsiderationStructs.sol): the offer leaves at its larger end, the rest comes at its smaller. */
const seaportOrder = shape(
  z.object({
    offerer: address,
    offer: z.array(item).max(MOST_ITEMS),
    consideration: z.array(item.extend({ recipient: address })).max(MOST_ITEMS),
    endTime: whole,
  }),
  ({ offerer, offer, consideration, endTime }) => [
    {
      type: "order",
      gives: offer.map(
        ({ token, startAmount, endAmount }): OrderItem => ({ token, amount: larger(startAmount, endAmount) }),
      ),
      gets: consideration
        .filter(({ recipient }) => isAddressEqual(recipient, offerer))
        .map(
          ({ token, startAmount, endAmount }): OrderItem => ({
            token,
            amount: smaller(startAmount, endAmount),
            to: offerer,
          }),
        ),
      endsSeconds: endTime,
    },
  ],
);

const larger = (one: bigint, two: bigint): bigint => (one > two ? one : two);
const smaller = (one: bigint, two: bigint): bigint => (one < two ? one : two);

/** CoW Protocol (cowprotocol/contracts, GPv2Order.sol): sell for at least; the receiver 0 is the owner. */
const cowOrder = shape(
  z.object({
    sellToken: address,
    buyToken: address,
    receiver: address,
    sellAmount: whole,
    buyAmount: whole,
    feeAmount: whole,
    validTo: whole,
  }),
  ({ sellToken, buyToken, receiver, sellAmount, buyAmount, feeAmount, validTo }) => [
    {
      type: "order",
      gives: [{ token: sellToken, amount: sellAmount + feeAmount }],
      gets: [{ token: buyToken, amount: buyAmount, to: receiver }],
      endsSeconds: validTo,
    },
  ],
);

const carried = z.object({
  to: address,
  value: whole,
  data: bytes,
  operation: whole.optional(),
  from: address.optional(),
});

/** A Safe's transaction and an ERC-2771 request hold a call: what that permits. A delegatecall runs foreign code. */
const safeTx = shape(z.object({ to: address, data: bytes, operation: whole }), ({ to, data, operation }) =>
  operation === 0n ? permissionsOfCall({ to, data }) : [{ type: "control", contract: to, by: "delegatecall" }],
);
const forwardRequest = shape(z.object({ from: address, to: address, data: bytes }), ({ to, data }) =>
  permissionsOfCall({ to, data }),
);

const READERS: ReadonlyMap<string, Reader> = new Map([
  ["Permit", permit],
  ["PermitSingle", permitSingle],
  ["PermitBatch", permitBatch],
  ["PermitTransferFrom", permitTransfer],
  ["PermitBatchTransferFrom", permitTransfer],
  ["PermitWitnessTransferFrom", permitTransfer],
  ["PermitBatchWitnessTransferFrom", permitTransfer],
  ["TransferWithAuthorization", authorisation],
  ["ReceiveWithAuthorization", authorisation],
  ["OrderComponents", seaportOrder],
  ["Order", cowOrder],
  ["SafeTx", safeTx],
  ["ForwardRequest", forwardRequest],
]);
