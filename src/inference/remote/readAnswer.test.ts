import { expect, test } from "vitest";
import { readAnswer } from "./readAnswer.ts";

const SCHEMA = {
  oneOf: [
    { type: "object", properties: { a: { enum: [1, 2] } }, required: ["a"], additionalProperties: false },
    { type: "object", properties: { b: { const: "}" } }, required: ["b"], additionalProperties: false },
  ],
};
const same = (value: unknown) => value;
const read = (text: string) => readAnswer(text, SCHEMA, same);

test("default: the whole text", () => {
  expect(read(' {"a":1}\n')).toEqual({ value: { a: 1 } });
});

test("behavior: in a fence, between words, behind an object that does not fit, with brackets in texts", () => {
  expect(read('```json\n{"a":2}\n```')).toEqual({ value: { a: 2 } });
  expect(read('I think {x} that {"c":1} is wrong: {"b":"}"} it is.')).toEqual({ value: { b: "}" } });
});

test("behavior: several different objects of the schema are no answer", () => {
  expect(read('{"a":1} or {"a":2}')).toEqual({ reason: expect.stringContaining("several") });
  expect(read('{"a":1} and {"a":1}')).toEqual({ value: { a: 1 } });
});

test("behavior: nothing fits", () => {
  expect(read("none")).toEqual({ reason: expect.stringContaining("no JSON") });
  expect(read('{"a":3}')).toEqual({ reason: expect.stringContaining("not of the schema") });
  expect(read('{"a":1,"extra":true}')).toEqual({ reason: expect.stringContaining("not of the schema") });
  expect(read(`${"{".repeat(60_000)}`)).toEqual({ reason: expect.stringContaining("no JSON") });
});
