// The panel beside the board: a company or a table, where its rules are set.
import { say } from "../shared/messages";
import type { BoardShape } from "./shape";

export function panel(it: BoardShape): void {
  const place = document.getElementById("panel");
  if (!place) return;
  let opener: HTMLElement | null = null;
  let url = "";

  const show = async (url: string, into: HTMLElement = place): Promise<boolean> => {
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true" } });
      into.innerHTML = await answer.text();
      return answer.ok;
    } catch {
      it.tell(say("lost"));
      return false;
    }
  };

  // A rule is a step on the revision that the board shows. A refusal is told, and the panel stays as it was.
  const rule = async (form: HTMLFormElement): Promise<void> => {
    const body = new FormData(form);
    body.set("revision", it.grid.dataset["revision"] ?? "");
    const headers = { "X-CSRFToken": it.root.dataset["csrf"] ?? "", Accept: "application/json" };
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers });
      if (answer.ok) place.innerHTML = await answer.text();
      else it.tell(((await answer.json()) as { message?: string }).message ?? say("lost"));
      await it.reload(true);
    } catch {
      it.tell(say("lost"));
    }
  };

  it.root.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-panel]");
    if (!button || it.lifted) return;
    opener = button;
    url = button.dataset["panel"] ?? "";
    place.hidden = false;
    void show(url).then(() => place.focus());
  });
  // After an undo or another planner's step the panel follows the board, unless somebody is at work in it.
  it.root.addEventListener("board:fresh", () => {
    if (!place.hidden && !place.contains(document.activeElement)) void show(url);
  });
  place.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const asked = target.closest<HTMLElement>("[data-why]");
    if (asked) {
      const into = asked.closest("li")?.querySelector<HTMLElement>(".why-place");
      if (into) {
        into.textContent = "…";
        void show(asked.dataset["why"] ?? "", into);
      }
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
