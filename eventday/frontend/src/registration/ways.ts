// Which way people go at this station, in or out: chosen by a person, kept on the disk, and "in" wherever nobody chooses.
import type { Identity } from "./kept";
import { at } from "./page";
import { keep, setting, type Store } from "./store";

export type Way = "in" | "out";
const CHOOSING: Identity["role"][] = ["gate", "desk", "lead"];

export class Ways {
  readonly #buttons = [...document.querySelectorAll<HTMLElement>("[data-mode]")];
  #station: Identity | undefined;

  /** `choose` is told the way whenever it is another. */
  constructor(private readonly store: Store, private readonly choose: (way: Way) => void) {
    for (const button of this.#buttons) button.addEventListener("click", () => this.#chosen(button.dataset["mode"] as Way));
  }

  /** Offer what this station may choose from; as it was left there, and "in" where it was never chosen. */
  async fit(station: Identity | undefined): Promise<void> {
    const before = this.#station;
    this.#station = station;
    const offers = station !== undefined && CHOOSING.includes(station.role);
    at("modes").hidden = !offers;
    if (before?.id === station?.id && before?.role === station?.role) return;
    const kept = await setting(this.store, "way");
    if (!offers && kept?.station === station?.id) await this.store.delete("settings", "way");
    this.#show(offers && kept?.station === station.id ? kept.mode : "in");
  }

  #chosen(mode: Way): void {
    this.#show(mode);
    // Where nothing can be kept a notice says so already; the way that is shown holds until the page is loaded again.
    if (this.#station) void keep(this.store, "way", { station: this.#station.id, mode }).catch(() => undefined);
  }

  #show(mode: Way): void {
    for (const button of this.#buttons) button.setAttribute("aria-pressed", String(button.dataset["mode"] === mode));
    this.choose(mode);
  }
}
