import { DraftInvalidError } from "./resolveField.ts";

/** Names of the days in the languages of the corpus, lower case. */
const DAYS: Readonly<Record<string, RegExp>> = {
  monday: /\bmon(day)?s?\b|montag|\blunes\b|segunda|\blundi|luned[iì]|pazartesi|senin\b|понедельник|周一|星期一|月曜/,
  tuesday: /\btue(s|sday)?s?\b|dienstag|\bmartes\b|terça|\bmardi|marted[iì]|\bsalı|selasa|вторник|周二|星期二|火曜/,
  wednesday:
    /\bwed(s|nesday)?s?\b|mittwoch|miércoles|miercoles|quarta|mercredi|mercoled[iì]|çarşamba|\brabu\b|сред[аыу]|周三|星期三|水曜/,
  thursday:
    /\bthu(rs?|rsday)?s?\b|donnerstag|\bjueves\b|quinta|\bjeudi|gioved[iì]|perşembe|\bkamis\b|четверг|周四|星期四|木曜/,
  friday: /\bfri(day)?s?\b|freitag|viernes|sexta|vendredi|venerd[iì]|\bcuma\b|jumat|пятниц|周五|星期五|金曜/,
  saturday: /\bsat(urday)?s?\b|samstag|sonnabend|sábado|sabado|samedi|sabato|cumartesi|sabtu|суббот|周六|星期六|土曜/,
  sunday: /\bsun(day)?s?\b|sonntag|domingo|dimanche|domenica|\bpazar\b|minggu|воскресень|周日|星期日|星期天|日曜/,
};
const HOURS = /\bhour|\b60 min|stünd|stunde|\bhora|\bheure|\bor[ae]\b|saat|\bjam\b|час|小时|小時|時間|\bhr\b|\b1h\b/;

/**
 * Holds a period against the owner's words: a weekday must be one that they name, and a named weekday may not turn into
 * another rhythm. Periods with a number of the owner's ("every 12 hours") are grounded by that number already.
 *
 * @throws {DraftInvalidError}
 */
export function guardPeriod(every: string, said: string): void {
  const text = said.toLowerCase();
  const wanted = /^week:(\w+)$/.exec(every)?.[1];
  const meant = wanted === undefined ? undefined : DAYS[wanted];
  // Short forms ("mon", "sat") are words of other meanings too: they bear a weekday out but do not contradict a period.
  // "tiap minggu" is "every week" or "every Sunday": it contradicts neither.
  const sure = text.replace(/\b(?:se)?tiap minggu\b/g, "");
  const named = Object.values(DAYS).filter((pattern) => (pattern.exec(sure)?.[0].length ?? 0) > 4);
  const wrongDay =
    meant === undefined ? named.length === 1 && /^(day|week|month|PT1H|P2D)$/.test(every) : !meant.test(text);
  if (wrongDay || (every === "PT1H" && !HOURS.test(text)))
    throw new DraftInvalidError("every", `"${every}" is not what the words say`);
}
