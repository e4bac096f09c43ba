// What the board and the server tell each other: a change goes out with the revision it was made on; the board as it
// is comes back. Whatever the answer, the board afterwards shows what is true.
import { say } from "../shared/messages";
import { untilLetGo } from "../shared/pressed";
import type { BoardShape, Change, Told } from "./shape";

export class Exchange {
  private asking = false;
  /** Changes that are under way or wait for their turn. */
  private sending = 0;
  private last: Promise<unknown> = Promise.resolve();
  /** The revision that this page's last change was made on, and the one that it led to. */
  private led = { from: NaN, to: NaN };
  /** How often the board was asked for: only the last answer is shown. */
  private turn = 0;

  constructor(private readonly it: BoardShape) {}

  /**
   * Post a change; what the server tells of it, or null when it did not take it, and then that is told in the server's
   * words. One goes after the other, and whoever is quicker than the board means it as their own last change leaves it,
   * but never past another planner's.
   */
  send(url: string, change: Change): Promise<Told | null> {
    const seen = Number(this.it.grid.dataset["revision"]);
    this.sending += 1;
    const sent = this.last.then(() => this.post(url, change, seen)).finally(() => (this.sending -= 1));
    this.last = sent;
    return sent;
  }

  private async post(url: string, change: Change, seen: number): Promise<Told | null> {
    const { it, led } = this;
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": it.root.dataset["csrf"] ?? "" };
      const answer = await fetch(url, { method: "POST", ...written(change, seen === led.from ? led.to : seen, headers) });
      const told = (await answer.json()) as Told;
      if (!answer.ok) it.tell(told.message ?? say("lost"));
      else this.led = { from: seen, to: told.revision ?? seen };
      await this.reload(true);
      return answer.ok ? told : null;
    } catch {
      it.tell(say("lost"));
      return null;
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
      // As a part of a page: whoever is signed out meanwhile gets an error here, and not a page to sign in.
      const answer = await fetch(`${base}${base.includes("?") ? "" : "?"}${seen}`, { headers: { "HX-Request": "true" } });
      const grid = await answer.text();
      if (!answer.ok && force) it.tell(say("lost"));
      await untilLetGo(it.root);
      if (answer.status !== 200 || it.lifted || turn !== this.turn || (!force && this.sending)) return;
      this.put(grid);
      if (!force) it.tell(say("updated"));
    } catch {
      if (force) it.tell(say("lost"));
    } finally {
      if (turn === this.turn) this.asking = false;
    }
  }

  /** Put a newer board in place of the one that stands there. */
  private put(grid: string): void {
    const { root } = this.it;
    const focused = document.activeElement as HTMLElement | null;
    const held = root.contains(focused);
    const { company = "", table = "", round = "", step = "" } = focused?.dataset ?? {};
    const scroll = root.querySelector(".board-wrap");
    const [left, top] = [scroll?.scrollLeft ?? 0, scroll?.scrollTop ?? 0];
    root.innerHTML = grid;
    const board = root.querySelector<HTMLElement>(".board-wrap");
    board?.scrollTo(left, top);
    root.dispatchEvent(new CustomEvent("board:fresh"));
    if (company) this.it.focus(company, table, round);
    // What had the focus may be gone, or have moved away: the keyboard goes on from the board, and not from the page's top.
    if (!held || root.contains(document.activeElement)) return;
    (root.querySelector<HTMLElement>(`[data-step="${step}"]:enabled`) ?? board)?.focus({ preventScroll: true });
  }
}

/** How a change made on `revision` is posted: a form as a form, anything else as JSON. */
function written(change: Change, revision: number, headers: Record<string, string>): RequestInit {
  if (!(change instanceof FormData)) {
    return { headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify({ ...change, revision }) };
  }
  change.set("revision", String(revision));
  return { headers, body: change };
}
