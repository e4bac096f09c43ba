// Places of the station's page.

/** The element with this id; the template has it. */
export const at = <Element extends HTMLElement>(id: string): Element => document.getElementById(id) as Element;

/** Turn a button that can be on or off, to the other side or to `to`, and tell how it is now. */
export function toggle(id: string, done: (on: boolean) => void, to = at(id).getAttribute("aria-pressed") !== "true"): void {
  at(id).setAttribute("aria-pressed", String(to));
  done(to);
}

/** Bring a part of the page up on a phone, whose keyboard takes the lower half; elsewhere it is enough to see it. */
export function bringUp(part: Element): void {
  part.scrollIntoView({ block: matchMedia("(max-width: 52rem)").matches ? "start" : "nearest" });
}
