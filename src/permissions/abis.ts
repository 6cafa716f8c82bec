import { parseAbi } from "viem";

/** ERC-20 and ERC-721/1155 calls that permit something. `approve` of a collectible has the same selector. */
export const tokenAbi = parseAbi([
  "function approve(address spender, uint256 amount)",
  "function increaseAllowance(address spender, uint256 added)",
  "function decreaseAllowance(address spender, uint256 taken)",
  "function setApprovalForAll(address operator, bool approved)",
  // EIP-2612.
  "function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)",
  // DAI's own form, before EIP-2612.
  "function permit(address holder, address spender, uint256 nonce, uint256 expiry, bool allowed, uint8 v, bytes32 r, bytes32 s)",
]);

/** Permit2 (Uniswap/permit2, AllowanceTransfer.sol). */
export const permit2Abi = parseAbi([
  "struct PermitDetails { address token; uint160 amount; uint48 expiration; uint48 nonce; }",
  "struct PermitSingle { PermitDetails details; address spender; uint256 sigDeadline; }",
  "struct PermitBatch { PermitDetails[] details; address spender; uint256 sigDeadline; }",
  "function approve(address token, address spender, uint160 amount, uint48 expiration)",
  "function permit(address owner, PermitSingle permitSingle, bytes signature)",
  "function permit(address owner, PermitBatch permitBatch, bytes signature)",
]);

/** Permit2 calls that only take back: they permit nothing (AllowanceTransfer.sol, SignatureTransfer.sol). */
export const permit2RevokeAbi = parseAbi([
  "struct TokenSpenderPair { address token; address spender; }",
  "function lockdown(TokenSpenderPair[] approvals)",
  "function invalidateNonces(address token, address spender, uint48 newNonce)",
  "function invalidateUnorderedNonces(uint256 wordPos, uint256 mask)",
]);

/** Power over contracts: OpenZeppelin Ownable and AccessControl, EIP-1967 and UUPS proxies, ProxyAdmin. */
export const controlAbi = parseAbi([
  "function transferOwnership(address newOwner)",
  "function setOwner(address newOwner)",
  "function setPendingOwner(address newOwner)",
  "function grantRole(bytes32 role, address account)",
  "function changeAdmin(address newAdmin)",
  "function changeProxyAdmin(address proxy, address newAdmin)",
  "function setAdmin(address newAdmin)",
  "function upgrade(address proxy, address implementation)",
  "function upgradeAndCall(address proxy, address implementation, bytes data)",
  "function upgradeTo(address implementation)",
  "function upgradeToAndCall(address implementation, bytes data)",
  "function addOwnerWithThreshold(address owner, uint256 threshold)",
  "function swapOwner(address prevOwner, address oldOwner, address newOwner)",
  "function enableModule(address module)",
  "function setGuard(address guard)",
]);

/** Calls that carry other calls: they are opened, and what is inside is read. */
export const wrapperAbi = parseAbi([
  "struct Call { address target; bytes callData; }",
  "struct Call3 { address target; bool allowFailure; bytes callData; }",
  "struct Call3Value { address target; bool allowFailure; uint256 value; bytes callData; }",
  "function multicall(bytes[] data)",
  "function multicall(uint256 deadline, bytes[] data)",
  "function multicall(bytes32 previousBlockhash, bytes[] data)",
  "function aggregate(Call[] calls)",
  "function tryAggregate(bool requireSuccess, Call[] calls)",
  "function aggregate3(Call3[] calls)",
  "function aggregate3Value(Call3Value[] calls)",
  "function execute(address target, uint256 value, bytes data)",
  "function execTransaction(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, bytes signatures)",
]);

/** Permit2 stands at this address on every chain (Uniswap/permit2, deployed by CREATE2). */
export const PERMIT2 = "0x000000000022D473030F116dDEE9F6B43aC78BA3";
