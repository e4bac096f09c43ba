// What stands on the wall: one scene, or one in each language beside one another. Lists that are longer than the wall
// is high turn their pages; a row that would be cut in two waits for the next one.
import { nextPage, standing, untilText, type Row } from "./turning";

let shown = "";

/** Put the scenes (our own server's, from templates that escape what people typed) in place of those that stand there.
 * `now` in milliseconds. */
export function show(place: HTMLElement, scenes: string[], now: number): void {
  const whole = scenes.join("\n");
  if (!scenes.length || whole === shown) return;
  shown = whole;
  const names = (): HTMLElement[] => [...place.querySelectorAll<HTMLElement>(".names li")];
  const before = new Set(names().map((name) => name.dataset["who"])); // the same in either language
  const firsts = lists(place).map((list) => [...list.children].findIndex((row) => !row.classList.contains("is-cut")));
  place.classList.toggle("hall__scenes--side", scenes.length > 1);
  place.replaceChildren(...scenes.map(inPane));
  if (before.size) names().forEach((name) => name.classList.toggle("is-new", !before.has(name.dataset["who"])));
  tick(place, now); // a countdown takes room
  // Whoever just came in is seen to come in: the list begins again.
  lists(place).forEach((list, index) => list.querySelector(".is-new") && (firsts[index] = 0));
  // In the other language rows are as high as they are: what stood first stands first again.
  lists(place).forEach((list, index) => goTo(list, rowsOf(list)[firsts[index] ?? 0]?.top ?? 0));
}

function inPane(scene: string): HTMLElement {
  const pane = document.createElement("div");
  pane.className = "hall__scene";
  pane.innerHTML = scene;
  return pane;
}

/** Every list that is too long goes on to its next page. */
export function turnPages(place: HTMLElement): void {
  for (const list of lists(place)) goTo(list, nextPage(rowsOf(list), list.scrollTop, list.clientHeight));
}

/** Every list where it is, on a wall that has become lower or higher: what is cut in two now waits for the next page. */
export function fit(place: HTMLElement): void {
  for (const list of lists(place)) goTo(list, list.scrollTop);
}

function goTo(list: HTMLElement, top: number): void {
  list.scrollTop = Math.max(0, top);
  const whole = standing(rowsOf(list), list.scrollTop, list.clientHeight);
  [...list.children].forEach((row, index) => row.classList.toggle("is-cut", !whole[index]));
}

function lists(place: HTMLElement): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>("[data-pages]")];
}

function rowsOf(list: HTMLElement): Row[] {
  return ([...list.children] as HTMLElement[]).map((row) => {
    const top = row.offsetTop - list.offsetTop;
    return { top, bottom: top + row.offsetHeight };
  });
}

/** `now` (milliseconds) as clocks at the event show it, wherever this computer thinks that it is. */
export function clockAt(now: number): string {
  const zone = document.querySelector<HTMLElement>("[data-clock]")?.dataset["zone"] ?? "Asia/Shanghai";
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(now);
}

/** The clock and the countdowns, as of `now` (milliseconds). */
export function tick(place: HTMLElement, now: number): void {
  const clock = document.querySelector<HTMLElement>("[data-clock]");
  if (clock) clock.textContent = clockAt(now);
  for (const element of place.querySelectorAll<HTMLElement>(".countdown")) {
    const { from, until, starts, left } = element.dataset as Record<string, string>;
    element.textContent = untilText(now, Date.parse(from!), Date.parse(until!), starts!, left!);
  }
}
