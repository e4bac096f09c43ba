// What the board and the server tell each other: a change goes out with the revision it was made on; the board as it
// is comes back. Whatever the answer, the board afterwards shows what is true.
import { say } from "../shared/messages";
import type { BoardShape } from "./shape";

export class Exchange {
  private asking = false;
  private sending = false;
  /** How often the board was asked for: only the last answer is shown. */
  private turn = 0;

  constructor(private readonly it: BoardShape) {}

  /** Post a change; whether the server took it. A refusal is told in the server's words. */
  async send(url: string, change: Record<string, string>): Promise<boolean> {
    const { it } = this;
    const revision = Number(it.grid.dataset["revision"]);
    this.sending = true;
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json",
          "X-CSRFToken": it.root.dataset["csrf"] ?? "",
        },
        body: JSON.stringify({ ...change, revision }),
      });
      if (!answer.ok) it.tell(((await answer.json()) as { message?: string }).message ?? say("lost"));
      await this.reload(true);
      return answer.ok;
    } catch {
      it.tell(say("lost"));
      return false;
    } finally {
      this.sending = false;
    }
  }

  /**
   * Fetch the board where it has changed (`force`: in any case); where one looks and what has the focus stay. News of
   * others wait while a change of one's own is under way, so that they are not told in place of its answer.
   */
  async reload(force = false): Promise<void> {
    const { it } = this;
    if (it.lifted || (!force && (this.asking || this.sending))) return;
    const turn = ++this.turn;
    this.asking = true;
    try {
      const base = it.root.dataset["grid"] ?? "";
      const seen = force ? "" : `&seen=${encodeURIComponent(it.grid.dataset["stamp"] ?? "")}`;
      const answer = await fetch(`${base}${base.includes("?") ? "" : "?"}${seen}`);
      const grid = await answer.text();
      if (answer.status !== 200 || it.lifted || turn !== this.turn || (!force && this.sending)) return;
      const focused = document.activeElement as HTMLElement | null;
      const { company = "", table = "", round = "" } = focused?.dataset ?? {};
      const scroll = it.root.querySelector(".board-wrap");
      const [left, top] = [scroll?.scrollLeft ?? 0, scroll?.scrollTop ?? 0];
      it.root.innerHTML = grid;
      it.root.querySelector(".board-wrap")?.scrollTo(left, top);
      it.root.dispatchEvent(new CustomEvent("board:fresh"));
      if (company) it.focus(company, table, round);
      if (!force) it.tell(say("updated"));
    } catch {
      if (force) it.tell(say("lost"));
    } finally {
      if (turn === this.turn) this.asking = false;
    }
  }
}
