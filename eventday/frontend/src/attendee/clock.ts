// What is on a phone's first screen at a given moment. Moments are milliseconds.

export interface Span {
  from: number;
  until: number;
}

/** The place in `spans` (sorted by time) of what goes on at `now`, else of what comes next; -1 when all is over. */
export function shownIndex(spans: readonly Span[], now: number): number {
  return spans.findIndex((span) => span.until > now);
}

/** Whether `span` goes on, and the minutes until it ends or begins; null when that is more than three hours away. */
export function leftOf(span: Span, now: number): { running: boolean; minutes: number | null } {
  const running = span.from <= now;
  const minutes = Math.ceil(((running ? span.until : span.from) - now) / 60_000);
  return { running, minutes: minutes <= 180 ? minutes : null };
}
