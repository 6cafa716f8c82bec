import { expect, test } from "vitest";
import { readPositionTokens } from "../../src/evidence/readPositionTokens.ts";
import { simulate } from "../../src/simulator/simulate.ts";
import { withDevnet } from "../setup/devnet.ts";
import { judgeOn } from "./judgeOn.ts";

const chain = withDevnet();

test("default: position tokens of real markets have names and decimals, and stand in the simulation by name", async () => {
  const reader = await chain().reader();
  const aave = chain().protocols.find((protocol) => protocol.id === "aave-v3");
  const markets = (await aave?.markets(reader)) ?? [];
  const knownTokens = await readPositionTokens(reader, markets);
  const usdc = markets.find((market) => market.kind === "lend" && market.asset.symbol === "USDC");
  const position = knownTokens.find((token) => usdc?.kind === "lend" && token.address === usdc.positionToken);
  expect(position).toMatchObject({ decimals: 6 });
  const amount = { unit: "token", value: "5" };
  const { plan } = await judgeOn(chain(), [{ type: "supply", asset: "USDC", amount, protocol: "aave-v3" }]);
  const { balanceChanges } = await simulate({ reader, plan, knownTokens });
  expect(balanceChanges.map((change) => change.token.symbol)).toEqual(
    expect.arrayContaining(["USDC", position?.symbol]),
  );
  expect(balanceChanges.map((change) => change.token.symbol)).not.toContain("?");
});
