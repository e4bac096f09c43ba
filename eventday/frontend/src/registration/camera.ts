// The camera, always on: frames in, texts out. When it stops it says why, and tries by itself to come back.
import type { Reader } from "./badge-reader";
import { meantBy, Sight, type Meant } from "./sight";

export type Trouble = "insecure" | "denied" | "busy" | "none" | "wechat" | "failed" | "ended";
export type CameraState = "starting" | "running" | Trouble;

/** Who is told what the camera sees, and how it is. */
export interface Watcher {
  /** A text, and when (by `performance.now`) its frame was seen. */
  read(text: string, seen: number): void;
  /** Whether two badges are held up at once. */
  several(on: boolean): void;
  state(state: CameraState): void;
}

const PAUSE = 60;
/** So long (ms) after it stopped the camera is tried again, and again. */
const AGAIN = 3000;
/** What may be over by itself. What was refused needs a person. */
const PASSING: Trouble[] = ["busy", "none", "failed", "ended"];

/** Why there can be no camera at all here, if so. */
export function impossible(): Trouble | undefined {
  if ((navigator.mediaDevices as MediaDevices | undefined)?.getUserMedia !== undefined) return undefined;
  if (/MicroMessenger/i.test(navigator.userAgent)) return "wechat";
  return window.isSecureContext ? "none" : "insecure";
}

export class Camera {
  facing: "environment" | "user" = "environment";
  #stream: MediaStream | undefined;
  /** The start under way: there is one at a time, so that no camera is left running behind another. */
  #starting: Promise<void> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  readonly #sight = new Sight();

  constructor(
    private readonly film: HTMLVideoElement,
    private readonly reader: Reader,
    private readonly watcher: Watcher,
  ) {
    // A tablet that was put away and taken up again has lost its camera without a word.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && this.#stream && !this.#sees()) void this.start();
    });
  }

  /** Start, or start again; its watcher hears how that went. A start under way is the one that counts. */
  start(): Promise<void> {
    if (!this.#starting) this.watcher.state("starting");
    return this.#start();
  }

  /** The other camera, front or rear; a second wish while the first is being met is none. */
  flip(): Promise<void> {
    if (!this.#starting) this.facing = this.facing === "user" ? "environment" : "user";
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

  /** The code in a photo that is meant, if there is one. */
  async readPhoto(photo: Blob): Promise<Meant> {
    return meantBy(await this.reader.read(photo));
  }

  #start(): Promise<void> {
    return (this.#starting ??= this.#attempt().finally(() => (this.#starting = undefined)));
  }

  async #attempt(): Promise<void> {
    clearTimeout(this.#again);
    const trouble = impossible() ?? (await this.#open()) ?? (this.#live(this.#stream!) ? undefined : "ended");
    this.watcher.state(trouble ?? "running");
    if (trouble) this.#tryAgain(trouble);
    else void this.#watch(this.#stream!);
  }

  /** Open the camera that is wanted when it opens; says what stands in the way. */
  async #open(): Promise<Trouble | undefined> {
    const { facing } = this;
    this.#stop();
    try {
      const video = { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 720 } };
      const stream = (this.#stream = await navigator.mediaDevices.getUserMedia({ video, audio: false }));
      stream.getVideoTracks()[0]?.addEventListener("ended", () => this.#ended(stream));
      this.film.srcObject = stream;
      // People find their way before a mirror; a camera that looks away from them is none.
      this.film.classList.toggle("is-mirror", facing === "user");
      await this.film.play();
    } catch (error) {
      this.#stop();
      return reason(error);
    }
    return facing === this.facing ? undefined : this.#open();
  }

  #stop(): void {
    this.#stream?.getTracks().forEach((track) => track.stop());
  }

  /** Unplugged, taken by another app, or forbidden: nobody who looks at a still picture would know. */
  #ended(stream: MediaStream): void {
    if (stream !== this.#stream || this.#starting) return;
    this.watcher.state("ended");
    this.#tryAgain("ended");
  }

  #tryAgain(trouble: Trouble): void {
    clearTimeout(this.#again);
    if (PASSING.includes(trouble)) this.#again = setTimeout(() => void this.#start(), AGAIN);
  }

  #live(stream: MediaStream): boolean {
    return stream === this.#stream && stream.getVideoTracks().some(({ readyState }) => readyState === "live");
  }

  #sees(): boolean {
    return this.#live(this.#stream!) && !this.#stream!.getVideoTracks()[0]!.muted;
  }

  async #watch(stream: MediaStream): Promise<void> {
    while (this.#live(stream)) {
      if (this.film.readyState >= 2) {
        const seen = performance.now();
        const texts = await this.reader.read(this.film).catch(() => []);
        const { text, several } = this.#sight.look(texts, performance.now());
        this.watcher.several(several);
        if (text !== undefined) this.watcher.read(text, seen);
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
