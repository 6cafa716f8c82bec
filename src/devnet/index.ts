export { actAs, DevnetActionError, DevnetUnknownError } from "./actAs.ts";
export { alignPools } from "./alignPools.ts";
export { AnvilMissingError } from "./anvilBinary.ts";
export { DevnetBuildError, DevnetRpcError } from "./build/builder.ts";
export { configureReserve, type ReserveChange } from "./configureReserve.ts";
export {
  freezeFeed,
  type PriceReplay,
  type PriceWalk,
  readPrice8,
  replayPrices,
  setPrice,
  walkPrices,
} from "./prices.ts";
export { printDevnet } from "./printDevnet.ts";
export { advanceTime, DevnetSnapshotError, revertTo, snapshot } from "./snapshot.ts";
export { DevnetPortInUseError, DevnetStartError } from "./startAnvil.ts";
export { startDevnet } from "./startDevnet.ts";
export {
  borrow,
  give,
  type PoolSwap,
  type ReserveRef,
  readReserve,
  repay,
  setUtilisation,
  swapInPool,
  tokenOf,
} from "./traders.ts";
export type * from "./types.ts";
