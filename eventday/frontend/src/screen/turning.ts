// Pages of a list that is longer than the wall is high, and how long it is until a round begins or ends.

export interface Row {
  top: number;
  bottom: number;
}

/** Where to scroll next: to the first row that was not whole on this page; back to the top after the last. */
export function nextPage(rows: readonly Row[], from: number, height: number): number {
  const cut = rows.find((row) => row.bottom > from + height + 1);
  if (!cut) return 0;
  // A single row higher than the wall is scrolled through.
  return cut.top > from ? cut.top : from + height;
}

/** `12:05 left`, `starts in 3:00`, in the words given; empty when it is over or more than an hour away. */
export function untilText(now: number, from: number, until: number, starts: string, left: string): string {
  if (now >= until) return "";
  const seconds = Math.ceil(((now < from ? from : until) - now) / 1000);
  if (seconds > 3600) return "";
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (now < from ? starts : left).replace("{n}", clock);
}
