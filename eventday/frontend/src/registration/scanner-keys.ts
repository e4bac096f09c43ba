// A hardware scanner is a keyboard that types a code faster than any hand and ends with Enter.

// Milliseconds between two keys. A scanner needs a few; a busy tablet hands them on late, and outside of fields
// nobody types by hand, so waiting longer mistakes nothing.
const FAST = 500;
const SHORTEST = 10;
/** A badge's whole address: nobody is called that, and no search is for that. */
const ADDRESS = /https?:\/\/\S+?\/B\/[0-9A-Z]{16}(?![0-9A-Z])/i;

/** Calls `read` with what a scanner typed anywhere on the page; in a field only a badge's address is meant for us. */
export function listenForScanner(read: (text: string) => void, target: EventTarget = window): void {
  let typed = "";
  let last = 0;
  target.addEventListener("keydown", (event) => {
    const { key, timeStamp, target: where } = event as KeyboardEvent;
    if (timeStamp - last > FAST) typed = "";
    last = timeStamp;
    if (key.length === 1) typed += key;
    if (key !== "Enter" && key !== "Tab") return;
    const scanned = isField(where) ? takenFrom(where, typed) : typed.length >= SHORTEST ? typed : undefined;
    typed = "";
    if (scanned === undefined) return;
    event.preventDefault();
    read(scanned);
  });
  // With an input method the keys have no names, and its Enter only says that the text stands.
  target.addEventListener("compositionend", ({ target: where }) => {
    const scanned = isField(where) ? takenFrom(where, "") : undefined;
    if (scanned !== undefined) read(scanned);
  });
}

/** The badge's address in `text`, however wide an input method has made its characters. */
export function addressIn(text: string): string | undefined {
  return ADDRESS.exec(narrow(text))?.[0];
}

/** `text` without `address`, of which a field may have taken only the beginning. */
export function without(text: string, address: string): string {
  const plain = narrow(text);
  for (let length = address.length; length > SHORTEST; length -= 1) {
    const from = plain.lastIndexOf(address.slice(0, length));
    if (from >= 0) return text.slice(0, from) + text.slice(from + length);
  }
  return text;
}

/** Wide letters and signs as they were typed; each stays one character. */
function narrow(text: string): string {
  return text.replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(/、/g, "/").replace(/。/g, ".");
}

type Field = HTMLInputElement | HTMLTextAreaElement;

function isField(where: EventTarget | null): where is Field {
  return where instanceof HTMLElement && where.matches("input:not([type='radio'], [type='checkbox'], [type='file']), textarea");
}

/** The address that a scanner typed into a field, which gets back what a person had typed there. */
function takenFrom(field: Field, typed: string): string | undefined {
  const address = addressIn(field.value) ?? addressIn(typed);
  if (address === undefined) return undefined;
  field.value = without(field.value, address);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return address;
}
