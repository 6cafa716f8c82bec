import type { Amount, Question } from "../domain/intent.ts";
import { fromShare, toPercent } from "./rational.ts";
import type { Span } from "./spans.ts";

/** What a question about a trade or a rate says beside its topic: how much is given, and what is wanted for it. */
export type AskedFor = Pick<Question, "amount" | "buy">;

type Asked = {
  readonly question: Question;
  readonly spans: readonly Span[];
  /** The owner's last message. */
  readonly lastTurn: { readonly turn: number; readonly text: string };
};

/**
 * Amount and wanted token of a quote, amount of a yield question, from the words alone: one figure, one other token. It
 * goes to the read and not into the public form; where the words leave room, the read takes its default and says so.
 */
export function askedFor({ question, spans, lastTurn }: Asked): AskedFor {
  if (question.topic !== "quote" && question.topic !== "yield") return {};
  const own = spans.filter((span) => span.owner && span.turn === lastTurn.turn);
  const tokens = own.filter(({ kind, letter }) => kind === "token" && letter !== "u" && letter !== "q");
  const others = [...new Set(tokens.map(({ value }) => value))].filter((value) => value !== question.asset);
  const buy = question.topic === "quote" && others.length === 1 ? others[0] : undefined;
  const figures = own.filter(({ kind }) => kind === "number" || kind === "fraction");
  const [figure] = figures;
  const counted = figure === undefined ? undefined : tokens.find((token) => isCounted(figure, token, lastTurn.text));
  const given = figures.length === 1 && (counted === undefined || counted.value === question.asset);
  const amount = given && figure !== undefined ? amountOf(figure) : undefined;
  return { ...(amount === undefined ? {} : { amount }), ...(buy === undefined ? {} : { buy }) };
}

/** "2 eth", "half of my dai": the token right behind a figure is what it counts. */
function isCounted(figure: Span, token: Span, text: string): boolean {
  return (
    token.start >= figure.end &&
    /^\s*(?:%|percent)?\s*(?:of )?(?:my |the )?$/i.test(text.slice(figure.end, token.start))
  );
}

function amountOf({ kind, value, unit, letter }: Span): Amount | undefined {
  if (letter === "v" || unit === "foreign" || unit === "gas" || unit === "bps") return undefined;
  if (kind === "fraction") return { unit: "percent", value: toPercent(fromShare(value)) };
  if (/^0(\.0*)?$/.test(value) || (unit === "percent" && Number(value) > 100)) return undefined;
  return { unit: unit === "usd" ? "usd" : unit === "percent" ? "percent" : "token", value };
}
