// Asks for the scene every few seconds, in Chinese and English by turns, and shows the last one it got as long as
// nobody answers. Lists that are longer than the wall is high turn their pages.
import { keepForOffline } from "../shared/keep";
import { nextPage, untilText } from "./turning";

const ASK_EVERY = 4000;
const TONGUE_EVERY = 16_000;
const PAGE_EVERY = 8000;

interface Copy {
  etag: string;
  html: string;
}

/** Bound to the scene's place; lives as long as the screen is open. */
export function hall(place: HTMLElement): void {
  const address = place.dataset["scene"] ?? "";
  const copies = new Map<string, Copy>();
  let tongue = "zh";
  let heard: number | null = recall(address, copies); // a computer that restarts without network still shows something
  let asking = false;

  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    const wanted = tongue;
    try {
      const copy = copies.get(wanted);
      const headers: Record<string, string> = copy ? { "If-None-Match": copy.etag } : {};
      const signal = AbortSignal.timeout?.(10_000) ?? null;
      const response = await fetch(`${address}?in=${wanted}`, { headers, cache: "no-store", signal });
      if (response.status === 200) copies.set(wanted, { etag: response.headers.get("ETag") ?? "", html: await response.text() });
      if (response.status === 404) return location.reload(); // the address was closed: say so
      if (response.ok || response.status === 304) heard = Date.now();
      remember(address, copies, heard);
      tellLost(response.ok || response.status === 304 ? null : heard);
    } catch {
      tellLost(heard);
    } finally {
      asking = false;
    }
    show(place, copies.get(tongue) ?? copies.get(wanted));
  }

  const turn = (): void => {
    tongue = tongue === "zh" ? "en" : "zh";
    void ask();
  };
  keepForOffline();
  void ask();
  setInterval(() => void ask(), ASK_EVERY);
  setInterval(turn, TONGUE_EVERY);
  setInterval(() => place.querySelectorAll<HTMLElement>("[data-pages]").forEach(turnPage), PAGE_EVERY);
  setInterval(() => tick(place), 500);
}

function remember(address: string, copies: Map<string, Copy>, heard: number | null): void {
  try {
    localStorage.setItem(address, JSON.stringify({ heard, copies: [...copies] }));
  } catch {
    // No storage on this computer: the screen works all the same, only not after a restart without network.
  }
}

function recall(address: string, copies: Map<string, Copy>): number | null {
  try {
    const kept = JSON.parse(localStorage.getItem(address) ?? "null") as { heard: number; copies: [string, Copy][] } | null;
    kept?.copies.forEach(([tongue, copy]) => copies.set(tongue, copy));
    return kept?.heard ?? null;
  } catch {
    return null;
  }
}

let shown = "";

function show(place: HTMLElement, copy: Copy | undefined): void {
  if (!copy || copy.html === shown) return;
  const before = new Set([...place.querySelectorAll(".names strong")].map((name) => name.textContent));
  const pages = place.querySelector<HTMLElement>("[data-pages]")?.scrollTop ?? 0;
  shown = copy.html;
  const template = document.createElement("template");
  template.innerHTML = copy.html; // our own server's, from templates that escape what people typed
  place.replaceChildren(template.content);
  if (before.size) {
    for (const name of place.querySelectorAll<HTMLElement>(".names strong")) {
      if (!before.has(name.textContent)) name.closest("li")!.classList.add("is-new");
    }
  }
  const list = place.querySelector<HTMLElement>("[data-pages]");
  if (list) list.scrollTop = pages;
  tick(place);
}

function turnPage(list: HTMLElement): void {
  const rows = [...list.children].map((child) => ({
    top: (child as HTMLElement).offsetTop - list.offsetTop,
    bottom: (child as HTMLElement).offsetTop - list.offsetTop + (child as HTMLElement).offsetHeight,
  }));
  list.scrollTop = nextPage(rows, list.scrollTop, list.clientHeight);
}

function tick(place: HTMLElement): void {
  const clock = document.querySelector<HTMLElement>("[data-clock]");
  if (clock) {
    const options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: clock.dataset["zone"] ?? "Asia/Shanghai" };
    clock.textContent = new Intl.DateTimeFormat("en-GB", options).format(new Date());
  }
  for (const element of place.querySelectorAll<HTMLElement>(".countdown")) {
    const { from, until, starts, left } = element.dataset as Record<string, string>;
    element.textContent = untilText(Date.now(), Date.parse(from!), Date.parse(until!), starts!, left!);
  }
}

function tellLost(since: number | null): void {
  const bar = document.querySelector<HTMLElement>("[data-lost]");
  if (!bar) return;
  bar.hidden = since === null;
  const time = since === null ? "" : new Date(since).toTimeString().slice(0, 5);
  bar.querySelectorAll("[data-since]").forEach((place) => (place.textContent = time));
}
