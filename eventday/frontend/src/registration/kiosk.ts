// What a kiosk shows beside its camera: the code of this minute, by which a phone checks its owner in.

/** What the server tells a kiosk every few seconds. */
export interface Here {
  viewbox: string;
  path: string;
}

/** A code is good for its minute and the next; one that nobody has renewed for so long is not shown any more. */
const FRESH = 75_000;

export class Kiosk {
  readonly #place = document.getElementById("here") as HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Show the newest code; nothing for a station that is no kiosk. */
  show(here: Here | null | undefined): void {
    clearTimeout(this.#timer);
    this.#place.hidden = !here;
    if (!here) return;
    const svg = this.#place.querySelector("svg")!;
    svg.setAttribute("viewBox", here.viewbox);
    svg.querySelector("path")!.setAttribute("d", here.path);
    this.#timer = setTimeout(() => this.show(null), FRESH);
  }
}
