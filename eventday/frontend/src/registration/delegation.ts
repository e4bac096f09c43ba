// Who else of the company comes in now: all of them by one tap, or those whose names are tapped.
import { say } from "../shared/messages";
import { button } from "./act";
import type { Person } from "./kept";

/** The colleagues who are still expected. */
export interface Offer {
  title: string;
  people: Person[];
  take(people: Person[]): void;
}

/** The names to tap and the button that takes them in; `touched` is called with each tap on a name. */
export function delegationParts({ title, people, take }: Offer, touched: () => void): HTMLElement[] {
  const words = Object.assign(document.createElement("p"), { textContent: title });
  const [only] = people;
  if (only && people.length === 1) return [words, button({ label: only.name, run: () => take(people) })];
  const chosen = new Set<Person>();
  const label = () => (chosen.size ? say("some", { count: chosen.size }) : say("all", { count: people.length }));
  const enter = button({ label: label(), primary: true, run: () => take(chosen.size ? people.filter((each) => chosen.has(each)) : people) });
  const names = Object.assign(document.createElement("div"), { className: "row" });
  names.append(...people.map((each) => tick(each.name, (on) => {
    if (on) chosen.add(each);
    else chosen.delete(each);
    enter.textContent = label();
    touched();
  })));
  return [words, names, enter];
}

function tick(name: string, turned: (on: boolean) => void): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: name });
  made.setAttribute("aria-pressed", "false");
  made.addEventListener("click", () => {
    const on = made.getAttribute("aria-pressed") !== "true";
    made.setAttribute("aria-pressed", String(on));
    turned(on);
  });
  return made;
}
