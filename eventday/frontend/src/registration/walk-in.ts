// The form for somebody who comes unannounced: company, name, and what they wish for by tapping. Works offline.
import { say } from "../shared/messages";
import type { WalkIn } from "./kept";
import { at, bringUp } from "./page";
import type { Roster } from "./roster";

export class WalkInForm {
  readonly #form = at<HTMLFormElement>("walk-in");
  readonly #open = at<HTMLButtonElement>("walk-in-open");

  #taking = false;

  /** `take` says whether it has taken what was typed; what it has not stays in the form. */
  constructor(private readonly roster: Roster, private readonly take: (walkIn: WalkIn) => Promise<boolean>) {
    this.#open.addEventListener("click", () => this.#toggle(this.#form.hidden));
    at("walk-in-close").addEventListener("click", () => this.#toggle(false));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  /** Show the way to the form, or not. */
  offer(on: boolean): void {
    this.#open.hidden = !on;
    if (!on) this.#toggle(false);
  }

  /** Once at a time: an impatient second tap registers nobody else. */
  async #submit(): Promise<void> {
    const walkIn = this.#read();
    if (!walkIn.name || !walkIn.company || this.#taking) return;
    this.#taking = true;
    const taken = await this.take(walkIn).finally(() => (this.#taking = false));
    if (taken) this.#toggle(false);
  }

  #toggle(on: boolean): void {
    if (on) this.#fill();
    this.#form.hidden = !on;
    this.#open.setAttribute("aria-expanded", String(on));
    if (!on) return;
    at("walk-in-company").focus({ preventScroll: true });
    bringUp(this.#form);
  }

  /** An empty form, with the companies and hosts known now. */
  #fill(): void {
    this.#form.reset();
    const names = new Set([...this.roster.people.values()].map(({ company }) => company));
    at("walk-in-companies").replaceChildren(...[...names].sort().map((value) => Object.assign(document.createElement("option"), { value })));
    const hosts = new Map((this.roster.setup?.tables ?? []).map(({ host, host_name }) => [host, host_name]));
    at("walk-in-wishes").replaceChildren(...[...hosts].map(([host, name]) => wishRow(host, name)));
    at("walk-in-wishes-box").hidden = !hosts.size;
  }

  #read(): WalkIn {
    const given = new FormData(this.#form);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    const wishes = [...given.entries()].filter(([name]) => name.startsWith("host-"));
    return {
      company: text("company"), name: text("name"), title: text("title"), phone: text("phone"),
      wishes: wishes.map(([name, interest]) => ({ host: Number(name.slice(5)), interest: Number(interest) })),
    };
  }
}

/** A host with five taps; a second tap on the same takes it back. */
function wishRow(host: number, name: string): HTMLElement {
  const row = document.createElement("div");
  row.className = "wish-row";
  row.setAttribute("role", "radiogroup");
  row.setAttribute("aria-label", name);
  row.append(Object.assign(document.createElement("span"), { className: "wish-row__host", textContent: name }));
  for (const value of ["1", "2", "3", "4", "5"]) {
    const label = Object.assign(document.createElement("label"), { className: "wish-row__tap" });
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: `host-${host}`, value, className: "visually-hidden" });
    radio.setAttribute("aria-label", say("interest", { name, value }));
    let before = false;
    label.addEventListener("pointerdown", () => (before = radio.checked));
    radio.addEventListener("click", () => {
      if (before) radio.checked = false;
      before = false;
    });
    label.append(radio, Object.assign(document.createElement("span"), { textContent: value }));
    row.append(label);
  }
  return row;
}
