// Reads codes in frames and photos: in a thread of its own, so that no key press waits for a frame; on the page's own
// thread where the browser has no other for it. Reading is by zxing in WebAssembly, served from our own origin.
import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";

/** What is read: a photo, or a frame on its way to another thread. */
export type Picture = Blob | ImageBitmap;

/** What the thread is told: first where its WebAssembly is, then one picture after the other. */
export type Asked = { wasm: string } | { number: number; picture: Picture };

/** What the thread tells of a picture: the texts of all codes in it; `failed` when it could not look. */
export interface Looked {
  number: number;
  texts: string[];
  failed: boolean;
}

export interface Reader {
  /** The texts of all codes in the frame that the film shows now, or in a photo. */
  read(from: HTMLVideoElement | Blob): Promise<string[]>;
}

/** The reader on this very thread; `wasm` is its address on our own origin. */
export function hereReader(wasm: string): { read(from: HTMLVideoElement | Picture): Promise<string[]> } {
  prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return { read: async (from) => (await detector.detect(from)).map(({ rawValue }) => rawValue) };
}

/** The reader of this tablet; `script` is what its thread runs. */
export function prepareReader(script: string, wasm: string): Reader {
  const able = "Worker" in globalThis && "OffscreenCanvas" in globalThis && "createImageBitmap" in globalThis;
  return able ? new ReaderThread(script, wasm) : hereReader(wasm);
}

/** How long (ms) a thread may be silent until it counts as gone, as on a tablet short of memory; and at its start. */
const SILENT = 5000;
const STARTING = 30000;

class ReaderThread implements Reader {
  readonly #thread: Worker;
  readonly #asked = new Map<number, (looked: Looked) => void>();
  #last = 0;
  /** Whether the thread has ever looked at a picture. */
  #proven = false;
  #lost = false;
  /** Takes over from a thread that cannot look at pictures, on a browser that promised more than it does. */
  #here: Reader | undefined;

  constructor(script: string, private readonly wasm: string) {
    this.#thread = new Worker(script, { type: "module" });
    this.#thread.onmessage = ({ data }: MessageEvent<Looked>) => this.#heard(data);
    this.#thread.onerror = () => this.#giveUp();
    this.#thread.postMessage({ wasm } satisfies Asked);
  }

  async read(from: HTMLVideoElement | Blob): Promise<string[]> {
    if (this.#lost) return this.#fallBack().read(from);
    const picture = from instanceof Blob ? from : await createImageBitmap(from);
    const number = (this.#last += 1);
    const looked = new Promise<Looked>((done) => this.#asked.set(number, done));
    this.#thread.postMessage({ number, picture } satisfies Asked, picture instanceof Blob ? [] : [picture]);
    const disarm = this.#alarm();
    const { texts, failed } = await looked;
    disarm();
    // What the thread has lost is a frame, of which there are more, or a photo, of which there is one.
    return failed && from instanceof Blob ? this.#fallBack().read(from) : texts;
  }

  /** Give the thread up when it is silent for too long; returns what takes that back. */
  #alarm(): () => void {
    const half = (this.#proven ? SILENT : STARTING) / 2;
    // In two halves: when a tablet wakes from sleep the first is over long since, and the thread has the second to answer.
    let timer = setTimeout(() => (timer = setTimeout(() => this.#giveUp(), half)), half);
    return () => clearTimeout(timer);
  }

  #heard(looked: Looked): void {
    this.#proven ||= !looked.failed;
    if (!this.#proven) this.#giveUp();
    this.#asked.get(looked.number)?.(looked);
    this.#asked.delete(looked.number);
  }

  #fallBack(): Reader {
    return (this.#here ??= hereReader(this.wasm));
  }

  #giveUp(): void {
    this.#lost = true;
    this.#thread.terminate();
    for (const [number, done] of this.#asked) done({ number, texts: [], failed: true });
    this.#asked.clear();
  }
}
