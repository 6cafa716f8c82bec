import { type Address, isAddressEqual } from "viem";

/**
 * Contracts that wallets let their users' accounts run (EIP-7702), the same on every chain that has them. Whoever asks must
 * see that there is code: an address alone proves nothing.
 */
const DELEGATES: readonly (readonly [address: Address, wallet: string])[] = [
  // EIP7702StatelessDeleGator, MetaMask/delegation-framework, deployments.
  ["0x63c0c19a282a1B52b07dD5a65b58948A07DAE32B", "MetaMask"],
  // EIP7702Proxy, base/eip-7702-proxy, README.
  ["0x7702cb554e6bFb442cb743A7dF23154544a7176C", "Coinbase Smart Wallet"],
];

/** The wallet behind a delegate; undefined for everything else. */
export function walletOfDelegate(address: Address): string | undefined {
  return DELEGATES.find(([delegate]) => isAddressEqual(delegate, address))?.[1];
}
