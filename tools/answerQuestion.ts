import type { StructuredToolInterface } from "@langchain/core/tools";
import type { Question } from "../src/domain/intent.ts";
import type { Answer } from "../src/reads/toAnswer.ts";

/** The tool that answers each topic; the question's own fields are its arguments, each tool takes those it knows. */
const TOOL_OF: Readonly<Record<Question["topic"], string>> = {
  balance: "readPortfolio",
  portfolio: "readPortfolio",
  position: "readPortfolio",
  "health-factor": "readPortfolio",
  price: "readPrice",
  yield: "readYields",
  quote: "readQuote",
  gas: "readGas",
  "token-safety": "readTokenSafety",
  contract: "readContract",
  transaction: "readTransaction",
  approvals: "readApprovals",
  automations: "readAutomations",
  history: "readHistory",
  usage: "readUsage",
  help: "readHelp",
};

/** Answers a typed question with one read: words, facts, their block and where they were read. */
export async function answerQuestion(tools: readonly StructuredToolInterface[], question: Question): Promise<Answer> {
  const { topic, ...args } = question;
  const tool = tools.find(({ name }) => name === TOOL_OF[topic]);
  if (tool === undefined) return { text: `Questions about ${topic} are not answered here.`, facts: [] };
  const message = (await tool.invoke({
    type: "tool_call",
    id: topic,
    name: tool.name,
    args: { about: topic, ...args },
  })) as { artifact: Answer };
  return message.artifact;
}
