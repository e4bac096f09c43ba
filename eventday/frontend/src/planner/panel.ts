// The panel beside the board: a company or a table, where its rules are set.
import { say } from "../shared/messages";
import type { BoardShape } from "./shape";

export function panel(it: BoardShape): void {
  const place = document.getElementById("panel");
  if (!place) return;
  let opener: HTMLElement | null = null;
  let shown = "";

  const fetched = async (url: string): Promise<string | null> => {
    try {
      return await (await fetch(url, { headers: { "HX-Request": "true" } })).text();
    } catch {
      it.tell(say("lost"));
      return null;
    }
  };
  /** Show what the server says of `url`, unless something else was opened meanwhile. */
  const put = (url: string, html: string | null | undefined): void => {
    if (html && url === shown) place.innerHTML = html;
  };
  const show = async (): Promise<void> => {
    const url = shown;
    put(url, await fetched(url));
  };
  // A rule is a step on the board like any other, and waits for its turn like any other. Refused, it is told, and the
  // panel stays as it was.
  const rule = async (form: HTMLFormElement): Promise<void> => {
    const url = shown;
    put(url, (await it.send(form.action, new FormData(form)))?.panel);
  };

  it.root.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-panel]");
    if (!button || it.lifted) return;
    opener = button;
    shown = button.dataset["panel"] ?? "";
    place.hidden = false;
    void show().then(() => place.focus());
  });
  // After an undo or another planner's step the panel follows the board, unless somebody is at work in it.
  it.root.addEventListener("board:fresh", () => {
    if (!place.hidden && !place.contains(document.activeElement)) void show();
  });
  place.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const asked = target.closest<HTMLElement>("[data-why]");
    const into = asked?.closest("li")?.querySelector<HTMLElement>(".why-place");
    if (asked && into) {
      into.textContent = "…";
      void fetched(asked.dataset["why"] ?? "").then((why) => (into.innerHTML = why ?? ""));
    }
    if (target.closest("[data-close]")) close();
  });
  place.addEventListener("keydown", (event) => event.key === "Escape" && close());
  place.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.querySelector("[name=csrf_token]")) return; // a whole page's form: the browser sends it
    event.preventDefault();
    void rule(form).then(() => place.focus());
  });

  function close(): void {
    place!.hidden = true;
    opener?.isConnected && opener.focus();
  }
}
