import type { Address } from "viem";

/**
 * Contracts that wallets publish for their users' EIP-7702 delegations, the same address on every chain. Sources:
 * github.com/MetaMask/delegation-framework (EIP7702StatelessDeleGator 1.3.0), github.com/Uniswap/calibur,
 * github.com/base/eip-7702-proxy, github.com/AmbireTech/ambire-common (AmbireAccount7702),
 * github.com/eth-infinitism/account-abstraction (Simple7702Account 0.8).
 */
const DELEGATES: Readonly<Record<string, string>> = {
  "0x63c0c19a282a1b52b07dd5a65b58948a07dae32b": "MetaMask EIP7702StatelessDeleGator",
  "0x000000005c84f8fd50b21cac312528a64437030e": "Uniswap Calibur",
  "0x7702cb554e6bfb442cb743a7df23154544a7176c": "Coinbase EIP-7702 proxy",
  "0x5a7fc11397e9a8ad41bf10bf13f22b0a63f96f6d": "Ambire account",
  "0xe6cae83bde06e4c305530e199d7217f42808555b": "Simple7702Account",
};

/** Whose published delegate this is; undefined = nobody's we know. */
export function knownDelegate(address: Address): string | undefined {
  return DELEGATES[address.toLowerCase()];
}
