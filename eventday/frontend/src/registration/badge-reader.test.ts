import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { prepareReader, type Asked, type Looked } from "./badge-reader";

const HOUR = 3_600_000;

/** A thread that answers when it is told to. */
class Thread {
  static last: Thread;
  onmessage: (event: { data: Looked }) => void = () => undefined;
  ended = false;
  asked: Asked[] = [];

  constructor() {
    Thread.last = this;
  }

  postMessage(asked: Asked): void {
    this.asked.push(asked);
  }

  terminate(): void {
    this.ended = true;
  }
}

test("a thread that was asleep with its tablet goes on reading", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  Object.assign(globalThis, { Worker: Thread, OffscreenCanvas: Object, createImageBitmap: Object });
  const read = prepareReader("reader.js", "reader.wasm").read(new Blob(["a photo"]));
  mock.timers.tick(HOUR); // the tablet wakes: what should have rung meanwhile rings now, before the thread has a word
  assert.equal(Thread.last.ended, false);
  Thread.last.onmessage({ data: { number: 1, texts: ["A", "B"], failed: false } });
  assert.deepEqual(await read, ["A", "B"]);
  mock.timers.tick(HOUR);
  mock.timers.tick(HOUR);
  assert.equal(Thread.last.ended, false);
});
