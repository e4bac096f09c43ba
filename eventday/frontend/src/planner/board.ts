// The board: lift a chip (mouse, touch or keyboard), see what every cell says to it, put it down. The server
// decides; this shows. All listeners sit on the root, because the grid below it is fetched anew after each change.
import { say } from "../shared/messages";
import { best, cells, cost, explain, seats, type Verdict } from "./verdicts";
import { Exchange } from "./exchange";
import { find } from "./find";
import { keys } from "./keys";
import { panel } from "./panel";
import { pointer } from "./pointer";
import { nameOf, type BoardShape, type Change, type Lifted, type Told } from "./shape";

const POLL = 3000;

class Board implements BoardShape {
  lifted: Lifted | null = null;
  private readonly exchange = new Exchange(this);

  constructor(readonly root: HTMLElement) {}

  get grid(): HTMLElement {
    return this.root.querySelector<HTMLElement>("#grid")!;
  }

  get editable(): boolean {
    return this.root.dataset["editable"] === "yes";
  }

  tell(text: string): void {
    const place = document.getElementById("board-status");
    if (place && place.textContent !== text) place.textContent = text; // said again it would be read out again
  }

  /** Take a chip off its place and ask what every cell says to it. */
  lift(chip: HTMLElement): void {
    if (!this.editable || this.lifted) return;
    const { company = "", table = "", round = "", tables = "" } = chip.dataset;
    const query = new URLSearchParams({ company, ...(table ? { table, round } : {}) });
    const verdicts = fetch(`${this.root.dataset["verdicts"]}?${query}`, { headers: { Accept: "application/json" } })
      .then(async (answer) => (answer.ok ? cells(await answer.json()) : new Map<string, Verdict>()))
      .catch(() => new Map<string, Verdict>());
    const lifted: Lifted = { chip, company, table, round, tables: tables.split(" "), verdicts, known: new Map(), cell: null };
    this.lifted = lifted;
    chip.classList.add("is-lifted");
    this.root.classList.add("is-lifting");
    this.tell(say("lifted", { name: nameOf(chip) }));
    void verdicts.then((known) => {
      if (this.lifted !== lifted) return;
      lifted.known = known;
      this.paint(lifted);
      if (lifted.cell) this.hover(lifted.cell);
    });
  }

  /** What the server said of putting the chip into this cell. */
  private said(cell: HTMLElement | null, lifted: Lifted): { key: string; verdict: Verdict } | null {
    if (!cell) return null;
    return best(seats({ cell: cell.dataset["cell"] ?? "", of: cell.dataset["of"] }, lifted), lifted.known);
  }

  private paint(lifted: Lifted): void {
    for (const cell of this.grid.querySelectorAll<HTMLElement>("[data-cell]")) {
      const verdict = this.said(cell, lifted)?.verdict;
      if (!verdict) continue;
      cell.classList.add(verdict.reason ? "is-no" : "is-may");
      const mark = document.createElement("span");
      mark.className = "board__verdict";
      mark.textContent = verdict.reason ? `× ${explain(verdict.reason)}` : `✓ ${cost(verdict)}`;
      cell.append(mark);
    }
  }

  /** Show the whole verdict of the cell under the chip. */
  hover(cell: HTMLElement | null): void {
    const lifted = this.lifted;
    if (!lifted) return;
    lifted.cell?.classList.remove("is-over");
    lifted.cell = cell;
    cell?.classList.add("is-over");
    const verdict = this.said(cell, lifted)?.verdict;
    if (!cell || !verdict) return;
    const name = cell.dataset["name"] ?? "";
    if (!verdict.reason) this.tell(say("may", { cell: name, cost: cost(verdict) }));
    else {
      const names = verdict.who.map((id) => this.nameById(id)).join(" · ");
      const who = names ? say("held", { names }) : "";
      this.tell(say("no", { cell: name, reason: explain(verdict.reason), who }));
    }
  }

  private nameById(id: string): string {
    const company = this.grid.querySelector<HTMLElement>(`[data-party="${CSS.escape(id)}"]`);
    const chip = this.grid.querySelector<HTMLElement>(`[data-company="${CSS.escape(id)}"]`);
    return company?.dataset["name"] ?? (chip ? nameOf(chip) : id);
  }

  letGo(tell = true): void {
    const lifted = this.lifted;
    if (!lifted) return;
    this.lifted = null;
    lifted.chip.classList.remove("is-lifted");
    this.root.classList.remove("is-lifting");
    for (const cell of this.grid.querySelectorAll<HTMLElement>("[data-cell]")) {
      cell.classList.remove("is-no", "is-may", "is-over");
      cell.querySelector(".board__verdict")?.remove();
    }
    if (tell) this.tell(say("let_go"));
  }

  async drop(cell: HTMLElement | null): Promise<void> {
    const lifted = this.lifted;
    if (!lifted) return;
    const said = this.said(cell, lifted);
    if (!said || said.verdict.reason) {
      const refused = said !== null;
      if (refused) this.hover(cell);
      const refusal = document.getElementById("board-status")?.textContent ?? "";
      this.letGo(!refused);
      if (refused) this.tell(refusal);
      return;
    }
    const [table = "", round = ""] = said.key === "off" ? [] : said.key.split(" ");
    this.letGo(false);
    const { company } = lifted;
    const from = lifted.table ? { table: lifted.table, round: lifted.round } : {};
    const to = table ? { to_table: table, to_round: round } : {};
    if (await this.send(this.root.dataset["moves"] ?? "", { company, ...from, ...to })) {
      this.tell(say("dropped"));
      this.focus(company, table, round);
    }
  }

  send(url: string, change: Change): Promise<Told | null> {
    return this.exchange.send(url, change);
  }

  reload(force = false): Promise<void> {
    return this.exchange.reload(force);
  }

  take(step: string): Promise<Told | null> {
    return this.send(`${this.root.dataset["steps"]}/${step}.json`, {});
  }

  focus(company: string, table: string, round: string): void {
    const at = table ? `[data-table="${CSS.escape(table)}"][data-round="${CSS.escape(round)}"]` : "";
    this.grid.querySelector<HTMLElement>(`.board__chip[data-company="${CSS.escape(company)}"]${at}`)?.focus();
  }
}

export function board(root: HTMLElement): void {
  const it = new Board(root);
  pointer(it);
  keys(it);
  panel(it);
  find(it);
  root.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>("[data-step]");
    if (button) void it.take(button.dataset["step"] ?? "undo");
  });
  window.setInterval(() => {
    if (!document.hidden) void it.reload();
  }, POLL);
}
