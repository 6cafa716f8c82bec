import { parseAbi } from "viem";

/** Multicall3 (mds1/multicall3): the parts used here. */
export const multicall3Abi = parseAbi([
  "struct Call3 { address target; bool allowFailure; bytes callData; }",
  "struct Result { bool success; bytes returnData; }",
  "function aggregate3(Call3[] calls) payable returns (Result[] returnData)",
  "function getEthBalance(address owner) view returns (uint256)",
]);
