import { erc20Abi, parseUnits } from "viem";
import { expect, test } from "vitest";
import { abiOf } from "../../src/devnet/build/artifact.ts";
import { actAs, advanceTime, tokenOf } from "../../src/devnet/index.ts";
import { readChain } from "../../src/devnet/readChain.ts";
import { harness } from "./harness.ts";

const chain = harness();

test("behavior: the share price grows with time at the stated rate, paid out of the reserve", async () => {
  const year = 31_536_000;
  const expected = ["1.0475", "1.04"];
  for (const [index, { vault, asset }] of chain().deployment.erc4626.entries()) {
    const abi = abiOf("SavingsVault");
    const one = parseUnits("1000000", asset === tokenOf(chain().deployment, "DAI").address ? 18 : 6);
    const price = () => readChain<bigint>(chain().client, { to: vault, abi, fn: "convertToAssets", args: [one] });
    const before = await price();
    await advanceTime(chain().client, year);
    const growth = ((await price()) * 10n ** 6n) / before;
    const target = parseUnits(expected[index] ?? "0", 6);
    expect(growth).toBeGreaterThanOrEqual(target - 1n);
    expect(growth).toBeLessThanOrEqual(target + 1n);
    const rate = await readChain<bigint>(chain().client, { to: vault, abi, fn: "ratePerSecondRay" });
    expect(rate).toBeGreaterThan(10n ** 27n);
  }
});

test("behavior: what was deposited a month ago is withdrawn with its interest", async () => {
  const [vault] = chain().deployment.erc4626;
  if (vault === undefined) return expect.fail("no vault");
  const abi = abiOf("SavingsVault");
  const as = chain().account(0);
  const amount = parseUnits("10000", 18);
  await actAs(chain().client, as, { to: vault.asset, abi: erc20Abi, fn: "approve", args: [vault.vault, amount] });
  await actAs(chain().client, as, { to: vault.vault, abi, fn: "deposit", args: [amount, as] });
  await advanceTime(chain().client, 30 * 86_400);
  const shares = await chain().balance(vault.vault, as);
  await actAs(chain().client, as, { to: vault.vault, abi, fn: "redeem", args: [shares, as, as] });
  const gained = (await chain().balance(vault.asset, as)) - parseUnits("20000", 18);
  // 10000 × (1.0475^(30/365) − 1) = 38.22
  expect(gained).toBeGreaterThan(parseUnits("38.1", 18));
  expect(gained).toBeLessThan(parseUnits("38.4", 18));
});
