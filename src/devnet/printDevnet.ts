import type { Devnet } from "./types.ts";

type Row = readonly [label: string, value: string];

/** The running chain as text: accounts with their keys, then every address. */
export function printDevnet({ rpcUrl, chainId, pid, accounts, deployment }: Devnet): string {
  const { tokens, uniswapV3, uniswapV2, morpho } = deployment;
  const sections: readonly (readonly [title: string, rows: readonly Row[]])[] = [
    [
      "Local chain",
      [
        ["RPC", rpcUrl],
        ["chain id", String(chainId)],
        ["process", String(pid)],
      ],
    ],
    [
      "Accounts (public keys of anvil; never send real funds)",
      accounts.map((a) => [a.label, `${a.address}  ${a.privateKey}`]),
    ],
    ["Tokens", Object.values(tokens).map((t) => [t.symbol, `${t.address}  ${t.decimals} decimals`])],
    ["Price feeds (USD, 8 decimals)", Object.entries(deployment.priceFeeds)],
    ["Uniswap v3", rows(uniswapV3)],
    ["Uniswap v2", rows(uniswapV2)],
    ["Aave v3", rows(deployment.aaveV3)],
    ["Spark", rows(deployment.spark)],
    [
      "Morpho Blue",
      [
        ["morpho", morpho.address],
        ["rate model", morpho.irm],
        ...morpho.markets.map((m): Row => [`${symbolOf(m.loanToken)} on ${symbolOf(m.collateralToken)}`, m.id]),
      ],
    ],
    ["Savings vaults (ERC-4626)", deployment.erc4626.map((v) => [v.symbol, `${v.vault}  ${v.name}`])],
    [
      "Shared",
      [
        ["multicall3", deployment.multicall3],
        ["permit2", deployment.permit2],
      ],
    ],
  ];
  return sections.map(([title, lines]) => `${title}\n${table(lines)}`).join("\n\n");

  function symbolOf(address: string): string {
    return Object.values(tokens).find((token) => token.address === address)?.symbol ?? address;
  }
}

function rows(addresses: object): readonly Row[] {
  return Object.entries(addresses).filter((entry): entry is [string, string] => typeof entry[1] === "string");
}

function table(lines: readonly Row[]): string {
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join("\n");
}
