import { expect, test } from "vitest";
import { SECRET_MARK } from "../domain/secret.ts";
import { redactSecrets } from "./redactSecrets.ts";
import { understand } from "./understand.ts";

const key = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

test("default: a private key is replaced, the rest stays as it was", () => {
  const said = { role: "user" as const, content: `my private key is ${key}, Please swap 5 USDC` };
  const [redacted] = redactSecrets([said]);
  expect(redacted?.content).not.toContain(key);
  expect(redacted?.content).toContain(SECRET_MARK);
  expect(redacted?.content).toContain("Please swap 5 USDC");
});

test("behavior: a conversation without secrets comes back as it is", () => {
  const messages = [{ role: "user" as const, content: "swap 5 usdc for eth" }];
  expect(redactSecrets(messages)).toBe(messages);
});

test("behavior: what was redacted is still refused, and never reaches the model", async () => {
  const messages = redactSecrets([{ role: "user", content: `import 0x${key} as private key` }]);
  const { understanding } = await understand({
    messages,
    prompt: (masked) => ({ system: "", user: masked }),
    model: () => Promise.reject(new TypeError("the model must not be asked")),
  });
  expect(understanding.kind).toBe("refuse");
});
