// What a person has to know and what must not stand in the camera's way: a line each, until it is no longer so or seen.
import { say } from "../shared/messages";

/** What can be done about a notice; with `goes` the notice goes with it. */
export interface NoticeAct {
  label: string;
  run: () => void;
  goes?: boolean;
}

export interface Notice {
  key: string;
  tone: "good" | "warn" | "bad";
  text: string;
  act?: NoticeAct;
}

export class Notices {
  #shown = new Map<string, HTMLElement>();

  constructor(private readonly place: HTMLElement) {}

  /** Show a notice, or change it. */
  put(key: string, tone: Notice["tone"], text: string, act?: NoticeAct): void {
    const line = this.#shown.get(key) ?? document.createElement("p");
    line.className = `notice notice--${tone} row row--apart`;
    if (line.dataset["text"] !== text) {
      line.dataset["text"] = text;
      line.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
      if (act) line.append(this.#button(key, act));
    }
    if (!this.#shown.has(key)) this.place.append(line);
    this.#shown.set(key, line);
  }

  /** Show a notice that goes once somebody has seen it. */
  tell(key: string, tone: Notice["tone"], text: string): void {
    this.put(key, tone, text, { label: say("seen"), run: () => undefined, goes: true });
  }

  /** Show it while `on`. */
  set(key: string, on: boolean, tone: Notice["tone"], text: string, act?: NoticeAct): void {
    if (on) this.put(key, tone, text, act);
    else this.drop(key);
  }

  /** Of all notices whose key begins with `prefix` show these and no others. */
  only(prefix: string, notices: Notice[]): void {
    const wanted = new Set(notices.map(({ key }) => key));
    for (const key of this.#shown.keys()) if (key.startsWith(prefix) && !wanted.has(key)) this.drop(key);
    for (const { key, tone, text, act } of notices) this.put(key, tone, text, act);
  }

  drop(...keys: string[]): void {
    for (const key of keys) {
      this.#shown.get(key)?.remove();
      this.#shown.delete(key);
    }
  }

  #button(key: string, { label, run, goes }: NoticeAct): HTMLButtonElement {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--small", textContent: label });
    button.addEventListener("click", () => {
      if (goes) this.drop(key);
      run();
    });
    return button;
  }
}
