import { type Address, parseUnits } from "viem";
import { sumUsd } from "./holdingFacts.ts";
import { type Portfolio, readPortfolio } from "./readPortfolio.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { ReadDeps } from "./types.ts";
import { unknownProtocol } from "./unknownProtocol.ts";

type Wish = { readonly owner: Address; readonly protocol?: string | undefined };
type Open = Portfolio["positions"][number] & { readonly healthFactor: string };

const WAD = 10n ** 18n;

/** How far each loan of one account is from liquidation. */
export async function describeHealthFactor(deps: ReadDeps, { owner, protocol }: Wish): Promise<Answer> {
  const why = unknownProtocol(deps, protocol);
  if (why !== undefined) return toAnswer({ says: why });
  const { positions, block, chainId } = await readPortfolio(deps, owner);
  const owing = positions
    .filter((open): open is Open => open.healthFactor !== null)
    .filter((open) => protocol === undefined || open.protocol === protocol)
    .sort((a, b) => (wad(a) < wad(b) ? -1 : 1));
  const [worst] = owing;
  const source = `the lending protocols' own accounts of ${owner} on chain ${chainId}`;
  const where = protocol === undefined ? "" : ` on ${protocol}`;
  const none = `No debt${where}, so there is no health factor.`;
  if (worst === undefined) return toAnswer({ says: none, facts: [none], block, source });
  const says = `The health factor on ${worst.protocol} is ${worst.healthFactor}${owing.length > 1 ? ", the lowest of all" : ""}; liquidation starts below 1.`;
  return toAnswer({ says, facts: owing.flatMap(factsOf), block, source });
}

function factsOf(open: Open): readonly string[] {
  const { protocol, healthFactor, supplied, borrowed } = open;
  const collateral = supplied.filter((entry) => entry.collateral !== false);
  return [
    `${protocol}: health factor ${healthFactor}`,
    `${protocol}: collateral ${sumUsd(collateral)}, debt ${sumUsd(borrowed)}`,
    fallOf(open),
  ];
}

/** `1 − 1 / health factor`, rounded down: collateral that falls as a whole against the debt. */
function fallOf(open: Open): string {
  const factor = wad(open);
  // Liquidation starts below 1; the factor is cut and never rounded up.
  if (factor < WAD) return `${open.protocol}: can be liquidated now`;
  const fallBps = 10_000n - (10_000n * WAD + factor - 1n) / factor;
  const percent = `${fallBps / 100n}.${(fallBps % 100n).toString().padStart(2, "0")}`;
  return `${open.protocol}: liquidation when all collateral falls by ${percent} % against the debt`;
}

const wad = ({ healthFactor }: Open): bigint => parseUnits(healthFactor, 18);
