// A hardware scanner is a keyboard that types a code faster than any hand and ends with Enter.

// Milliseconds between two keys. A scanner needs a few; a busy tablet hands them on late, and outside of fields
// nobody types by hand, so waiting longer mistakes nothing.
const FAST = 500;
const SHORTEST = 10;

/** Calls `read` with what a scanner typed anywhere on the page, unless the cursor stands in a field. */
export function listenForScanner(read: (text: string) => void, target: EventTarget = window): void {
  let typed = "";
  let last = 0;
  target.addEventListener("keydown", (event) => {
    const { key, timeStamp, target: where } = event as KeyboardEvent;
    if (where instanceof HTMLElement && where.matches("input, textarea, select")) return;
    if (timeStamp - last > FAST) typed = "";
    last = timeStamp;
    if (key === "Enter" && typed.length >= SHORTEST) {
      event.preventDefault();
      read(typed);
      typed = "";
    } else if (key.length === 1) typed += key;
  });
}
