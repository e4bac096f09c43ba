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

/** What is asked of the board: a drop or a step by its fields, a rule as its form. */
export type Change = Record<string, string> | FormData;

/** What the server says of a change: the board's new revision and the panel as it is now, or why it was refused. */
export interface Told {
  revision?: number;
  panel?: string;
  message?: string;
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
  send(url: string, change: Change): Promise<Told | null>;
  reload(force?: boolean): Promise<void>;
  /** Undo or redo a step. */
  take(step: string): Promise<Told | null>;
  focus(company: string, table: string, round: string): void;
  tell(text: string): void;
}

/** What a chip is called. */
export function nameOf(chip: HTMLElement): string {
  return chip.querySelector(".board__name")?.textContent ?? "";
}
