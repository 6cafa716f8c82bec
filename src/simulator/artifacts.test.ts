import { expect, test } from "vitest";
import { compileRunner } from "./artifacts/compile.ts";
import committed from "./artifacts/SequenceRunner.json" with { type: "json" };

test("default: the committed runner is what its source compiles to", () => {
  expect(compileRunner()).toEqual(committed);
});
