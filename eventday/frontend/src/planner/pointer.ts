// Dragging with mouse, pen or finger. A finger lifts after a short hold, so that a swipe still scrolls.
import { nameOf, type BoardShape } from "./shape";

const FAR_ENOUGH = 6; // pixels
const HOLD = 220; // milliseconds
const EDGE = 48; // pixels from an edge at which the board begins to roll
const SPEED = 6; // pixels a frame

export function pointer(it: BoardShape): void {
  let start: { x: number; y: number; chip: HTMLElement; timer?: number } | null = null;
  let ghost: HTMLElement | null = null;
  let moved = false;

  const under = (x: number, y: number): HTMLElement | null =>
    document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-cell]") ?? null;

  const begin = (chip: HTMLElement, x: number, y: number): void => {
    it.lift(chip);
    if (!it.lifted) return;
    moved = true;
    ghost = document.createElement("span");
    ghost.textContent = nameOf(chip);
    ghost.className = "chip board__ghost";
    ghost.setAttribute("aria-hidden", "true");
    document.body.append(ghost);
    free = false;
    follow(x, y);
    requestAnimationFrame(roll);
  };
  // At an edge the board rolls on below the chip, and the page below the board: the goal may be out of sight.
  // Not before the chip has left the edge at which it may have been lifted.
  let at = { x: 0, y: 0 };
  let free = false;
  const roll = (): void => {
    if (!ghost) return;
    const wrap = it.root.querySelector<HTMLElement>(".board-wrap");
    const box = wrap?.getBoundingClientRect();
    const towards = (value: number, low: number, high: number): number =>
      value < low + EDGE ? -SPEED : value > high - EDGE ? SPEED : 0;
    const over = box !== undefined && at.y < box.bottom;
    const page = towards(at.y, 0, window.innerHeight);
    const [right, down] = over ? [towards(at.x, box.left, box.right), towards(at.y, box.top, box.bottom)] : [0, 0];
    free ||= !page && !right && !down;
    if (free) {
      wrap?.scrollBy(right, down);
      window.scrollBy(0, page);
    }
    it.hover(under(at.x, at.y));
    requestAnimationFrame(roll);
  };
  const follow = (x: number, y: number): void => {
    at = { x, y };
    if (ghost) ghost.style.transform = `translate(${x + 8}px, ${y + 8}px)`;
    it.hover(under(x, y));
  };
  const end = (): void => {
    window.clearTimeout(start?.timer);
    start = null;
    ghost?.remove();
    ghost = null;
  };

  it.root.addEventListener("pointerdown", (event) => {
    const chip = (event.target as HTMLElement).closest<HTMLElement>(".board__chip");
    moved = false;
    if (!chip || !it.editable || event.button !== 0) return;
    start = { x: event.clientX, y: event.clientY, chip };
    if (event.pointerType === "touch") {
      start.timer = window.setTimeout(() => start && begin(chip, start.x, start.y), HOLD);
    }
  });
  document.addEventListener("pointermove", (event) => {
    if (ghost) follow(event.clientX, event.clientY);
    else if (start) {
      const far = Math.hypot(event.clientX - start.x, event.clientY - start.y) > FAR_ENOUGH;
      if (far && event.pointerType === "touch") end();
      else if (far) begin(start.chip, event.clientX, event.clientY);
    }
  });
  document.addEventListener("pointerup", (event) => {
    const dropped = ghost !== null;
    const cell = dropped ? under(event.clientX, event.clientY) : null;
    end();
    if (dropped) void it.lifted?.verdicts.then(() => it.drop(cell));
  });
  document.addEventListener("pointercancel", () => {
    if (ghost) it.letGo();
    end();
  });
  document.addEventListener("touchmove", (event) => ghost && event.preventDefault(), { passive: false });
  it.root.addEventListener("contextmenu", (event) => ghost && event.preventDefault());
  // The click that ends a drag opens nothing.
  it.root.addEventListener("click", (event) => {
    if (moved) event.stopImmediatePropagation();
    moved = false;
  }, { capture: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && ghost) {
      it.letGo();
      end();
    }
  });
}
