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
  // Two tabs would each let the same badge in: what one decides, the other does not know.
  await theOnly(notices, () => {
    store?.close();
    location.reload();
  });
  const reload = { label: say("reload"), run: () => location.reload() };
  try {
    store = await openStore(NAME, () => notices.put("gone", "bad", say("gone"), reload));
  } catch {
    shut(true);
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
    let held = false;
    const open = (): void => {
      clearTimeout(late);
      notices.drop("other_tab");
      shut(false);
      mine();
    };
    const hold = (): Promise<never> => {
      held = true;
      open();
      return new Promise(() => undefined);
    };
    const take = (how: LockOptions): void => {
      // Held, it was taken by another tab. Neither held nor given up: this browser refuses locks; of storage it will tell.
      locks.request(NAME, how, hold).catch(() => (held ? lost() : how.signal?.aborted || open()));
    };
    const takeOver = (): void => {
      waiting.abort();
      take({ steal: true });
    };
    // Whoever opens a pairing link wants this tab to be the station.
    if (location.hash.startsWith("#pair=")) return takeOver();
    take({ signal: waiting.signal });
    late = setTimeout(() => {
      shut(true);
      notices.put("other_tab", "warn", say("other_tab"), { label: say("take_over"), run: takeOver });
    }, GOING);
  });
}

/** Nothing can be done here, and no button looks as if it could. */
function shut(on: boolean): void {
  at("station").classList.toggle("is-shut", on);
}
