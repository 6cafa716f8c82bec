import type { StructuredToolInterface } from "@langchain/core/tools";
import type { Question } from "../src/domain/intent.ts";
import type { Answer } from "../src/reads/describePortfolio.ts";

const HELP =
  "Say what you want to do with your funds: swap, send, supply, withdraw, borrow, repay, move or earn the best yield.";

/** The tool and arguments that answer a topic; undefined where no read answers it yet. */
function toolFor({
  topic,
  asset,
  protocol,
}: Question): { readonly name: string; readonly args: Record<string, unknown> } | undefined {
  switch (topic) {
    case "balance":
    case "portfolio":
    case "position":
    case "health-factor":
      return { name: "readPortfolio", args: { about: topic, asset, protocol } };
    case "yield":
      return { name: "readYields", args: { asset, protocol } };
    case "price":
      return { name: "readPrice", args: { asset } };
    case "gas":
      return { name: "readGas", args: {} };
    default:
      return undefined;
  }
}

/** Answers a typed question with one read: facts with their block; a topic that no read answers is said so. */
export async function answerQuestion(tools: readonly StructuredToolInterface[], question: Question): Promise<Answer> {
  if (question.topic === "help") return { text: HELP, facts: [] };
  const choice = toolFor(question);
  const tool = tools.find((entry) => entry.name === choice?.name);
  if (choice === undefined || tool === undefined)
    return { text: `Questions about ${question.topic} are not answered yet.`, facts: [] };
  const message = (await tool.invoke({
    type: "tool_call",
    id: question.topic,
    name: choice.name,
    args: choice.args,
  })) as { artifact: Answer };
  return message.artifact;
}
