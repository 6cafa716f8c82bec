import { missingField, type Understanding } from "../domain/intent.ts";

type Missing = Extract<Understanding, { kind: "clarify" }>["missing"][number];

const QUESTIONS: Readonly<Record<Missing, string>> = {
  amount: "how much",
  sell: "which token pays for it",
  buy: "which token do you want to receive",
  asset: "which token",
  to: "to which address or ENS name",
  protocol: "on which protocol",
  below: "below which health factor should I act",
  every: "how often",
  condition: "at which value exactly",
  spender: "for which protocol or contract",
  action: "what should I do",
};
const OPTIONS: Readonly<Partial<Record<Missing, readonly string[]>>> = {
  buy: ["USDC", "USDT", "DAI"],
  protocol: ["Aave v3", "Spark", "Morpho", "Compound v3"],
  every: ["every day", "every week", "every month"],
  below: ["1.2", "1.5", "1.8"],
};

/** Builds the question for what was not said: one sentence, and options where the choice is small. */
export function clarifyWith(
  missing: readonly string[],
  because = "",
  draft?: unknown,
): Extract<Understanding, { kind: "clarify" }> {
  const fields = missing.flatMap((name) => {
    const parsed = missingField.safeParse(name);
    return parsed.success ? [parsed.data] : [];
  });
  const known: Missing[] = fields.length === 0 ? ["action"] : [...new Set(fields)];
  const text = known.map((field) => QUESTIONS[field]).join(", and ");
  const question = `${text.charAt(0).toUpperCase()}${text.slice(1)}?`;
  const only = known.length === 1 ? known[0] : undefined;
  const options = only === undefined ? undefined : OPTIONS[only];
  return {
    kind: "clarify",
    missing: known,
    prompt: because === "" ? question : `${because} ${question}`,
    ...(options === undefined ? {} : { options: [...options] }),
    ...(draft === undefined ? {} : { draft }),
  };
}
