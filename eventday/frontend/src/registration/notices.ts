// What a person has to know and what must not stand in the camera's way: a line each, until it is no longer so or seen.
import { say } from "../shared/messages";

export interface Notice {
  key: string;
  tone: "good" | "warn" | "bad";
  text: string;
  seen?: () => void;
}

export class Notices {
  #shown = new Map<string, HTMLElement>();

  constructor(private readonly place: HTMLElement) {}

  /** Show a notice, or change it; with `seen` it has a button by which it goes. */
  put(key: string, tone: Notice["tone"], text: string, seen?: () => void): void {
    const line = this.#shown.get(key) ?? document.createElement("p");
    line.className = `notice notice--${tone} row row--apart`;
    if (line.dataset["text"] !== text) {
      line.dataset["text"] = text;
      line.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
      if (seen) line.append(this.#button(key, seen));
    }
    if (!this.#shown.has(key)) this.place.append(line);
    this.#shown.set(key, line);
  }

  /** Show it while `on`. */
  set(key: string, on: boolean, tone: Notice["tone"], text: string): void {
    if (on) this.put(key, tone, text);
    else this.drop(key);
  }

  /** Of all notices whose key begins with `prefix` show these and no others. */
  only(prefix: string, notices: Notice[]): void {
    const wanted = new Set(notices.map(({ key }) => key));
    for (const key of this.#shown.keys()) if (key.startsWith(prefix) && !wanted.has(key)) this.drop(key);
    for (const { key, tone, text, seen } of notices) this.put(key, tone, text, seen);
  }

  drop(...keys: string[]): void {
    for (const key of keys) {
      this.#shown.get(key)?.remove();
      this.#shown.delete(key);
    }
  }

  #button(key: string, seen: () => void): HTMLButtonElement {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--small", textContent: say("seen") });
    button.addEventListener("click", () => {
      this.drop(key);
      seen();
    });
    return button;
  }
}
