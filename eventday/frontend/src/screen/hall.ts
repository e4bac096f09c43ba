// Asks for the scene every few seconds, in Chinese and English by turns or in both at once, and shows the last one it
// got as long as nobody answers.
import { keepForOffline } from "../shared/keep";
import { clockAt, fit, show, tick, turnPages } from "./stage";
import { aheadBy, tonguesNow, type Tongue } from "./turning";

const ASK_EVERY = 4000;
const TONGUE_EVERY = 16_000;
const PAGE_EVERY = 8000;
const REMEMBER_EVERY = 60_000;

interface Copy {
  etag: string;
  html: string;
}

/** Bound to the scene's place; lives as long as the screen is open. */
export function hall(place: HTMLElement): void {
  const address = place.dataset["scene"] ?? "";
  const copies = new Map<Tongue, Copy>();
  let turn: Tongue = "zh";
  let heard: number | null = recall(address, copies); // a computer that restarts without network still shows something
  let latest = [...copies.values()].pop()?.html ?? ""; // it says how the languages are to stand
  let kept = 0;
  let ahead = 0; // a projector's computer may have the wrong time; the server's counts
  let asking = false;

  const now = (): number => Date.now() + ahead;
  const tongues = (): Tongue[] => tonguesNow(latest, turn);
  const shown = (): string[] => tongues().flatMap((tongue) => copies.get(tongue)?.html ?? []);

  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      do {
        for (const tongue of tongues()) await fetchScene(tongue);
      } while (tongues().some((tongue) => !copies.has(tongue))); // the first answer may call for the other language too
      tellLost(place, null);
    } catch {
      tellLost(place, heard && heard + ahead);
    } finally {
      asking = false;
    }
    show(place, shown(), now());
  }

  /** Brings the copy in `tongue` up to date; throws when the server does not give it. */
  async function fetchScene(tongue: Tongue): Promise<void> {
    const copy = copies.get(tongue);
    const headers: Record<string, string> = copy ? { "If-None-Match": copy.etag } : {};
    const signal = AbortSignal.timeout?.(10_000) ?? null;
    const response = await fetch(`${address}?in=${tongue}`, { headers, cache: "no-store", signal });
    if (response.status === 404) return location.reload(); // the address was closed: say so
    if (!response.ok && response.status !== 304) throw new Error(`the server answered ${response.status}`);
    if (response.ok) copies.set(tongue, { etag: response.headers.get("ETag") ?? "", html: await response.text() });
    latest = copies.get(tongue)?.html ?? "";
    heard = Date.now();
    ahead = aheadBy(response.headers.get("Date"), heard);
    if (response.ok || heard - kept > REMEMBER_EVERY) {
      kept = heard;
      remember(address, copies, heard);
    }
  }

  keepForOffline();
  void ask();
  setInterval(() => void ask(), ASK_EVERY);
  setInterval(() => {
    turn = turn === "zh" ? "en" : "zh";
    void ask();
  }, TONGUE_EVERY);
  setInterval(() => turnPages(place), PAGE_EVERY);
  setInterval(() => tick(place, now()), 500);
  addEventListener("resize", () => fit(place));
}

function remember(address: string, copies: Map<Tongue, Copy>, heard: number): void {
  try {
    localStorage.setItem(address, JSON.stringify({ heard, copies: [...copies] }));
  } catch {
    // No storage on this computer: the screen works all the same, only not after a restart without network.
  }
}

function recall(address: string, copies: Map<Tongue, Copy>): number | null {
  try {
    const kept = JSON.parse(localStorage.getItem(address) ?? "null") as { heard: number; copies: [Tongue, Copy][] } | null;
    kept?.copies.forEach(([tongue, copy]) => copies.set(tongue, copy));
    return kept?.heard ?? null;
  } catch {
    return null;
  }
}

/** Say since when nothing was heard, or (null) that all is well again. */
function tellLost(place: HTMLElement, since: number | null): void {
  const bar = document.querySelector<HTMLElement>("[data-lost]");
  if (!bar) return;
  const time = since === null ? "" : clockAt(since);
  bar.querySelectorAll("[data-since]").forEach((part) => (part.textContent = time));
  if (bar.hidden === (since === null)) return;
  bar.hidden = since === null;
  fit(place); // the bar takes its height from the lists
}
