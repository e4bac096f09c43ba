// The board on the keyboard: space lifts, arrows walk, Enter puts down, Escape lets go; Ctrl+Z and Ctrl+Shift+Z.
import type { BoardShape } from "./shape";
import { step } from "./verdicts";

export function keys(it: BoardShape): void {
  it.root.addEventListener("keydown", (event) => {
    const chip = (event.target as HTMLElement).closest<HTMLElement>(".board__chip");
    if (!it.lifted) {
      if (chip && event.key === " " && it.editable) {
        event.preventDefault();
        it.lift(chip);
        it.hover(chip.closest<HTMLElement>("[data-cell]"));
      } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
        event.preventDefault();
        void it.take(event.shiftKey ? "redo" : "undo");
      }
      return;
    }
    if (event.key === "Escape") it.letGo();
    else if (event.key === "Enter" || event.key === " ") void it.drop(it.lifted.cell);
    else if (event.key.startsWith("Arrow")) {
      const next = step(it.grid, it.lifted.cell, event.key, it.lifted.company);
      it.hover(next);
      next?.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else return;
    event.preventDefault();
  });
  // A key that lifts or drops must not also count as a click on the chip.
  it.root.addEventListener("keyup", (event) => {
    if (event.key === " " && (event.target as HTMLElement).closest(".board__chip")) event.preventDefault();
  });
}
