import type { Abi, Address } from "viem";
import { createReader } from "../../../src/chain/createReader.ts";
import type { TokenRegistry } from "../../../src/domain/token.ts";
import type { TokenScan } from "../../../src/domain/tokenRisk.ts";
import { readFingerprint } from "../../../src/risk/fingerprint.ts";
import { recheckToken } from "../../../src/risk/recheckToken.ts";
import { scanToken } from "../../../src/risk/scanToken.ts";
import { deadTransfer, type Said, simulation, staticRules } from "./baselines.ts";
import { isShipped, withCanonical } from "./canonical.ts";
import type { BenchChain } from "./chain.ts";
import { compile } from "./compile.ts";
import { familyOf, type Group, groupOf, isEvent, type Row } from "./corpus.ts";
import { deploy } from "./deploy.ts";
import { type Market, makeMarket } from "./market.ts";

export type Scanned = Pick<TokenScan, "verdict" | "findings" | "unchecked"> & { readonly seconds: number };

/** Everything measured of one file; `why` where it could not be deployed. */
export type Measured = {
  readonly file: string;
  readonly group: Group;
  readonly family: string;
  readonly trapType: string;
  readonly expected: string;
  readonly event: boolean;
  readonly why?: string;
  readonly market?: Market;
  readonly baselines?: Readonly<Record<"simulation" | "deadTransfer" | "staticRules", Said>>;
  readonly ours?: Scanned;
  /** Seconds of the look right before a trade, of the same token. */
  readonly recheckSeconds?: number;
  /** Of a known project: whether its real address is on the list of tokens that ships with the project. */
  readonly shipped?: boolean;
  /** Of a known project, without this deployment in the registry. */
  readonly unlisted?: Scanned;
};

const MOST_MILLISECONDS = 120_000;

/** Deploys, trades and scans one file on a chain that is put back afterwards. Never throws: a reason is recorded. */
export async function measure(chain: BenchChain, row: Row, cache: string): Promise<Measured> {
  const of = {
    file: row.file,
    group: groupOf(row),
    family: familyOf(row),
    trapType: row.trapType,
    expected: row.expected,
    event: isEvent(row),
  };
  const before = await chain.rpc<string>("evm_snapshot", []);
  try {
    const deployed = await deploy(chain, row, compile(row.source, row.solc, cache));
    const market = await makeMarket(chain, deployed);
    const known = of.group === "known projects";
    const listed = known ? await withCanonical(chain, deployed.token) : chain.tokens;
    return {
      ...of,
      market,
      baselines: await baselines(chain, deployed),
      ours: await scanned(chain, deployed.token, listed),
      ...(market.buyable ? { recheckSeconds: await recheckSeconds(chain, deployed.token) } : {}),
      ...(known ? { shipped: isShipped(row), unlisted: await scanned(chain, deployed.token, chain.tokens) } : {}),
    };
  } catch (error) {
    return { ...of, why: error instanceof Error ? error.message : String(error) };
  } finally {
    await chain.rpc("evm_revert", [before]);
  }
}

async function baselines(chain: BenchChain, { token, abi }: { readonly token: Address; readonly abi: Abi }) {
  const reader = await createReader(chain.client, { addresses: chain.addresses, tokens: chain.tokens });
  const quietly = async (look: () => Promise<Said>): Promise<Said> => {
    try {
      return await look();
    } catch {
      return "unknown";
    }
  };
  return {
    simulation: await quietly(() => simulation(reader, token)),
    deadTransfer: await quietly(() => deadTransfer(reader, token)),
    staticRules: staticRules(abi),
  };
}

async function recheckSeconds(chain: BenchChain, token: Address): Promise<number> {
  const reader = await createReader(chain.client, { addresses: chain.addresses, tokens: chain.tokens });
  const fingerprint = await readFingerprint(reader, token);
  const began = performance.now();
  await recheckToken({ reader, token, fingerprint, spend: 10n ** 16n });
  return (performance.now() - began) / 1_000;
}

async function scanned(chain: BenchChain, token: Address, tokens: TokenRegistry): Promise<Scanned> {
  const reader = await createReader(chain.client, { addresses: chain.addresses, tokens });
  const began = performance.now();
  const late = new Promise<never>((_, reject) =>
    setTimeout(
      () => reject(new RangeError(`the scan took longer than ${MOST_MILLISECONDS} ms`)),
      MOST_MILLISECONDS,
    ).unref(),
  );
  const { verdict, findings, unchecked } = await Promise.race([scanToken({ reader, token }), late]);
  return { verdict, findings, unchecked, seconds: (performance.now() - began) / 1_000 };
}
