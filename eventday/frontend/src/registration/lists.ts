// The lists beside the camera: people found, scans made, how many are here.
import { say } from "../shared/messages";
import type { Act } from "./act";
import { LENGTH, slipIn } from "./codes";
import { countsOf } from "./counts";
import type { Made, Person } from "./kept";
import { toneOf, wordFor } from "./result";
import { isProvisional } from "./known";
import type { Roster } from "./roster";
import { clock } from "./setup";

/** A button of one row among many: whoever hears it instead of seeing it is told whose it is. */
function press(name: string, label: string, run: () => void, primary = false): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button button--small${primary ? " button--primary" : ""}`;
  made.textContent = label;
  made.setAttribute("aria-label", `${label} ${name}`);
  made.addEventListener("click", run);
  return made;
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, ...inside: (string | Node)[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

/** What may be done about somebody found: everybody checks them in; `more` is for some stations, and some people. */
export interface OnFound {
  checkIn(person: Person, kind: "in" | "out"): void;
  more(person: Person): Act[];
}

/** A row for each of the people found, with the one tap that checks them in; a word where nobody is. */
export function foundRows(people: Person[], query: string, timezone: string | undefined, on: OnFound): HTMLElement[] {
  if (!people.length) return query.trim() ? [element("li", "people__none", nobody(query))] : [];
  return people.map((person) => {
    const said = say(`state_${person.state}`, { time: clock(person.since, timezone) });
    const state = element("span", `tag${person.state === "arrived" ? " tag--good" : ""}`, said);
    const role = person.role === "delegate" ? "" : say(`role_${person.role}`);
    const about = [person.title, role, person.last4 && `···${person.last4}`].filter(Boolean).join(" · ");
    const who = element("div", "people__who",
      element("strong", "", person.name), " ", element("span", "soft", about),
      element("div", "people__company", person.company_label));
    // Registered here and not sent yet: the server has no number for them that a scan or a badge could carry.
    if (isProvisional(person.id)) return element("li", "", who, state, element("span", "people__sent", say("saved_here")));
    const kind = person.state === "arrived" ? "out" : "in";
    const acts = on.more(person).map(({ label, run }) => press(person.name, label, run));
    return element("li", "", who, state,
      element("div", "people__acts", press(person.name, say(kind), () => on.checkIn(person, kind), kind === "in"), ...acts));
  });
}

/** Why nobody is found: a code that somebody copied from a badge, or a name. */
function nobody(query: string): string {
  const count = slipIn(query);
  return count ? say("code_slip", { count, length: LENGTH }) : say("nobody");
}

/** The last scans of this tablet, what waits told apart from what is confirmed. */
export function showMade(list: HTMLElement, made: Made[], timezone: string | undefined, undo: (made: Made) => void): void {
  if (!made.length) {
    list.replaceChildren(element("li", "people__none", say("none_yet")));
    return;
  }
  list.replaceChildren(...made.map((each) => {
    const tone = toneOf(each.outcome);
    const word = each.undone ? say("undone_mark") : wordFor({ ...each, walkUp: each.visit?.[4] ?? false });
    const who = element("div", "people__who",
      element("strong", "", each.name || "–"), element("div", "people__company", [clock(each.at, timezone), each.company].filter(Boolean).join(" · ")));
    const sent = element("span", `people__sent${each.sent ? " is-sent" : ""}`, say(each.sent ? "confirmed" : "saved_here"));
    const item = element("li", each.undone ? "is-undone" : "", who, element("span", `tag tag--${tone}`, word), sent);
    if (each.outcome === "accepted" && !each.undone && each.kind !== "undo") {
      item.append(press(each.name, say("undo"), () => undo(each)));
    }
    return item;
  }));
}

/** Companies of each kind that are here, of how many. */
export function showCounts(place: HTMLElement, roster: Roster): void {
  const kinds = countsOf(roster.people.values());
  const inside = [...kinds.values()].reduce((sum, { inside }) => sum + inside, 0);
  const order = ["sme", "soe", "agency", "media", "guest"];
  const cells = order.filter((kind) => kinds.has(kind)).map((kind) => {
    const { companies, companiesArrived } = kinds.get(kind)!;
    return element("div", "count", element("strong", "", String(companiesArrived)), element("span", "soft", ` / ${companies}`), element("div", "small", say(`kind_${kind}`)));
  });
  place.replaceChildren(element("div", "count", element("strong", "", String(inside)), element("div", "small", say("inside"))), ...cells);
}
