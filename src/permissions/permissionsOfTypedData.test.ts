import { describe, expect, it } from "vitest";
import { PERMIT2 } from "./abis.ts";
import { permissionsOfTypedData } from "./permissionsOfTypedData.ts";

const TOKEN = "0x6B175474E89094C44Da98b954EedeAC495271d0F";
const SPENDER = "0x1111111254EEB25477B68fb85Ed929f73A960582";
const OWNER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const of = (primaryType: string, message: object, verifyingContract: string = TOKEN) =>
  permissionsOfTypedData({ domain: { chainId: 1, verifyingContract }, primaryType, message, types: {} });
const details = (amount: string) => ({ token: TOKEN, amount, expiration: "99", nonce: 0 });

describe("permissionsOfTypedData", () => {
  it("default: EIP-2612", () => {
    const message = { owner: OWNER, spender: SPENDER, value: "0xff", nonce: 0, deadline: "1" };
    expect(of("Permit", message)).toMatchObject([
      { type: "allowance", by: "permit", token: TOKEN, spender: SPENDER, amount: 255n },
    ]);
  });

  it("behavior: DAI's permit is for everything or for nothing", () => {
    const message = { holder: OWNER, spender: SPENDER, nonce: 0, expiry: 0, allowed: true };
    expect(of("Permit", message)).toMatchObject([{ amount: (1n << 256n) - 1n }]);
    expect(of("Permit", { ...message, allowed: false })).toMatchObject([{ amount: 0n }]);
  });

  it("behavior: Permit2 allowances and transfers, of Permit2 only", () => {
    const single = { details: details("5"), spender: SPENDER, sigDeadline: 1 };
    expect(of("PermitSingle", single, PERMIT2)).toMatchObject([{ by: "permit2", amount: 5n, endsSeconds: 99n }]);
    const batch = { ...single, details: [details("1"), details("2")] };
    expect(of("PermitBatch", batch, PERMIT2)).toMatchObject([{ amount: 1n }, { amount: 2n }]);
    const transfer = { permitted: { token: TOKEN, amount: "7" }, spender: SPENDER, nonce: 0, deadline: 5 };
    const taken = [{ type: "release", by: "permit2", token: TOKEN, amount: 7n, to: SPENDER, endsSeconds: 5n }];
    expect(of("PermitTransferFrom", transfer, PERMIT2)).toEqual(taken);
    expect(of("PermitWitnessTransferFrom", { ...transfer, witness: {} }, PERMIT2)).toEqual(taken);
    expect(of("PermitBatchTransferFrom", { ...transfer, permitted: [transfer.permitted] }, PERMIT2)).toEqual(taken);
    expect(of("PermitSingle", single, TOKEN)).toMatchObject([{ type: "unread", target: TOKEN }]);
  });

  it("behavior: EIP-3009", () => {
    const message = { from: OWNER, to: SPENDER, value: 3, validAfter: 0, validBefore: 9, nonce: "0x" };
    expect(of("TransferWithAuthorization", message)).toEqual([
      { type: "release", by: "eip-3009", token: TOKEN, amount: 3n, to: SPENDER, endsSeconds: 9n },
    ]);
  });

  it("behavior: orders, at their worst", () => {
    const item = { itemType: 2, token: TOKEN, identifierOrCriteria: 1, startAmount: "1", endAmount: "4" };
    const consideration = [
      { ...item, recipient: OWNER },
      { ...item, recipient: SPENDER },
    ];
    expect(of("OrderComponents", { offerer: OWNER, offer: [item], consideration, endTime: 9 })).toEqual([
      {
        type: "order",
        gives: [{ token: TOKEN, amount: 4n }],
        gets: [{ token: TOKEN, amount: 1n, to: OWNER }],
        endsSeconds: 9n,
      },
    ]);
    const sale = {
      sellToken: TOKEN,
      buyToken: SPENDER,
      receiver: OWNER,
      sellAmount: 5,
      buyAmount: 6,
      feeAmount: 1,
      validTo: 9,
    };
    expect(of("Order", sale)).toMatchObject([{ gives: [{ amount: 6n }], gets: [{ amount: 6n, to: OWNER }] }]);
  });

  it("behavior: a call inside a signature is read, a delegatecall is not", () => {
    const data = `0x095ea7b3${SPENDER.slice(2).padStart(64, "0")}${"5".padStart(64, "0")}`;
    const tx = { to: TOKEN, value: 0, data, operation: 0 };
    expect(of("SafeTx", tx)).toMatchObject([{ type: "allowance", amount: 5n }]);
    expect(of("SafeTx", { ...tx, operation: 1 })).toMatchObject([{ type: "control", by: "delegatecall" }]);
    expect(of("ForwardRequest", { from: OWNER, ...tx })).toMatchObject([{ type: "allowance", amount: 5n }]);
  });

  it.each([
    ["an unknown kind", { domain: {}, primaryType: "Login", message: {} }],
    [
      "a kind with other fields",
      { domain: { verifyingContract: TOKEN }, primaryType: "Permit", message: { spender: SPENDER } },
    ],
    [
      "no token",
      { domain: {}, primaryType: "Permit", message: { owner: OWNER, spender: SPENDER, value: 1, deadline: 1 } },
    ],
    [
      "a negative amount",
      {
        domain: { verifyingContract: TOKEN },
        primaryType: "Permit",
        message: { owner: OWNER, spender: SPENDER, value: "-1", deadline: 1 },
      },
    ],
    ["text", "sign me"],
    ["nothing", null],
  ])("behavior: %s stays unread", (_, input) => {
    expect(permissionsOfTypedData(input)).toMatchObject([{ type: "unread" }]);
  });
});
