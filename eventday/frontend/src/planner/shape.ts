// What the board's parts know of one another. It imports none of them, so that they may all import it.
import type { Verdict } from "./verdicts";

/** A chip in the hand. In the view by company, `tables` are all tables of its host. */
export interface Lifted {
  chip: HTMLElement;
  company: string;
  table: string;
  round: string;
  tables: string[];
  verdicts: Promise<Map<string, Verdict>>;
  known: Map<string, Verdict>;
  cell: HTMLElement | null;
}

/** The board as its hands, its search and its panel see it. */
export interface BoardShape {
  readonly root: HTMLElement;
  readonly grid: HTMLElement;
  readonly editable: boolean;
  readonly lifted: Lifted | null;
  lift(chip: HTMLElement): void;
  hover(cell: HTMLElement | null): void;
  letGo(tell?: boolean): void;
  drop(cell: HTMLElement | null): Promise<void>;
  send(url: string, change: Record<string, string>): Promise<boolean>;
  reload(force?: boolean): Promise<void>;
  /** Undo or redo a step. */
  take(step: string): Promise<boolean>;
  focus(company: string, table: string, round: string): void;
  tell(text: string): void;
}

/** What a chip is called. */
export function nameOf(chip: HTMLElement): string {
  return chip.querySelector(".board__name")?.textContent ?? "";
}
