// The panel beside the board: a company or a table, where its rules are set.
import { say } from "../shared/messages";
import type { Board } from "./board";

export function panel(it: Board): void {
  const place = document.getElementById("panel");
  if (!place) return;
  let opener: HTMLElement | null = null;

  const show = async (url: string, options: RequestInit = {}, into: HTMLElement = place): Promise<boolean> => {
    try {
      const answer = await fetch(url, { ...options, headers: { "HX-Request": "true", ...options.headers } });
      into.innerHTML = await answer.text();
      return answer.ok;
    } catch {
      it.tell(say("lost"));
      return false;
    }
  };

  it.root.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-panel]");
    if (!button || it.lifted) return;
    opener = button;
    place.hidden = false;
    void show(button.dataset["panel"] ?? "").then(() => place.focus());
  });
  place.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const asked = target.closest<HTMLElement>("[data-why]");
    if (asked) {
      const into = asked.closest("li")?.querySelector<HTMLElement>(".why-place");
      if (into) {
        into.textContent = "…";
        void show(asked.dataset["why"] ?? "", {}, into);
      }
    }
    if (target.closest("[data-close]")) close();
  });
  place.addEventListener("keydown", (event) => event.key === "Escape" && close());
  place.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.querySelector("[name=csrf_token]")) return; // a whole page's form: the browser sends it
    event.preventDefault();
    const headers = { "X-CSRFToken": it.root.dataset["csrf"] ?? "" };
    void show(form.action, { method: "POST", body: new FormData(form), headers }).then(() => {
      place.focus();
      return it.reload(true);
    });
  });

  function close(): void {
    place!.hidden = true;
    opener?.isConnected && opener.focus();
  }
}
