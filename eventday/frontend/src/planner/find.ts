// Finding companies on the board by name, pinyin or initials: what does not match steps back.
import { say } from "../shared/messages";
import type { BoardShape } from "./shape";

/** Whether every word of `query` is among the words that something is found by. */
export function matches(words: string, query: string): boolean {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => words.includes(word));
}

export function find(it: BoardShape): void {
  const input = document.getElementById("find") as HTMLInputElement | null;
  if (!input) return;
  const apply = (tell: boolean): void => {
    const query = input.value.trim();
    let found = 0;
    for (const item of it.root.querySelectorAll<HTMLElement>("[data-words]")) {
      const fits = !query || matches(item.dataset["words"] ?? "", query);
      item.classList.toggle("is-dim", !fits);
      item.classList.toggle("is-found", fits && query !== "");
      found += Number(fits);
    }
    if (tell && query && !found) it.tell(say("no_match"));
  };
  input.addEventListener("input", () => apply(true));
  it.root.addEventListener("board:fresh", () => apply(false));
}
