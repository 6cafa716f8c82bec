import { IntendantError } from "../../domain/error.ts";
import type { Span } from "../../understanding/spans.ts";

/** Units of time and ordinal endings in the corpus's languages. */
const PERIOD_AFTER =
  /^[ -]?(hours?|hrs?|h\b|days?|d\b|weeks?|wks?|months?|minutes?|mins?|years?|st\b|nd\b|rd\b|th\b|er\b|º|ª|\.|tag|stund|woche|monat|minut|d[ií]as?|horas?|semanas?|mes|heures?|jours?|semaines?|mois|or[ea]\b|giorn|settiman|mes[ei]|saat|gün|hafta|ay\b|jam|hari|minggu|bulan|tanggal|час|дн|недел|месяц|числ|小时|个小时|天|周|个月|月|日|号|時間|か月|ヶ月|週)/;

/** Finds the span behind each value of a label; used references are remembered so that equal values go in order. */
export class Finder {
  readonly spans: readonly Span[];
  readonly lastTurn: number;
  readonly used = new Set<string>();
  /** What the action before puts out. */
  output: string | undefined;

  readonly texts: readonly string[];

  constructor(spans: readonly Span[], texts: readonly string[]) {
    this.texts = texts;
    this.spans = spans.filter((span) => span.ref !== "");
    this.lastTurn = Math.max(-1, ...spans.filter((span) => span.owner).map((span) => span.turn));
  }

  /** True when the words after a number make it a count of time or a day of the month. */
  isPeriod(span: Span): boolean {
    return PERIOD_AFTER.test((this.texts[span.turn] ?? "").slice(span.end, span.end + 14).toLowerCase());
  }

  /** Latest owner's turn first, unused before used, in order of the text. */
  find(field: string, wanted: string, fits: (span: Span) => number): string {
    let best: Span | undefined;
    let score = 0;
    for (const span of this.spans) {
      const fit = fits(span);
      if (fit === 0) continue;
      const points = fit * 1000 + (span.owner ? 500 : 0) + (this.used.has(span.ref) ? 0 : 200) + span.turn * 2;
      if (points > score) {
        best = span;
        score = points;
      }
    }
    if (best === undefined) throw new UnreachableError(field, wanted);
    this.used.add(best.ref);
    return best.ref;
  }
}

/** A value of a label that no span of the text carries. */
export class UnreachableError extends IntendantError {
  readonly code = "label_unreachable";
  readonly field: string;

  constructor(field: string, wanted: string) {
    super("Mend the label or teach the masker this spelling.", { facts: [`${field} = ${wanted}`] });
    this.field = field;
  }
}
