import { type Address, maxUint256 } from "viem";
import { LIQUIDITY_PROVIDER } from "../accounts.ts";
import type { DevnetVault } from "../types.ts";
import { token, units } from "./amounts.ts";
import { abiOf, artifact } from "./artifact.ts";
import type { Builder } from "./builder.ts";
import type { TokenStep } from "./buildTokens.ts";
import { VAULTS } from "./params.ts";

/** Step 5: savings vaults with deposits and a funded interest reserve each. */
export async function buildVaults(builder: Builder, { tokens }: TokenStep): Promise<readonly DevnetVault[]> {
  const from = LIQUIDITY_PROVIDER;
  const abi = abiOf("SavingsVault");
  const erc20 = abiOf("DevToken");
  const vaults = VAULTS.map(({ asset, name, symbol, ratePerSecondRay }) => {
    const address = token(tokens, asset).address;
    const vault = builder.deploy(artifact("SavingsVault"), [address, name, symbol, ratePerSecondRay]);
    return { vault, asset: address, name, symbol };
  });
  await builder.flush();
  const reserves = await Promise.all(
    vaults.map(({ vault }) => builder.read<Address>({ to: vault, abi, fn: "reserve" })),
  );
  VAULTS.forEach((params, index) => {
    const [vault, reserve] = [vaults[index], reserves[index]];
    if (vault === undefined || reserve === undefined) return;
    const asset = token(tokens, params.asset);
    builder.send({
      from,
      to: asset.address,
      abi: erc20,
      fn: "transfer",
      args: [reserve, units(asset, params.reserve)],
    });
    builder.send({ from, to: asset.address, abi: erc20, fn: "approve", args: [vault.vault, maxUint256] });
    const deposit = [units(asset, params.deposited), from];
    builder.send({ from, to: vault.vault, abi, fn: "deposit", args: deposit });
  });
  await builder.flush();
  return vaults;
}
