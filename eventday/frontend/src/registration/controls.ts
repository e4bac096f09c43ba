// The buttons and fields of the station's page, and what each asks the app to do.
import { say } from "../shared/messages";
import type { Camera } from "./camera";
import { readCode, readPairing, type Pairing } from "./codes";
import { at, bringUp, toggle } from "./page";
import type { Silence } from "./sound";
import { listenForScanner } from "./scanner-keys";

export interface Wishes {
  /** A text from a scanner, a photo or the keyboard. */
  take(text: string): void;
  pair(pairing: Pairing): void;
  /** The text in the search field changed. */
  search(): void;
  /** Sound or vibration was switched off, or on again. */
  silence(what: keyof Silence, on: boolean): void;
  /** Something that was tried led to nothing. */
  say(key: string, tone: "warn" | "bad", text: string): void;
}

/** Bind every control; `silence` is how sound and vibration were left. */
export function bindControls(camera: Camera, wishes: Wishes, silence: Silence): void {
  listenForScanner(wishes.take);
  at("retry").addEventListener("click", () => void camera.start());
  at("flip").addEventListener("click", () => void camera.flip());
  at("torch").addEventListener("click", () => toggle("torch", (on) => void camera.torch(on)));
  at("buzz").hidden = !("vibrate" in navigator);
  for (const [id, what] of [["sound", "quiet"], ["buzz", "still"]] as const) {
    toggle(id, () => undefined, !silence[what]);
    at(id).addEventListener("click", () => toggle(id, (on) => wishes.silence(what, !on)));
  }
  at<HTMLInputElement>("photo").addEventListener("change", (event) => void readPhoto(camera, event.target as HTMLInputElement, wishes));
  bindSearch(wishes);
  at("pair-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const pairing = readPairing(at<HTMLInputElement>("pair-link").value);
    if (pairing) wishes.pair(pairing);
    else wishes.say("pairing", "bad", say("pair_help"));
  });
}

function bindSearch(wishes: Wishes): void {
  const field = at<HTMLInputElement>("search");
  field.addEventListener("input", wishes.search);
  field.addEventListener("focus", () => bringUp(field.form!));
  at("search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!readCode(field.value) && !readPairing(field.value)) return;
    wishes.take(field.value);
    field.value = "";
    wishes.search();
  });
}

async function readPhoto(camera: Camera, field: HTMLInputElement, wishes: Wishes): Promise<void> {
  const photo = field.files?.[0];
  const seen = photo && (await camera.readPhoto(photo).catch(() => undefined));
  field.value = "";
  if (seen?.text) wishes.take(seen.text);
  else if (photo) wishes.say("photo", "warn", say(seen?.several ? "camera_several" : "photo_nothing"));
}
