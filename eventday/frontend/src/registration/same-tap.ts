// A tap that comes twice: what the first one brought under the finger is not what the second one meant.

/** A tap: when (ms) and where. */
export interface Tap {
  at: number;
  x: number;
  y: number;
}

/** Two taps this close (ms, pixels) are one. */
const SOON = 500;
const NEAR = 40;

/** Whether `second` is `first` once more, while something `came` under the finger between the two. */
export function isSameTap(first: Tap | undefined, second: Tap, came: number): boolean {
  if (!first || came < first.at || second.at - first.at > SOON) return false;
  return Math.hypot(second.x - first.x, second.y - first.y) <= NEAR;
}

/** Let `element`, which last came at `came()` by `performance.now`, take no second half of a double tap. */
export function takeNoSecondTap(element: HTMLElement, came: () => number): void {
  let last: Tap | undefined;
  document.addEventListener("click", (event) => {
    if (!event.detail) return; // a key or a script
    const tap = { at: performance.now(), x: event.clientX, y: event.clientY };
    if (element.contains(event.target as Node) && isSameTap(last, tap, came())) event.stopPropagation();
    last = tap;
  }, { capture: true });
}
