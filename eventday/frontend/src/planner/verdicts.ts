// What cells say to a lifted chip, and how one walks from cell to cell.
import { say } from "../shared/messages";

export interface Verdict {
  reason: string | null;
  who: string[];
  must: number;
  wished: [number, number];
  interest: number;
  gaps: number;
}

/** The server's answer by cell: `t1 r2`. Off the board is always open to a seated chip. */
export function cells(answer: { cells: Record<string, Verdict> }): Map<string, Verdict> {
  return new Map(Object.entries(answer.cells));
}

const signed = (n: number): string => (n > 0 ? `+${n}` : `−${Math.abs(n)}`);

/** The cost goal by goal, in words; what does not change is left out. */
export function cost(verdict: Verdict): string {
  const parts: string[] = [];
  if (verdict.must) parts.push(say("must", { n: signed(verdict.must) }));
  const [before, after] = verdict.wished;
  if (before !== after) parts.push(say("wished", { a: before, b: after }));
  if (verdict.interest) parts.push(say("interest", { n: signed(verdict.interest) }));
  if (verdict.gaps) parts.push(say("gaps", { n: signed(verdict.gaps) }));
  return parts.length ? parts.join(" · ") : say("free");
}

let reasons: Record<string, string> | undefined;

/** Why a cell refuses, in the page's language. */
export function explain(reason: string): string {
  reasons ??= JSON.parse(document.getElementById("reasons")?.textContent ?? "{}") as Record<string, string>;
  return reasons[reason] ?? reason;
}

/** What a cell stands for: a table in a round (`t1 r2`), a company in a round (`c5 r2`), or off the board (`off`). */
export interface Place {
  cell: string;
  /** The company whose row it is, where rows are companies. */
  of?: string | undefined;
}

/** Where a lifted chip would sit in a cell: the keys of the server's verdicts, the likeliest first. */
export function seats(place: Place, chip: { company: string; table: string; round: string; tables: string[] }): string[] {
  if (place.of === undefined) return [place.cell];
  if (place.of !== chip.company) return [];
  if (place.cell === "off") return ["off"];
  if (place.cell === chip.round) return [`${chip.table} ${chip.round}`]; // where it sits already
  return chip.tables.map((table) => `${table} ${place.cell}`);
}

/** The first of `keys` that takes the chip, else the first that refuses it; null where nothing is said. */
export function best(keys: string[], known: Map<string, Verdict>): { key: string; verdict: Verdict } | null {
  const told = keys.flatMap((key) => {
    const verdict = known.get(key);
    return verdict ? [{ key, verdict }] : [];
  });
  return told.find(({ verdict }) => !verdict.reason) ?? told[0] ?? null;
}

/** The cell that an arrow key leads to; below the last row is the tray. In a company's row one stays in the row. */
export function step(grid: HTMLElement, from: HTMLElement | null, key: string, company = ""): HTMLElement | null {
  const mine = (cell: HTMLElement): boolean => !cell.dataset["of"] || cell.dataset["of"] === company;
  const rows = [...grid.querySelectorAll<HTMLElement>(".board tbody tr")]
    .map((row) => [...row.querySelectorAll<HTMLElement>("[data-cell]")].filter(mine))
    .filter((row) => row.length > 0);
  const tray = grid.querySelector<HTMLElement>('.tray[data-cell="off"]');
  let row = rows.findIndex((cells) => from !== null && cells.includes(from));
  let column = row < 0 ? 0 : rows[row]!.indexOf(from!);
  if (row < 0) row = key === "ArrowUp" ? rows.length : -1; // from the tray
  if (key === "ArrowUp") row -= 1;
  if (key === "ArrowDown") row += 1;
  if (key === "ArrowLeft") column -= 1;
  if (key === "ArrowRight") column += 1;
  if (row >= rows.length) return tray ?? from;
  const line = rows[Math.max(0, row)];
  return line?.[Math.min(Math.max(0, column), line.length - 1)] ?? tray;
}
