// The camera's picture, and what stands over it: what to do, or why there is none and what helps.
import { say } from "../shared/messages";
import type { Reader } from "./badge-reader";
import { Camera, type CameraState, type Trouble } from "./camera";
import type { Identity } from "./kept";
import { at } from "./page";

export class Viewfinder {
  readonly camera: Camera;
  readonly #words = at("camera-words");
  #state: CameraState = "starting";
  /** What keeps the camera from seeing, as long as it does. */
  #trouble: Trouble | undefined;

  /** `read` is told each text, and when (by `performance.now`) its frame was seen. */
  constructor(reader: Reader, read: (text: string, seen: number) => void) {
    this.camera = new Camera(at<HTMLVideoElement>("film"), reader, {
      read,
      several: (on) => this.#write(on),
      state: (state) => this.#show(state),
    });
  }

  /** What an organiser should hear of; only a kiosk has nobody beside it to see why, and no other way in. */
  troubles(role: Identity["role"] | undefined): string[] {
    return this.#trouble && (role === "kiosk" || this.#trouble !== "none") ? ["camera"] : [];
  }

  #show(state: CameraState): void {
    this.#state = state;
    if (state !== "starting") this.#trouble = state === "running" ? undefined : state;
    at("retry").hidden = !this.#trouble;
    at("torch").hidden = !this.camera.hasTorch;
    at("torch").setAttribute("aria-pressed", "false"); // a camera starts without its light
    this.#write(false);
  }

  /** `several`: two badges are held up at once. */
  #write(several: boolean): void {
    const text = say(this.#state === "running" ? (several ? "camera_several" : "camera_hint") : `camera_${this.#state}`);
    if (this.#words.textContent !== text) this.#words.textContent = text;
    this.#words.classList.toggle("is-trouble", !["running", "starting"].includes(this.#state));
    this.#words.classList.toggle("is-several", several);
  }
}
