import { parseAbi } from "viem";

/** WETH9 beyond ERC-20: wrap and unwrap. */
export const wethAbi = parseAbi(["function deposit() payable", "function withdraw(uint256 amount)"]);
