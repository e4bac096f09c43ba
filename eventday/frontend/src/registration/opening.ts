// What must hold before a station opens in this tab: no other tab is at work on the same store, and there is a store.
import { say } from "../shared/messages";
import type { Notices } from "./notices";
import { at } from "./page";
import { openStore, type Store } from "./store";

const NAME = "eventday-station";
/** So long (ms) another tab is given to go, as the one before does when a page is loaded again. */
const GOING = 700;

/** Open the store once this tab is the only one. Where this browser keeps nothing, the page says so and stays shut. */
export async function openTheOnly(notices: Notices): Promise<Store | undefined> {
  let store: Store | undefined;
  at("station").classList.add("is-unpaired"); // until it is known what this tablet is
  // Two tabs would each let the same badge in: what one decides, the other does not know.
  await theOnly(notices, () => {
    store?.close();
    location.reload();
  });
  const reload = { label: say("reload"), run: () => location.reload() };
  try {
    store = await openStore(NAME, () => notices.put("gone", "bad", say("gone"), reload));
  } catch {
    at("camera-words").textContent = "";
    notices.put("no_storage", "bad", say("no_storage"), reload);
  }
  return store;
}

/** Resolves when this tab holds the station; `lost` when another has taken it over. Where there are no locks, at once. */
async function theOnly(notices: Notices, lost: () => void): Promise<void> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return;
  await new Promise<void>((mine) => {
    const waiting = new AbortController();
    let late: ReturnType<typeof setTimeout> | undefined;
    const hold = (): Promise<never> => {
      clearTimeout(late);
      notices.drop("other_tab");
      mine();
      return new Promise(() => undefined);
    };
    const takeOver = (): void => {
      waiting.abort();
      locks.request(NAME, { steal: true }, hold).catch(lost);
    };
    // Whoever opens a pairing link wants this tab to be the station.
    if (location.hash.startsWith("#pair=")) return takeOver();
    locks.request(NAME, { signal: waiting.signal }, hold).catch(() => waiting.signal.aborted || lost());
    late = setTimeout(() => notices.put("other_tab", "warn", say("other_tab"), { label: say("take_over"), run: takeOver }), GOING);
  });
}
