import { numberToHex } from "viem";
import { DEVNET_ACCOUNTS, LIQUIDITY_PROVIDER } from "../accounts.ts";
import type { DevnetAave } from "../types.ts";
import { token, units } from "./amounts.ts";
import { abiOf } from "./artifact.ts";
import { type Builder, request } from "./builder.ts";
import type { TokenStep } from "./buildTokens.ts";
import { BORROWER_LOAN, OTHER_WEI, OWNER_TOKENS, OWNER_WEI } from "./params.ts";

const VARIABLE_RATE = 2n;

/** Step 6: account 0's tokens, account 1's Aave loan, everyone's ether. */
export async function buildAccounts(builder: Builder, { tokens }: TokenStep, aave: DevnetAave): Promise<void> {
  const [owner, borrower] = DEVNET_ACCOUNTS;
  if (owner === undefined || borrower === undefined) return;
  const erc20 = abiOf("DevToken");
  const give = (to: string, symbol: string, whole: bigint) => {
    const asset = token(tokens, symbol);
    const args = [to, units(asset, whole)];
    builder.send({ from: LIQUIDITY_PROVIDER, to: asset.address, abi: erc20, fn: "transfer", args });
  };
  for (const [symbol, whole] of Object.entries(OWNER_TOKENS)) give(owner.address, symbol, whole);
  give(borrower.address, BORROWER_LOAN.collateral, BORROWER_LOAN.supplied);
  await builder.flush();

  const from = borrower.address;
  const collateral = token(tokens, BORROWER_LOAN.collateral);
  const debt = token(tokens, BORROWER_LOAN.debt);
  const supplied = units(collateral, BORROWER_LOAN.supplied);
  const borrow = [debt.address, units(debt, BORROWER_LOAN.borrowed), VARIABLE_RATE, 0, from];
  const pool = { from, to: aave.pool, abi: abiOf("Pool") };
  builder.send({ from, to: collateral.address, abi: erc20, fn: "approve", args: [aave.pool, supplied] });
  builder.send({ ...pool, fn: "supply", args: [collateral.address, supplied, from, 0] });
  builder.send({ ...pool, fn: "borrow", args: borrow });
  await builder.flush();

  for (const [index, { address }] of DEVNET_ACCOUNTS.entries()) {
    await request(builder.client, "anvil_setBalance", [address, numberToHex(index < 2 ? OWNER_WEI : OTHER_WEI)]);
  }
}
