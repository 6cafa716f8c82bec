import { parseAbi } from "viem";

/** SwapRouter02 of swap-router-contracts: the calls that plans are made of. */
export const swapRouter02Abi = parseAbi([
  "struct ExactInput { bytes path; address recipient; uint256 amountIn; uint256 amountOutMinimum; }",
  "struct ExactOutput { bytes path; address recipient; uint256 amountOut; uint256 amountInMaximum; }",
  "function exactInput(ExactInput params) payable returns (uint256 amountOut)",
  "function exactOutput(ExactOutput params) payable returns (uint256 amountIn)",
  "function multicall(uint256 deadline, bytes[] data) payable returns (bytes[] results)",
  "function unwrapWETH9(uint256 amountMinimum, address recipient) payable",
  "function refundETH() payable",
]);
