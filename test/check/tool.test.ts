import type { Address } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { oraclePrices } from "../../src/chain/prices.ts";
import { composeScanner } from "../../src/compose/scanner.ts";
import { createProtocols } from "../../src/protocols/index.ts";
import type { Answer } from "../../src/reads/toAnswer.ts";
import { checkTokenTool } from "../../tools/checkToken.ts";
import { openZoo, type Zoo } from "../risk/zoo.ts";

let zoo: Zoo;
let deployed: readonly Address[];
let ask: (token: string) => Promise<Answer>;
beforeAll(async () => {
  zoo = await openZoo();
  deployed = [await zoo.trade("HighSellTax"), await zoo.trade("OwnerPause"), await zoo.trade("PlainToken")];
  const { addresses } = await zoo.reader();
  const tool = checkTokenTool({
    reader: () => zoo.reader(),
    protocols: createProtocols(addresses),
    prices: oraclePrices,
    scanToken: composeScanner(),
  });
  ask = async (token) => {
    const message = await tool.invoke({ type: "tool_call", id: "1", name: tool.name, args: { token } });
    return (message as { artifact: Answer }).artifact;
  };
});
afterAll(() => zoo?.stop());

test("default: a trap, an owner's power, an honest token, nothing there, a symbol", async () => {
  const answers = await Promise.all(deployed.map(ask));
  expect(answers.map(({ text }) => text.split(":")[0])).toEqual(["block", "warn", "allow"]);
  expect(answers[0]?.facts[0]).toMatch(/^danger: sell_tax: /);
  expect(answers[1]?.facts.join()).toContain("warning: transfer_pausable: ");
  expect((await ask("0x00000000000000000000000000000000000a11ce")).text).toMatch(/^unknown: /);
  expect((await ask("NOSUCH")).text).toContain('"NOSUCH" is on no list of this program');
  expect((await ask("ETH")).text).toContain("no contract that could be checked");
});
