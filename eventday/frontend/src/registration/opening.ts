// What must hold before a station opens in this tab: no other tab is at work on the same store, and there is a store.
import { say } from "../shared/messages";
import type { Notices } from "./notices";
import { at } from "./page";
import { openStore, type Store } from "./store";
import { askToBeTheOnly } from "./tabs";

/** Open the store once this tab is the only one. Where this browser keeps nothing, the page says so and stays shut. */
export async function openTheOnly(notices: Notices): Promise<Store | undefined> {
  let store: Store | undefined;
  await theOnly(notices, () => {
    store?.close();
    location.reload();
  });
  const reload = { label: say("reload"), run: () => location.reload() };
  try {
    store = await openStore("eventday-station", () => notices.put("gone", "bad", say("gone"), reload));
  } catch {
    shut(true);
    notices.put("no_storage", "bad", say("no_storage"), reload);
  }
  return store;
}

/** Resolves when this tab is the only one that takes scans; `lost` when another has taken over. */
function theOnly(notices: Notices, lost: () => void): Promise<void> {
  return new Promise((begin) => {
    const mine = (): void => {
      notices.drop("other_tab");
      shut(false);
      begin();
    };
    const others = (): void => {
      shut(true);
      notices.put("other_tab", "warn", say("other_tab"), { label: say("take_over"), run: () => takeOver() });
    };
    // Whoever opens a pairing link wants this tab to be the station.
    const takeOver = askToBeTheOnly({ mine, others, lost }, location.hash.startsWith("#pair="));
  });
}

/** Nothing can be done here, and no button looks as if it could. */
function shut(on: boolean): void {
  at("station").classList.toggle("is-shut", on);
}
