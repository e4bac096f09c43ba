// The full-screen answer: colour, sign and word, the name in large letters; gone by itself, never in the camera's way.
import { say } from "../shared/messages";
import { clock } from "./setup";
import { signal, type Silence, type Tone } from "./sound";
import type { Outcome } from "./checkin-rule";
import type { Scan } from "./store";

/** What is shown of one scan. */
export interface Shown {
  id: string;
  kind: Scan["kind"];
  outcome: Outcome | "not_kept";
  name: string;
  detail: string;
  more: string;
  walkUp?: boolean;
  sent: boolean;
}

export interface Act {
  label: string;
  primary?: boolean;
  run: () => void;
}

export interface Offer {
  title: string;
  acts: Act[];
}

const SIGNS: Record<Tone, string> = { good: "✓", warn: "!", bad: "✕" };
const STAYS: Record<Tone, number> = { good: 2500, warn: 4500, bad: 4500 };
const WITH_OFFER = 12000;

export function toneOf(outcome: Shown["outcome"]): Tone {
  if (outcome === "accepted" || outcome === "undone") return "good";
  return outcome === "already" || outcome === "wrong_table" || outcome === "nothing_to_undo" ? "warn" : "bad";
}

/** The words for an outcome: the way in, out and at a table are told apart. */
export function wordFor({ outcome, kind, walkUp }: Pick<Shown, "outcome" | "kind" | "walkUp">): string {
  if (outcome === "accepted" && walkUp) return say("accepted_walk_up");
  const special = (outcome === "accepted" || outcome === "already") && (kind === "out" || kind === "table");
  return say(special ? `${outcome}_${kind}` : outcome);
}

export class ResultScreen {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shown = "";

  constructor(private readonly element: HTMLElement, private readonly silence: Silence) {
    element.addEventListener("click", (event) => {
      if (!(event.target as HTMLElement).closest("button")) this.hide();
    });
  }

  /** Show a result at once; an earlier one makes way. */
  show(shown: Shown, acts: Act[] = [], offer?: Offer): void {
    const tone = toneOf(shown.outcome);
    this.#shown = shown.id;
    this.element.className = `result result--${tone}`;
    this.#write("sign", SIGNS[tone]);
    this.#write("outcome", wordFor(shown));
    this.#write("name", shown.name);
    this.#write("detail", shown.detail);
    this.#write("more", shown.more);
    this.#buttons(".result__acts", acts);
    const delegation = this.element.querySelector<HTMLElement>(".result__delegation")!;
    delegation.hidden = !offer;
    if (offer) {
      delegation.replaceChildren(Object.assign(document.createElement("p"), { textContent: offer.title }));
      const row = Object.assign(document.createElement("div"), { className: "row" });
      row.append(...offer.acts.map(button));
      delegation.append(row);
    }
    this.sent(shown.id, shown.sent);
    this.element.hidden = false;
    this.element.dataset["outcome"] = shown.outcome;
    signal(tone, this.silence);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), offer || acts.some(({ primary }) => primary) ? WITH_OFFER : STAYS[tone]);
  }

  /** Something more can be done about the scan that is shown, now that the server has answered. */
  offer(id: string, act: Act): void {
    const acts = this.element.querySelector(".result__acts")!;
    if (id !== this.#shown || [...acts.children].some(({ textContent }) => textContent === act.label)) return;
    acts.append(button(act));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), WITH_OFFER);
  }

  /** The server has answered about the scan that is shown. */
  sent(id: string, sent: boolean): void {
    if (id !== this.#shown) return;
    const kept = this.element.dataset["outcome"] !== "not_kept" || !sent;
    this.#write("sent", kept ? say(sent ? "confirmed" : "saved_here") : "");
    this.element.classList.toggle("result--sent", sent);
  }

  hide(): void {
    this.element.hidden = true;
    this.#shown = "";
  }

  #write(part: string, text: string): void {
    const place = this.element.querySelector<HTMLElement>(`.result__${part}`)!;
    place.textContent = text;
    place.hidden = !text;
  }

  #buttons(place: string, acts: Act[]): void {
    this.element.querySelector(place)!.replaceChildren(...acts.map(button));
  }
}

function button({ label, primary, run }: Act): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button${primary ? " button--primary" : ""}`;
  made.textContent = label;
  made.addEventListener("click", run);
  return made;
}

/** "13:42 · North 1", as a duplicate is told. */
export function firstAt(since: string | null, gate: string, device: string, timezone?: string): string {
  return [clock(since, timezone), device, gate].filter(Boolean).join(" · ");
}
