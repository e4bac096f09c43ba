// The camera, always on: frames in, texts out.
import type { Reader } from "./badge-reader";

export type Trouble = "insecure" | "denied" | "busy" | "none" | "wechat" | "failed";

/** How long one and the same code, held up without a break, counts as one. */
const HELD_UP = 3000;
const PAUSE = 60;

/** Lets a text through once, however many frames show it, also by turns with another; again after it was away. */
export class Steady {
  /** When each text was seen last, of those that are held up still. */
  readonly #seen = new Map<string, number>();

  /** Whether `text`, seen at `now`, is new. */
  fresh(text: string, now: number): boolean {
    for (const [known, when] of this.#seen) if (now - when > HELD_UP) this.#seen.delete(known);
    const fresh = !this.#seen.has(text);
    this.#seen.set(text, now);
    return fresh;
  }
}

/** Why there can be no camera at all here, if so. */
export function impossible(): Trouble | undefined {
  if ((navigator.mediaDevices as MediaDevices | undefined)?.getUserMedia !== undefined) return undefined;
  if (/MicroMessenger/i.test(navigator.userAgent)) return "wechat";
  return window.isSecureContext ? "none" : "insecure";
}

export class Camera {
  facing: "environment" | "user" = "environment";
  #stream: MediaStream | undefined;
  #turn = 0;
  readonly #steady = new Steady();

  constructor(
    private readonly film: HTMLVideoElement,
    private readonly reader: Reader,
    /** Is told each text, and when (by `performance.now`) the frame was seen. */
    private readonly read: (text: string, seen: number) => void,
  ) {
    // A tablet that was put away and taken up again has lost its camera without a word.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && this.#stream && !this.#alive()) void this.start();
    });
  }

  /** Start, or start again; says what stands in the way. */
  async start(): Promise<Trouble | undefined> {
    const cannot = impossible();
    if (cannot) return cannot;
    this.stop();
    const turn = ++this.#turn;
    try {
      const video = { facingMode: this.facing, width: { ideal: 1280 }, height: { ideal: 720 } };
      this.#stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
      this.film.srcObject = this.#stream;
      // People find their way before a mirror; a camera that looks away from them is none.
      this.film.classList.toggle("is-mirror", this.facing === "user");
      await this.film.play();
    } catch (error) {
      return reason(error);
    }
    void this.#watch(turn);
    return undefined;
  }

  stop(): void {
    this.#stream?.getTracks().forEach((track) => track.stop());
  }

  /** The other camera, front or rear. */
  async flip(): Promise<Trouble | undefined> {
    this.facing = this.facing === "user" ? "environment" : "user";
    return this.start();
  }

  /** Whether this camera has a light. */
  get hasTorch(): boolean {
    const track = this.#stream?.getVideoTracks()[0];
    return Boolean(track && "torch" in (track.getCapabilities?.() ?? {}));
  }

  async torch(on: boolean): Promise<void> {
    const light = { advanced: [{ torch: on } as MediaTrackConstraintSet] };
    await this.#stream?.getVideoTracks()[0]?.applyConstraints(light).catch(() => undefined);
  }

  /** The text of the code in a photo, if there is one. */
  readPhoto(photo: Blob): Promise<string | undefined> {
    return this.reader.read(photo);
  }

  #alive(): boolean {
    return Boolean(this.#stream?.getVideoTracks().some((track) => track.readyState === "live"));
  }

  async #watch(turn: number): Promise<void> {
    while (turn === this.#turn && this.#alive()) {
      if (this.film.readyState >= 2) {
        const seen = performance.now();
        const text = await this.reader.read(this.film).catch(() => undefined);
        if (text && this.#steady.fresh(text, performance.now())) this.read(text, seen);
      }
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  }
}

function reason(error: unknown): Trouble {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "none" : "failed";
}
