// Finding companies on the board by name, pinyin or initials, or by how they stand: what does not match steps back.
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
  const filter = document.getElementById("show-only") as HTMLSelectElement | null;
  if (!input || !filter) return;
  const apply = (tell: boolean): void => {
    const query = input.value.trim();
    const tag = filter.value;
    let found = 0;
    for (const item of it.root.querySelectorAll<HTMLElement>("[data-words]")) {
      const tagged = !tag || (item.dataset["tags"] ?? "").split(" ").includes(tag);
      const fits = tagged && (!query || matches(item.dataset["words"] ?? "", query));
      item.classList.toggle("is-dim", !fits);
      item.classList.toggle("is-found", fits && (query !== "" || tag !== ""));
      found += Number(fits);
    }
    if (tell && (query || tag) && !found) it.tell(say("no_match"));
  };
  input.addEventListener("input", () => apply(true));
  filter.addEventListener("change", () => apply(true));
  it.root.addEventListener("board:fresh", () => apply(false));
}
