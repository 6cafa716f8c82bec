/** What a masked piece of text is. */
export type SpanKind =
  | "number"
  | "fraction"
  | "token"
  | "address"
  | "ens"
  | "hash"
  | "date"
  | "time"
  | "protocol"
  | "chain"
  | "secret";

/** Measure that stands right beside a number in the owner's words. */
export type NumberUnit = "usd" | "percent" | "bps" | "gas" | "foreign";

/** One piece of a conversation that code has read and replaced by a mask. */
export type Span = {
  /** Bare reference as the draft spells it ("N1", "T2"); empty when the draft may not point at it. */
  readonly ref: string;
  readonly kind: SpanKind;
  /** Class letter after the index inside the mask ("s" of "[T1s]"), or "". */
  readonly letter: string;
  /** Canonical value: decimal string, symbol, address, protocol id, ISO date, "numerator/denominator" of a fraction. */
  readonly value: string;
  /** Index of the message, and code-unit offsets inside it. */
  readonly turn: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** True when the owner (not the assistant) wrote it. */
  readonly owner: boolean;
  /** Measure beside a number, when one is written. */
  readonly unit?: NumberUnit;
};

/** A conversation as the model sees it, and what its masks stand for. */
export type Masked = {
  readonly prompt: string;
  readonly spans: readonly Span[];
  /** True when a message was too long and the model saw only its ends. */
  readonly truncated: boolean;
};

/** What the masker may know of the owner's world. Nothing here is written into the prompt. */
export type MaskContext = {
  readonly account?: string;
  readonly contacts?: readonly { readonly name: string; readonly address: string }[];
  /** The chain's token registry: what is sent to a token's own contract is lost. */
  readonly tokens?: { readonly all: readonly { readonly symbol: string; readonly address: string }[] };
  /** Clock for dates without a year; without it they stay text. */
  readonly now?: Date;
};

/** A piece found by one of the readers, before it has a reference. Offsets are into the folded text. */
export type Found = {
  readonly kind: SpanKind;
  readonly letter: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
};
