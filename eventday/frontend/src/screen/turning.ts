// What a moment calls for: which language, which page of a list that is longer than the wall, how long until a round.

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

/** Whether each row stands on the page that begins at `from`: whole ones do, and one higher than the wall. */
export function standing(rows: readonly Row[], from: number, height: number): boolean[] {
  return rows.map((row) => {
    const high = row.bottom - row.top > height;
    return high ? row.top < from + height && row.bottom > from : row.top >= from - 1 && row.bottom <= from + height + 1;
  });
}

export type Tongue = "zh" | "en";

/** The languages on the wall: as the scene says that the organiser chose, else `turn`, whose turn it is. */
export function tonguesNow(scene: string, turn: Tongue): Tongue[] {
  const chosen = /data-tongues="(\w+)"/.exec(scene)?.[1];
  if (chosen === "side") return ["zh", "en"];
  return [chosen === "zh" || chosen === "en" ? chosen : turn];
}

/** How far the server's clock is ahead of this computer's, by the `Date` of its answer; less than 2 s is no difference. */
export function aheadBy(date: string | null, now: number): number {
  const difference = Date.parse(date ?? "") + 500 - now; // the header leaves the fraction of the second out
  return Math.abs(difference) > 2000 ? difference : 0;
}
