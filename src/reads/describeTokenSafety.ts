import { getAddress, isAddress } from "viem";
import { type Inspected, inspectAddress } from "../chain/inspectAddress.ts";
import type { Reader } from "../chain/reader.ts";
import { showText } from "../domain/showText.ts";
import { similarSymbols } from "../domain/similarSymbols.ts";
import { isNative, type Token } from "../domain/token.ts";
import type { TokenScan } from "../domain/tokenRisk.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { ReadDeps } from "./types.ts";

/** What no read here looks at yet. */
const NEVER_CHECKED = "who holds it, how deep and how locked its liquidity is, what its creator did before";
const UNKNOWN = "Whether it is safe is unknown.";

type Wish = { readonly asset?: string | undefined; readonly subject?: string | undefined };

/**
 * What can be seen of a token: listed, code, metadata, imitation, and what happens to somebody who buys it in a sandbox. The
 * word "safe" is never said of it.
 */
export async function describeTokenSafety(deps: ReadDeps, { asset, subject }: Wish): Promise<Answer> {
  const reader = await deps.reader();
  const source = `token list of this program, code and metadata on chain ${reader.chainId}`;
  const end = (says: string, facts: readonly string[]) => toAnswer({ says, facts, block: reader.block, source });
  const named = subject ?? asset;
  if (named === undefined || named === "any:stablecoin")
    return toAnswer({ says: "Name the token, best by its contract address.", block: reader.block, source });
  const byAddress = isAddress(named, { strict: false });
  const token = byAddress ? reader.tokens.byAddress(getAddress(named)) : reader.tokens.bySymbol(named);
  if (token !== undefined && isNative(token))
    return end(`${token.symbol} is the chain's own coin: there is no token contract behind it.`, [
      "no contract, no owner, no allowance",
    ]);
  if (token === undefined && !byAddress) return end(...unlistedSymbol(reader, named));
  const address = token?.address ?? getAddress(named);
  const inspected = await inspectAddress(reader, address);
  if (inspected.codeBytes === 0)
    return end(`There is no contract at ${address}, so there is no token: do not send anything for it.`, ["no code"]);
  const [says, facts] = token === undefined ? unlisted(reader, inspected) : listed(token, inspected);
  const scan = await deps.scanToken?.(reader, address);
  return end(scan === undefined ? says : `${says} ${sayScan(scan)}`, [...facts, ...scanFacts(scan)]);
}

function sayScan({ verdict, findings, unchecked }: TokenScan): string {
  const worst = findings.find(({ severity }) => severity === "block" || severity === "danger");
  switch (verdict) {
    case "block":
      return `Do not buy it: ${worst?.evidence ?? "it was found to be a trap"}.`;
    case "warn":
      return `Be careful: ${findings.find(({ severity }) => severity === "warn")?.evidence ?? "something was found"}.`;
    case "allow":
      return findings.length === 0
        ? "Bought and sold in every way tried here, it gave back what its pool should give; that is no promise."
        : "It could be bought and sold in every way tried here, with what is noted below; that is no promise.";
    case "unknown":
      return `Whether it can be sold again could not be tried: ${unchecked[0]?.why ?? "unknown"}.`;
  }
}

/** What a scan found and what it did not try, in words. */
export function scanFacts(scan: TokenScan | undefined): readonly string[] {
  if (scan === undefined)
    return [`not checked: whether it can be sold again, fees on transfer, powers of its owner, ${NEVER_CHECKED}`];
  return [
    ...scan.findings.map(({ severity, name, evidence }) => `${SAID[severity]}: ${name}: ${evidence}`),
    ...scan.findings.flatMap(({ counterexample = [] }) =>
      counterexample.length === 0 ? [] : [counterexample.join(", then ")],
    ),
    ...(scan.findings.length === 0 && scan.unchecked.length === 0
      ? ["sold in parts, whole, later, in larger sizes and through another wallet: as it should"]
      : []),
    `not checked: ${[...scan.unchecked.map(({ check, why }) => `${check} (${why})`), NEVER_CHECKED].join(", ")}`,
  ];
}

const SAID = { info: "noted", warn: "warning", danger: "danger", block: "danger" } as const;

type Said = readonly [says: string, facts: readonly string[]];

function unlistedSymbol({ tokens, chainId }: Reader, symbol: string): Said {
  const near = similarSymbols(symbol, tokens.all);
  return [
    `${showText(symbol, 16)} is on no list of this program. ${UNKNOWN} Give its contract address, so that its code can be looked at.`,
    [
      `not listed on chain ${chainId}`,
      ...(near.length === 0 ? [] : [`warning: it resembles the listed ${near.join(", ")}`]),
      "a symbol alone proves nothing: anyone may use any",
      `not checked: everything that only its contract tells, ${NEVER_CHECKED}`,
    ],
  ];
}

function listed(token: Token, inspected: Inspected): Said {
  const { symbol, decimals, address } = token;
  const differs = [
    ...(inspected.symbol === symbol
      ? []
      : [`warning: the contract calls itself ${shownOr(inspected.symbol)}, the list ${symbol}`]),
    ...(inspected.decimals === decimals
      ? []
      : [`warning: the contract says ${inspected.decimals ?? "no"} decimals, the list ${decimals}`]),
  ];
  return [
    `${symbol} at ${address} is the token that this program's list means by that name${differs.length === 0 ? "" : ", but its contract disagrees with the list"}. That says which token it is, not that it cannot lose value or be frozen.`,
    [`listed: ${symbol} at ${address}`, ...codeFacts(inspected), ...differs],
  ];
}

function unlisted(reader: Reader, inspected: Inspected): Said {
  const { address, symbol } = inspected;
  const warnings = oddities(reader, inspected).map((text) => `warning: ${text}`);
  const calls = `The token at ${address} calls itself ${shownOr(symbol)} and is on no list of this program.`;
  const odd =
    warnings.length === 0
      ? ""
      : ` ${warnings.length === 1 ? "One thing is" : `${warnings.length} things are`} odd about it.`;
  return [`${calls}${odd} ${UNKNOWN}`, [`not listed on chain ${reader.chainId}`, ...codeFacts(inspected), ...warnings]];
}

function oddities({ tokens }: Reader, { symbol, name, decimals, totalSupply, delegate }: Inspected): readonly string[] {
  const same = symbol === undefined ? undefined : tokens.bySymbol(symbol);
  const near = symbol === undefined || same !== undefined ? [] : similarSymbols(symbol, tokens.all);
  const foreign = [symbol, name].some((text) => text !== undefined && /[^ -~]/.test(text));
  return [
    ...(same === undefined ? [] : [`it uses the symbol of the listed ${same.symbol}, which stands at ${same.address}`]),
    ...(near.length === 0 ? [] : [`its symbol resembles the listed ${near.join(", ")}`]),
    ...(foreign ? ["its name holds characters outside plain ASCII"] : []),
    ...((symbol?.length ?? 0) > 16 || (name?.length ?? 0) > 64 ? ["its name is unusually long"] : []),
    ...(symbol === undefined || symbol.trim() === "" ? ["it has no symbol"] : []),
    ...(decimals === undefined ? ["it answers no decimals, so it is no usual ERC-20"] : []),
    ...(decimals !== undefined && decimals > 18 ? [`${decimals} decimals are unusual`] : []),
    ...(totalSupply === undefined ? ["it does not say how much of it exists"] : []),
    ...(totalSupply === 0n ? ["none of it exists"] : []),
    ...(delegate === undefined ? [] : ["it is an account and not a contract of its own"]),
  ];
}

function codeFacts({ codeBytes, implementation, beacon, name, decimals }: Inspected): readonly string[] {
  const behind = implementation ?? beacon;
  return [
    `code: ${codeBytes} bytes${behind === undefined ? "" : `, a proxy: its code can be exchanged (now ${behind})`}`,
    `calls itself ${shownOr(name)}, decimals ${decimals ?? "unknown"}`,
  ];
}

const shownOr = (text: string | undefined): string => (text === undefined ? "nothing" : showText(text));
