import type { LlamaModel, Token } from "node-llama-cpp";

/** Text of tokens that stand inside an answer; filled as they are met and kept with the model. */
export type PieceTexts = Map<Token, string>;

/** Turns tokens into text as they come. */
export type TextAssembler = {
  /** Text that is certain now; `stopped` when a stop text was reached (it is not part of the text). */
  readonly push: (token: Token) => { readonly piece: string; readonly stopped: boolean };
  /** What was held back when the answer ends. */
  readonly rest: () => string;
};

type Options = { readonly model: LlamaModel; readonly stop: readonly string[]; readonly texts: PieceTexts };

/** Most tokens that one split character can take. */
const LONGEST_SPLIT = 4;

/** Waits for characters split over tokens and, where stop texts are given, holds back what may be the start of one. */
export function textAssembler({ model, stop, texts }: Options): TextAssembler {
  const hold = Math.max(0, ...stop.map((text) => text.length - 1));
  const read = pieceReader(model, texts);
  let held = "";
  return {
    push(token) {
      const text = read.push(token);
      if (hold === 0 && stop.length === 0) return { piece: text, stopped: false };
      held += text;
      const at = Math.min(...stop.map((end) => held.indexOf(end)).filter((index) => index >= 0));
      if (Number.isFinite(at)) return { piece: held.slice(0, at), stopped: true };
      const piece = held.slice(0, Math.max(0, held.length - hold));
      held = held.slice(piece.length);
      return { piece, stopped: false };
    },
    rest: () => held + read.rest(),
  };
}

/** The first token of an answer may lose a blank and bytes of a character may be split; all others always read the same. */
function pieceReader(model: LlamaModel, texts: PieceTexts): { push(token: Token): string; rest(): string } {
  let last: readonly Token[] = [];
  let pending: Token[] = [];
  return {
    push(token) {
      const known = pending.length === 0 && last.length > 0 ? texts.get(token) : undefined;
      if (known !== undefined) {
        last = [token];
        return known;
      }
      pending.push(token);
      const text = model.detokenize(pending, false, last);
      if (text.endsWith("\uFFFD") && pending.length < LONGEST_SPLIT) return "";
      if (pending.length === 1 && last.length > 0) texts.set(token, text);
      last = pending;
      pending = [];
      return text;
    },
    rest: () => (pending.length === 0 ? "" : model.detokenize(pending, false, last)),
  };
}
