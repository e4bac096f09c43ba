// Which tab of a station takes scans: one at a time, since each would let the same badge in, not knowing of the other.

const NAME = "eventday-station";
/** So long (ms) another tab is given to go, as the one before does when a page is loaded again. */
const GOING = 700;
/** So long (ms) another tab is given to say that it is there. */
const ANSWERED = 300;
/** So often (ms) a tab asks whether the other is still there, which may have gone without a word. */
const AGAIN = 2000;

/** What a tab does about it. */
export interface Tab {
  /** This is the one from now on. */
  mine(): void;
  /** Another is, for now. */
  others(): void;
  /** This was the one, and another has taken over. */
  lost(): void;
}

/** Ask to be the one, or with `atOnce` take over from whoever is; gives the way to do so later. */
export function askToBeTheOnly(tab: Tab, atOnce: boolean): () => void {
  const { locks } = navigator as { locks?: LockManager };
  return locks ? byLocks(locks, tab, atOnce) : byWord(tab, atOnce);
}

function byLocks(locks: LockManager, { mine, others, lost }: Tab, atOnce: boolean): () => void {
  const waiting = new AbortController();
  const late = setTimeout(others, GOING);
  let held = false;
  const hold = (): Promise<never> => {
    clearTimeout(late);
    held = true;
    mine();
    return new Promise(() => undefined);
  };
  const take = (how: LockOptions): void => {
    // Held, it was taken by another tab. Neither held nor given up: this browser refuses locks; of storage it will tell.
    locks.request(NAME, how, hold).catch(() => (held ? lost() : how.signal?.aborted || mine()));
  };
  take(atOnce ? { steal: true } : { signal: waiting.signal });
  return () => {
    waiting.abort();
    take({ steal: true });
  };
}

/** What tabs say to each other where there are no locks: without HTTPS, as on a venue's network. */
type Word = { asks: number } | "here" | "took";

function byWord({ mine, others, lost }: Tab, atOnce: boolean): () => void {
  const channel = new BroadcastChannel(NAME), me = Math.random();
  const tell = (word: Word): void => channel.postMessage(word);
  let held = false, asking: ReturnType<typeof setTimeout> | undefined, again: ReturnType<typeof setTimeout> | undefined;
  const hold = (): void => {
    clearTimeout(asking);
    clearTimeout(again);
    asking = undefined;
    held = true;
    mine();
  };
  const ask = (): void => {
    tell({ asks: me });
    clearTimeout(asking);
    asking = setTimeout(hold, ANSWERED);
  };
  channel.addEventListener("message", ({ data }: MessageEvent<Word>) => {
    // Of two that ask at once the one with the smaller number is there first.
    if (typeof data === "object") return held || (asking && me < data.asks) ? tell("here") : undefined;
    if (held) return data === "took" ? lost() : undefined;
    clearTimeout(asking);
    clearTimeout(again);
    asking = undefined;
    if (data === "here") others();
    again = setTimeout(ask, AGAIN);
  });
  // Put away by the browser and taken out again: another may have begun meanwhile.
  addEventListener("pageshow", (event) => (event as PageTransitionEvent).persisted && held && lost());
  const takeOver = (): void => {
    tell("took");
    hold();
  };
  if (atOnce) takeOver();
  else ask();
  return takeOver;
}
