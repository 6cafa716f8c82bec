import { showText } from "../domain/showText.ts";
import type { UsageRecord } from "../domain/usage.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { QuestionDeps } from "./types.ts";

/** Most records that are summed. */
const MOST = 500;

/** What the language model was used for so far: inferences, tokens, time, by model and device. */
export async function describeUsage({ usage }: Pick<QuestionDeps, "usage">): Promise<Answer> {
  const source = "usage records kept here, one for every inference";
  const records = await usage.list({ limit: MOST });
  const oldest = records.at(-1);
  if (oldest === undefined) return toAnswer({ says: "The language model was not used yet.", source });
  const groups = new Map<string, readonly UsageRecord[]>();
  for (const record of records) {
    const key = `${showText(record.modelName)} on ${showText(record.device)}`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  const since = `since ${oldest.at.slice(0, 16).replace("T", " ")} UTC`;
  const whole = `${records.length === MOST ? `the last ${MOST}` : records.length} inferences ${since}: ${sum(records)}`;
  return toAnswer({
    says: `${whole}.`,
    facts: [whole, ...[...groups].map(([key, group]) => `${key}: ${group.length} inferences, ${sum(group)}`)],
    source,
  });
}

function sum(records: readonly UsageRecord[]): string {
  const of = (pick: (record: UsageRecord) => number) => records.reduce((total, record) => total + pick(record), 0);
  const seconds = (of(({ milliseconds }) => milliseconds) / 1_000).toFixed(1);
  return `${of(({ promptTokens }) => promptTokens)} tokens read, ${of(({ completionTokens }) => completionTokens)} written, ${seconds} seconds`;
}
