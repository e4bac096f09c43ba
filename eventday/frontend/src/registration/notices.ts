// What a person has to know and what must not stand in the camera's way: a line each, until it is no longer so or seen;
// of what there may be many, one line that unfolds.
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
  acts?: NoticeAct[];
}

/** Kinds of which there may be many, by how their keys begin: each kind stands behind one line with their number. */
const MANY: Record<string, { words: string; open: boolean }> = {
  alert: { words: "alert_many", open: true },
  differs: { words: "differs_many", open: true },
  maybe: { words: "walk_ins_waiting", open: true },
  conflict: { words: "conflict_many", open: false },
};

/** While one of these stands, nobody can be checked in here. */
const STOPS = ["locked", "expired", "not_kept", "not_loaded"];

export class Notices {
  #shown = new Map<string, HTMLElement>();
  #folds = new Map<string, HTMLDetailsElement>();

  constructor(private readonly place: HTMLElement) {}

  /** Show a notice, or change it. */
  put(key: string, tone: Notice["tone"], text: string, ...acts: NoticeAct[]): void {
    const line = this.#shown.get(key) ?? document.createElement("p");
    line.className = `notice notice--${tone} row row--apart${STOPS.includes(key) ? " is-stop" : ""}`;
    line.dataset["key"] = key;
    if (line.dataset["text"] !== text) {
      line.dataset["text"] = text;
      line.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
      line.append(...acts.map((act) => this.#button(key, act)));
    }
    if (this.#shown.has(key)) return;
    this.#shown.set(key, line);
    const kind = kindOf(key);
    if (kind in MANY) this.#foldOf(kind, tone).append(line);
    else this.place.append(line);
    this.#count(kind, true);
  }

  /** Show a notice that goes once somebody has seen it. */
  tell(key: string, tone: Notice["tone"], text: string): void {
    this.put(key, tone, text, { label: say("seen"), run: () => undefined, goes: true });
  }

  /** Show it while `on`. */
  set(key: string, on: boolean, tone: Notice["tone"], text: string, act?: NoticeAct): void {
    if (on) this.put(key, tone, text, ...(act ? [act] : []));
    else this.drop(key);
  }

  /** Of all notices whose key begins with `prefix` show these and no others. */
  only(prefix: string, notices: Notice[]): void {
    const wanted = new Set(notices.map(({ key }) => key));
    for (const key of this.#shown.keys()) if (key.startsWith(prefix) && !wanted.has(key)) this.drop(key);
    for (const { key, tone, text, acts = [] } of notices) this.put(key, tone, text, ...acts);
  }

  /** Whether there is any of a kind. */
  has(kind: string): boolean {
    return [...this.#shown.keys()].some((key) => kindOf(key) === kind);
  }

  drop(...keys: string[]): void {
    for (const key of keys) {
      this.#shown.get(key)?.remove();
      if (this.#shown.delete(key)) this.#count(kindOf(key), false);
    }
  }

  #foldOf(kind: string, tone: Notice["tone"]): HTMLElement {
    const known = this.#folds.get(kind);
    if (known) return known;
    const fold = Object.assign(document.createElement("details"), { className: `notices__fold notice--${tone}` });
    fold.append(document.createElement("summary"));
    this.#folds.set(kind, fold);
    this.place.append(fold);
    return fold;
  }

  /** Say how many there are of a kind; `more` of those that have to be read unfold them. */
  #count(kind: string, more: boolean): void {
    const fold = this.#folds.get(kind);
    if (!fold) return;
    const count = fold.childElementCount - 1, { words, open } = MANY[kind]!;
    fold.firstElementChild!.textContent = say(words, { count });
    fold.classList.toggle("is-one", open && count === 1);
    if (open && (more || count === 1)) fold.open = true;
    if (count) return;
    fold.remove();
    this.#folds.delete(kind);
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

function kindOf(key: string): string {
  return key.split("-")[0]!;
}
