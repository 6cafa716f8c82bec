import { type Abi, decodeAbiParameters, decodeErrorResult, type Hex, parseAbi, size, slice } from "viem";
import { showText } from "../domain/showText.ts";
import { AAVE_ERROR_NAMES } from "./aaveErrorNames.ts";

/** What a revert says: a short stable name and one line for people. */
export type DecodedRevert = { readonly name: string; readonly message: string };

/** Custom errors that tokens and vaults on OpenZeppelin 5 and Permit2 share. Callers add their protocol's own. */
export const commonErrorsAbi = parseAbi([
  "error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)",
  "error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)",
  "error ERC20InvalidReceiver(address receiver)",
  "error ERC20InvalidSender(address sender)",
  "error ERC20InvalidApprover(address approver)",
  "error ERC20InvalidSpender(address spender)",
  "error ERC4626ExceededMaxDeposit(address receiver, uint256 assets, uint256 max)",
  "error ERC4626ExceededMaxMint(address receiver, uint256 shares, uint256 max)",
  "error ERC4626ExceededMaxWithdraw(address owner, uint256 assets, uint256 max)",
  "error ERC4626ExceededMaxRedeem(address owner, uint256 shares, uint256 max)",
  "error SafeERC20FailedOperation(address token)",
  "error OwnableUnauthorizedAccount(address account)",
  "error EnforcedPause()",
]);

/** Solidity's panic codes. Source: Solidity documentation, "Panic via assert and Error via require". */
const PANICS: Readonly<Record<string, string>> = {
  "1": "assertion failed",
  "17": "arithmetic overflow",
  "18": "division by zero",
  "33": "invalid enum value",
  "34": "corrupt storage byte array",
  "49": "pop of an empty array",
  "50": "array index out of bounds",
  "65": "out of memory",
  "81": "call of an uninitialised function",
};

/** Most characters of a contract's own reason that a message shows. */
const SHOWN = 120;
const ERROR_STRING = "0x08c379a0";
const PANIC = "0x4e487b71";

/**
 * Names a revert: Error(string) by its text, Aave's numeric strings by their name, Panic by its meaning, custom errors
 * by the ABIs given and the common ones; anything else by its selector. Never throws. Text from the chain is
 * data: in the name it is cut to 200 printable characters, in the message it stands in quotes, escaped and cut.
 */
export function decodeRevert(data: Hex | undefined, abis: readonly Abi[] = []): DecodedRevert {
  if (data === undefined || size(data) === 0)
    return { name: "NoReason", message: "The call reverted without a reason." };
  if (size(data) < 4) return { name: "Unknown", message: `The call reverted with ${data}.` };
  const selector = slice(data, 0, 4);
  try {
    if (selector === ERROR_STRING) return named(decodeAbiParameters([{ type: "string" }], slice(data, 4))[0]);
    if (selector === PANIC) return panic(decodeAbiParameters([{ type: "uint256" }], slice(data, 4))[0]);
  } catch {
    return { name: "Unknown", message: `The call reverted with malformed data (${selector}).` };
  }
  return custom(data, selector, abis);
}

function named(reason: string): DecodedRevert {
  const aave = AAVE_ERROR_NAMES[reason];
  if (aave !== undefined) return { name: `Aave: ${aave} (${reason})`, message: `Aave refused: ${words(aave)}.` };
  const text = printable(reason);
  if (text === "") return { name: "NoReason", message: "The contract refused: no reason given." };
  return { name: text, message: `The contract refused: ${showText(reason, SHOWN)}.` };
}

function panic(code: bigint): DecodedRevert {
  const meaning = PANICS[code.toString()] ?? "unknown panic";
  return { name: `Panic(${code})`, message: `The contract failed: ${meaning}.` };
}

function custom(data: Hex, selector: Hex, abis: readonly Abi[]): DecodedRevert {
  for (const abi of [...abis, commonErrorsAbi as Abi]) {
    try {
      const { errorName, args } = decodeErrorResult({ abi, data });
      const shown = (args ?? []).map((value) => printable(String(value))).join(", ");
      return { name: errorName, message: `The contract refused: ${errorName}(${shown}).` };
    } catch {
      // not an error of this ABI: try the next one
    }
  }
  return { name: `Unknown(${selector})`, message: `The contract refused with an unknown error (${selector}).` };
}

const words = (constant: string): string => constant.toLowerCase().replaceAll("_", " ");

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?").slice(0, 200);
