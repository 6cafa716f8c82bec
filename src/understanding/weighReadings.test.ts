import { describe, expect, it } from "vitest";
import { weighReadings } from "./weighReadings.ts";

const bounds = { agreed: 0.3, contested: 0.9, alone: 0.6 };
const [swap, send] = [
  { kind: "act", actions: [{ type: "swap" }] },
  { kind: "act", actions: [{ type: "transfer" }] },
];

describe("weighReadings", () => {
  it("default: what both read is believed at the lower bound", () => {
    const both = weighReadings({ draft: swap, confidence: 0.4 }, { draft: { ...swap }, confidence: 0.2 }, bounds);
    expect(both).toEqual({ draft: swap, doubtful: false });
  });

  it("behavior: of two readings the more probable is taken, and believed at the higher bound only", () => {
    const contested = weighReadings({ draft: swap, confidence: 0.5 }, { draft: send, confidence: 0.8 }, bounds);
    expect(contested).toEqual({ draft: send, doubtful: true, other: { draft: swap, doubtful: true } });
    const sure = weighReadings({ draft: swap, confidence: 0.95 }, { draft: send, confidence: 0.7 }, bounds);
    expect(sure).toEqual({ draft: swap, doubtful: false, other: { draft: send, doubtful: false } });
  });

  it("behavior: an unknown probability is none", () => {
    expect(weighReadings({ draft: swap }, { draft: swap }, bounds)).toEqual({ draft: swap, doubtful: true });
    expect(weighReadings({ draft: swap }, { draft: send, confidence: 0.1 }, bounds).draft).toBe(send);
  });
});
