// What can be done about what stands on the screen.

export interface Act {
  label: string;
  primary?: boolean;
  run: () => void;
}

/** The button that does it, once: a tap that comes twice is one. */
export function button({ label, primary, run }: Act): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button${primary ? " button--primary" : ""}`;
  made.textContent = label;
  made.addEventListener("click", () => {
    made.disabled = true;
    run();
  });
  return made;
}
