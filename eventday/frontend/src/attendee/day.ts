// The page keeps itself up to date: what is next moves on with the clock, and when the polled day changes, the
// page is fetched again and put in place of the old one.
import { start } from "../shared/widgets";
import { say } from "../shared/messages";
import { keepForOffline } from "../shared/keep";
import { ask, type Poll } from "../shared/poll";
import { untilLetGo } from "../shared/pressed";
import { leftOf, shownIndex } from "./clock";

const EVERY = 12_000;

/** Bound to the day itself; lives until a newer day replaces it. */
export function day(element: HTMLElement): void {
  const poll: Poll = { url: element.dataset["poll"] ?? "", etag: element.dataset["etag"] ?? null };
  const turn = (): void => moveOn(element, Date.now());
  let heard = new Date();
  turn();
  keepForOffline();
  const clock = setInterval(turn, 5000);
  const timer = setInterval(() => void look(), EVERY);
  const visible = (): void => void (document.visibilityState === "visible" && look());
  document.addEventListener("visibilitychange", visible);
  void look();
  tellShown(element);

  async function look(): Promise<void> {
    if (document.visibilityState === "hidden") return;
    const answer = await ask(poll);
    if (answer === "gone") return location.reload();
    tellStatus(element, answer === "lost" ? heard : null);
    if (answer !== "lost") heard = new Date();
    if (answer === "changed" && (await replace(element))) {
      clearInterval(clock);
      clearInterval(timer);
      document.removeEventListener("visibilitychange", visible);
    }
  }
}

function moveOn(element: HTMLElement, now: number): void {
  const cards = [...element.querySelectorAll<HTMLElement>(".next[data-from]")];
  const spans = cards.map((card) => ({ from: Date.parse(card.dataset["from"]!), until: Date.parse(card.dataset["until"]!) }));
  const shown = shownIndex(spans, now);
  cards.forEach((card, index) => (card.hidden = index !== shown));
  const over = element.querySelector<HTMLElement>("[data-over]");
  if (over) over.hidden = shown >= 0;
  if (shown < 0) return;
  const left = leftOf(spans[shown]!, now);
  cards[shown]!.querySelector("[data-stage]")!.textContent = say(left.running ? "now" : "next");
  cards[shown]!.querySelector("[data-left]")!.textContent = left.minutes === null ? "" : say(left.running ? "left" : "starts", { n: left.minutes });
}

/** Let the planners know that this version was seen: once, and not all phones in the same second. */
function tellShown(element: HTMLElement): void {
  const { shown, version } = element.dataset;
  if (!shown || !version) return;
  setTimeout(() => {
    try {
      if (localStorage.getItem(shown) === version) return;
      if (navigator.sendBeacon(shown)) localStorage.setItem(shown, version);
    } catch {
      // No storage in this browser: nothing is told, and nothing depends on it.
    }
  }, Math.random() * 30_000);
}

function tellStatus(element: HTMLElement, since: Date | null): void {
  const status = element.querySelector<HTMLElement>("[data-status]")!;
  status.hidden = since === null;
  if (since) status.textContent = say("offline", { time: since.toTimeString().slice(0, 5) });
}

/** Fetch the page again and put its day in place of `element`; false when the network did not give it. */
async function replace(element: HTMLElement): Promise<boolean> {
  try {
    const response = await fetch(location.pathname, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (!response.ok) return false;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".day");
    if (!fresh) return false;
    await untilLetGo(element);
    const focused = document.activeElement;
    const held = element.contains(focused) && focused ? whatItDoes(focused) : null;
    element.replaceWith(fresh);
    start();
    const same = [...fresh.querySelectorAll<HTMLElement>("a, button")].find((each) => whatItDoes(each) === held);
    same?.focus({ preventScroll: true });
    return true;
  } catch {
    return false;
  }
}

/** By this the link or button is known that takes another's place. */
function whatItDoes(each: Element): string {
  return [each.getAttribute("href"), each.closest("form")?.getAttribute("action"), each.getAttribute("value")].join(" ");
}
