// What keeps itself up to date waits while somebody presses something in it. Replaced in that moment, a button would be
// gone before the press becomes a click: the press would be lost, or hit what stands there afterwards.

const CLICKED_WITHIN = 400; // milliseconds after a finger or a key was lifted
const ANSWERED_WITHIN = 10_000; // milliseconds after a form was sent: its answer takes the whole page's place

let pressed: Node | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const waiting: (() => void)[] = [];

/** Begin to notice what is pressed, and which forms are on their way; once for a page. */
export function noticePresses(): void {
  const on = (kind: string, notice: (event: Event) => void): void => document.addEventListener(kind, notice, true);
  const space = (event: Event): boolean => (event as KeyboardEvent).key === " "; // Enter clicks at once
  on("pointerdown", press);
  on("keydown", (event) => space(event) && press(event));
  on("pointerup", () => letGo(CLICKED_WITHIN));
  on("pointercancel", () => letGo(CLICKED_WITHIN));
  on("keyup", (event) => space(event) && letGo(CLICKED_WITHIN));
  on("click", () => letGo(0));
  document.addEventListener("submit", (event) => event.defaultPrevented || press(event));
}

/** Resolves when nobody presses anything in `part`, and no form in it is on its way. */
export async function untilLetGo(part: Node): Promise<void> {
  while (pressed && part.contains(pressed)) await new Promise<void>((goOn) => waiting.push(goOn));
}

function press(event: Event): void {
  pressed = event.target as Node;
  letGo(ANSWERED_WITHIN); // nothing is pressed for longer
}

function letGo(after: number): void {
  if (!pressed) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    pressed = null;
    for (const goOn of waiting.splice(0)) goOn();
  }, after);
}
