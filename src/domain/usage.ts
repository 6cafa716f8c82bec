/** Statement of one inference. Signed and reported to the network in a later room. */
export type UsageRecord = {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly intentId?: string;
  /** "unknown" where the weights are on another machine. */
  readonly modelSha256: string;
  readonly modelName: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly milliseconds: number;
  /** "cpu", "cuda", "metal", "vulkan", or "remote". */
  readonly device: string;
  readonly gpuLayers: number;
};
