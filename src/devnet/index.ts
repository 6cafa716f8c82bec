export { AnvilMissingError } from "./anvilBinary.ts";
export { DevnetBuildError } from "./build/builder.ts";
export { DevnetPortInUseError, DevnetStartError } from "./startAnvil.ts";
export { startDevnet } from "./startDevnet.ts";
export type * from "./types.ts";
