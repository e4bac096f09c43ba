// The full-screen answer: colour, sign and word, the name in large letters; gone by itself, never in the camera's way.
import { say } from "../shared/messages";
import { button, type Act } from "./act";
import { delegationParts, type Offer } from "./delegation";
import type { Scan } from "./kept";
import { clock } from "./setup";
import { sizeOf } from "./lettering";
import { takeNoSecondTap } from "./same-tap";
import { signal, type Silence, type Tone } from "./sound";
import type { Outcome } from "./checkin-rule";

/** What is shown of one scan. */
export interface Shown {
  id: string;
  kind: Scan["kind"];
  outcome: Outcome | "not_kept";
  name: string;
  detail: string;
  more: string;
  walkUp?: boolean;
  /** With whom they were checked in together. */
  group?: Group | undefined;
  /** Whether the server has confirmed it, or it is saved here only; undefined for what was never kept. */
  sent: boolean | undefined;
}

/** People checked in by one tap, told one after the other, until somebody else stands before the tablet. */
export interface Group {
  over?: boolean;
}

/** Something for the person before the tablet to read that is no result of a scan. */
export type Note = Record<"outcome" | "name" | "detail" | "more", string>;

const SIGNS: Record<Tone, string> = { good: "✓", warn: "!", bad: "✕" };
const STAYS: Record<Tone, number> = { good: 2500, warn: 4500, bad: 4500 };
const WITH_OFFER = 12000;
/** Long enough to type six digits into a phone. */
const NOTE_STAYS = 60000;

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
  /** The scan that stands on the screen. */
  #shown = "";
  #since = 0;
  /** Who stands there, counted. */
  #turn = 0;
  #group: Group | undefined;

  constructor(private readonly element: HTMLElement, private readonly silence: Silence) {
    takeNoSecondTap(element, () => this.#since);
    element.addEventListener("click", (event) => {
      if (!(event.target as HTMLElement).closest("button")) this.hide();
    });
  }

  /** Show a result at once; an earlier one makes way. */
  show(shown: Shown, acts: Act[] = [], offer?: Offer): void {
    this.#ends(shown.group);
    if (shown.group?.over) return;
    const tone = toneOf(shown.outcome);
    this.#turn += shown.id && shown.id === this.#shown ? 0 : 1;
    this.#fill(tone, SIGNS[tone], { ...shown, outcome: wordFor(shown) }, acts, offer);
    this.#shown = shown.id;
    this.#tellSent(shown.sent);
    this.element.dataset["outcome"] = shown.outcome;
    this.#appear(offer || acts.some(({ primary }) => primary) ? WITH_OFFER : STAYS[tone]);
    signal(tone, this.silence);
  }

  /** Show a note, without a sound, until somebody has seen it or the next result makes it go. */
  note(note: Note): void {
    this.#ends();
    this.#turn += 1;
    this.#fill("note", "", note, [{ label: say("seen"), run: () => this.hide() }]);
    this.#shown = "";
    this.#tellSent(undefined);
    this.element.dataset["outcome"] = "note";
    this.#appear(NOTE_STAYS);
  }

  /** Something more can be done about the scan that is shown, now that the server has answered. */
  offer(id: string, act: Act): void {
    const acts = this.element.querySelector(".result__acts")!;
    if (id !== this.#shown || [...acts.children].some(({ textContent }) => textContent === act.label)) return;
    acts.append(button(act));
    this.#appear(WITH_OFFER);
  }

  /** The server has answered about a scan: false where this one is shown with another outcome, which is to be put right. */
  sent(id: string, outcome: Outcome): boolean {
    if (!id || id !== this.#shown) return true;
    const same = this.element.dataset["outcome"] === outcome;
    if (same) this.#tellSent(true);
    return same;
  }

  /** Asks later whether nobody else has been told anything since: what comes for one is not shown to the next. */
  standing(): () => boolean {
    const turn = this.#turn;
    return () => turn === this.#turn;
  }

  hide(): void {
    this.element.hidden = true;
    this.#shown = "";
  }

  /** Take away what it said, too. */
  forget(): void {
    this.hide();
    this.#fill("note", "", { outcome: "", name: "", detail: "", more: "" }, []);
    this.element.querySelector(".result__delegation")!.replaceChildren();
  }

  /** Of a group that somebody else follows nobody is told any more. */
  #ends(group?: Group): void {
    if (this.#group && this.#group !== group) this.#group.over = true;
    this.#group = group;
  }

  #fill(tone: Tone | "note", sign: string, note: Note, acts: Act[], offer?: Offer): void {
    this.#since = performance.now();
    this.element.className = `result result--${tone}`;
    this.#write("sign", sign);
    for (const part of ["outcome", "name", "detail", "more"] as const) this.#write(part, note[part]);
    this.element.querySelector(".result__acts")!.replaceChildren(...acts.map(button));
    const delegation = this.element.querySelector<HTMLElement>(".result__delegation")!;
    delegation.hidden = !offer;
    if (!offer) return;
    delegation.replaceChildren(...delegationParts(offer, () => this.#appear(WITH_OFFER)));
  }

  #appear(lasts: number): void {
    this.element.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), lasts);
  }

  #tellSent(sent: boolean | undefined): void {
    this.#write("sent", sent === undefined ? "" : say(sent ? "confirmed" : "saved_here"));
    this.element.classList.toggle("result--sent", sent === true);
  }

  #write(part: string, text: string): void {
    const place = this.element.querySelector<HTMLElement>(`.result__${part}`)!;
    place.textContent = text;
    place.dataset["size"] = sizeOf(text);
    place.hidden = !text;
  }
}

/** "13:42 · North 1", as a duplicate is told. */
export function firstAt(since: string | null, gate: string, device: string, timezone?: string): string {
  return [clock(since, timezone), device, gate].filter(Boolean).join(" · ");
}
