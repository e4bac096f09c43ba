// What stands over the camera's picture: what to do, or why there is none and what helps.
import { say } from "../shared/messages";
import type { Camera, CameraState, Trouble } from "./camera";
import { at } from "./page";

export class Viewfinder {
  /** What keeps the camera from seeing, as long as it does. */
  trouble: Trouble | undefined;
  readonly #words = at("camera-words");
  #state: CameraState = "starting";

  /** The camera is like this now. */
  show(state: CameraState, camera: Camera): void {
    this.#state = state;
    if (state !== "starting") this.trouble = state === "running" ? undefined : state;
    at("retry").hidden = !this.trouble;
    at("torch").hidden = !camera.hasTorch;
    this.several(false);
  }

  /** Two badges are held up at once, or no longer. */
  several(on: boolean): void {
    const hint = this.#state === "running" ? (on ? "camera_several" : "camera_hint") : `camera_${this.#state}`;
    const text = say(hint);
    if (this.#words.textContent !== text) this.#words.textContent = text;
    this.#words.classList.toggle("is-trouble", !["running", "starting"].includes(this.#state));
    this.#words.classList.toggle("is-several", on);
  }
}
