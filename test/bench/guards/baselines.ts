import type { Abi, Address } from "viem";
import type { Reader } from "../../../src/chain/reader.ts";
import { freshAccount } from "../../../src/risk/activeTraps.ts";
import { runProbe } from "../../../src/risk/probe.ts";
import { runSale, shortfallBps } from "../../../src/risk/saleRun.ts";
import { balanceCall, buyCall, findPair, transferCall } from "../../../src/risk/trade.ts";

/** What another way of looking says: it objects, it does not, or it could not look. */
export type Said = "objects" | "silent" | "unknown";

/** From here on a tax is a trap (the measured baseline of the research report). */
const TAX_BPS = 3_000n;
const DEAD: Address = "0x0000000000000000000000000000000000000001";
const SPEND_WEI = 5n * 10n ** 15n;

/** Buys and sells half in the next block, at the current state. */
export async function simulation(reader: Reader, token: Address): Promise<Said> {
  const pair = await findPair(reader, token);
  if (pair === undefined) return "unknown";
  const base = { reader, token, pair, buyer: freshAccount(), spend: SPEND_WEI } as const;
  const { bought = 0n } = await runSale({ ...base, bought: 0n, parts: [] });
  if (bought === 0n) return "objects";
  const { sales } = await runSale({ ...base, bought, parts: [5_000n] });
  const [sale] = sales;
  return sale?.ok === true && shortfallBps(sale.expected, sale.got) < TAX_BPS ? "silent" : "objects";
}

/** Buys, then sends what was bought to address 1 by a plain transfer, and objects when that fails. */
export async function deadTransfer(reader: Reader, token: Address): Promise<Said> {
  const pair = await findPair(reader, token);
  if (pair === undefined) return "unknown";
  const buyer = freshAccount();
  const { bought = 0n } = await runSale({ reader, token, pair, buyer, spend: SPEND_WEI, bought: 0n, parts: [] });
  if (bought === 0n) return "objects";
  const blocks = [
    { calls: [buyCall(pair, buyer, SPEND_WEI)] },
    { calls: [transferCall(token, buyer, DEAD, bought), balanceCall(token, buyer)] },
  ];
  const [, sent] = await runProbe({ reader, blocks, funded: new Map([[buyer, 10n ** 18n]]) });
  return sent?.[0]?.ok === true ? "silent" : "objects";
}

const POWER_BY_NAME =
  /mint|pause|freez|black|white|bot|exclude|settax|setfee|fee|limit|maxtx|maxwallet|lock|trading|enable|disable|upgrade|confiscat|seize|wipe|destroy|burnfrom|issue|airdrop/i;

/** Rules over the names of the functions that change something, as scanners of verified sources have them. */
export function staticRules(abi: Abi): Said {
  const names = abi.flatMap((item) =>
    item.type === "function" && item.stateMutability !== "view" && item.stateMutability !== "pure" ? [item.name] : [],
  );
  return names.some((name) => POWER_BY_NAME.test(name)) ? "objects" : "silent";
}
