import { type Address, type Hex, parseAbi } from "viem";
import type { Call } from "../domain/call.ts";
import { decode, isExactly } from "../permissions/decode.ts";

/** What a swap's calldata binds its router to, whichever router it is. */
export type SwapTerms = {
  /** Least that must come back, base units; of a swap for an exact amount, that amount. */
  readonly least: bigint;
  /** Unix seconds; undefined where the calldata carries none. */
  readonly deadlineSeconds?: bigint;
  readonly recipient: Address;
};

/** Uniswap v2 Router02 (and its many copies), all swaps. */
const v2Abi = parseAbi([
  "function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)",
  "function swapTokensForExactTokens(uint256 amountOut, uint256 amountInMax, address[] path, address to, uint256 deadline)",
  "function swapExactETHForTokens(uint256 amountOutMin, address[] path, address to, uint256 deadline) payable",
  "function swapTokensForExactETH(uint256 amountOut, uint256 amountInMax, address[] path, address to, uint256 deadline)",
  "function swapExactTokensForETH(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)",
  "function swapETHForExactTokens(uint256 amountOut, address[] path, address to, uint256 deadline) payable",
  "function swapExactTokensForTokensSupportingFeeOnTransferTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)",
  "function swapExactETHForTokensSupportingFeeOnTransferTokens(uint256 amountOutMin, address[] path, address to, uint256 deadline) payable",
  "function swapExactTokensForETHSupportingFeeOnTransferTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)",
]);
/** Uniswap v3 SwapRouter (with a deadline) and SwapRouter02 (without). */
const v3Abi = parseAbi([
  "struct OldSingle { address tokenIn; address tokenOut; uint24 fee; address recipient; uint256 deadline; uint256 amountIn; uint256 amountOutMinimum; uint160 sqrtPriceLimitX96; }",
  "struct Single { address tokenIn; address tokenOut; uint24 fee; address recipient; uint256 amountIn; uint256 amountOutMinimum; uint160 sqrtPriceLimitX96; }",
  "struct OldPath { bytes path; address recipient; uint256 deadline; uint256 amountIn; uint256 amountOutMinimum; }",
  "struct Path { bytes path; address recipient; uint256 amountIn; uint256 amountOutMinimum; }",
  "function exactInputSingle(OldSingle params) payable",
  "function exactInputSingle(Single params) payable",
  "function exactInput(OldPath params) payable",
  "function exactInput(Path params) payable",
]);
/** What else a router's multicall may hold without moving anything of the caller's but its own change. */
const besideAbi = parseAbi([
  "function refundETH() payable",
  "function unwrapWETH9(uint256 least, address recipient) payable",
]);
const multicallAbi = parseAbi([
  "function multicall(bytes[] data) payable",
  "function multicall(uint256 deadline, bytes[] data) payable",
]);

export type SwapsRead = {
  readonly swaps: readonly SwapTerms[];
  /** True when the call is these swaps and nothing else, to the last byte. */
  readonly whole: boolean;
};

/** Swaps of the well-known routers' functions in a call, at any address; one level of multicall is opened. Never throws. */
export function readSwaps({ data }: Pick<Call, "data">): SwapsRead {
  const outer = decode(multicallAbi, data);
  if (outer === undefined) return readOne(data, undefined);
  const [inner, deadline] = outer.args.length === 1 ? [outer.args[0]] : [outer.args[1], outer.args[0]];
  const parts = inner.map((one) => (decode(besideAbi, one) === undefined ? readOne(one, deadline) : beside(one)));
  const swaps = parts.flatMap((part) => part.swaps);
  return { swaps, whole: swaps.length > 0 && isExactly(multicallAbi, data) && parts.every(({ whole }) => whole) };
}

function beside(data: Hex): SwapsRead {
  return { swaps: [], whole: isExactly(besideAbi, data) };
}

function readOne(data: Hex, outerDeadline: bigint | undefined): SwapsRead {
  const found = readV2(data) ?? readV3(data, outerDeadline);
  return found === undefined
    ? { swaps: [], whole: false }
    : { swaps: [found], whole: isExactly(v2Abi, data) || isExactly(v3Abi, data) };
}

function readV2(data: Hex): SwapTerms | undefined {
  const decoded = decode(v2Abi, data);
  if (decoded === undefined) return undefined;
  const { functionName, args } = decoded;
  const [recipient, deadlineSeconds] = args.slice(-2) as [Address, bigint];
  const named = args.length === 4 || /ForExact/.test(functionName) ? args[0] : args[1];
  return { least: named as bigint, recipient, deadlineSeconds };
}

function readV3(data: Hex, outer: bigint | undefined): SwapTerms | undefined {
  const params = decode(v3Abi, data)?.args[0];
  if (params === undefined) return undefined;
  const deadlineSeconds = "deadline" in params ? params.deadline : outer;
  return {
    least: params.amountOutMinimum,
    recipient: params.recipient,
    ...(deadlineSeconds === undefined ? {} : { deadlineSeconds }),
  };
}
