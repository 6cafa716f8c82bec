import { parseAbi } from "viem";

/** ERC-4626: what plans call. */
export const erc4626Abi = parseAbi([
  "function deposit(uint256 assets, address receiver) returns (uint256 shares)",
  "function withdraw(uint256 assets, address receiver, address owner) returns (uint256 shares)",
  "function redeem(uint256 shares, address receiver, address owner) returns (uint256 assets)",
]);

/** ERC-4626: what is read. */
export const erc4626ViewAbi = parseAbi([
  "function asset() view returns (address)",
  "function decimals() view returns (uint8)",
  "function balanceOf(address owner) view returns (uint256)",
  "function totalAssets() view returns (uint256)",
  "function convertToAssets(uint256 shares) view returns (uint256)",
  "function maxDeposit(address receiver) view returns (uint256)",
  "function maxWithdraw(address owner) view returns (uint256)",
  "function maxRedeem(address owner) view returns (uint256)",
  "function previewDeposit(uint256 assets) view returns (uint256)",
  "function previewWithdraw(uint256 assets) view returns (uint256)",
  "function previewRedeem(uint256 shares) view returns (uint256)",
]);

/** Forward rates that some vaults publish: a per-second growth factor in ray. */
export const vaultRateAbi = parseAbi([
  "function ratePerSecondRay() view returns (uint256)",
  "function ssr() view returns (uint256)",
  "function pot() view returns (address)",
  "function fundedSeconds() view returns (uint256)",
]);

/** Maker's Pot, where sDAI's rate stands. */
export const potAbi = parseAbi(["function dsr() view returns (uint256)"]);
