import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Camera, type CameraState } from "./camera";

/** A camera's track, which a test can end as a pulled plug does. */
class Track extends EventTarget {
  readyState = "live";
  muted = false;

  stop(): void {
    this.readyState = "ended";
  }

  end(): void {
    this.stop();
    this.dispatchEvent(new Event("ended"));
  }
}

const film = { classList: { toggle: () => undefined }, play: async () => undefined, readyState: 0, srcObject: null };
const settled = (): Promise<unknown> => new Promise((done) => setImmediate(done));

/** A camera on a tablet whose browser answers with `answer`, with what it opened and what it told. */
function tablet(answer: () => unknown = () => undefined) {
  const tracks: Track[] = [], told: CameraState[] = [], facings: string[] = [];
  const getUserMedia = async ({ video }: { video: { facingMode: string } }) => {
    await settled();
    answer();
    const track = new Track();
    facings.push(video.facingMode);
    tracks.push(track);
    return { getTracks: () => [track], getVideoTracks: () => [track] };
  };
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices: { getUserMedia } }, configurable: true });
  Object.assign(globalThis, { document: new EventTarget() });
  const watcher = { read: () => undefined, several: () => undefined, state: (state: CameraState) => told.push(state) };
  const camera = new Camera(film as unknown as HTMLVideoElement, { read: async () => [] }, watcher as never);
  return { camera, tracks, told, facings };
}

test("a camera that stops says so, and comes back by itself", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { camera, tracks, told } = tablet();
  await camera.start();
  tracks[0]!.end();
  assert.deepEqual(told, ["starting", "running", "ended"]);
  mock.timers.tick(10_000);
  for (let turn = 0; turn < 5; turn += 1) await settled();
  assert.deepEqual(told, ["starting", "running", "ended", "running"]);
  assert.equal(tracks[1]!.readyState, "live");
  mock.timers.reset();
});

test("a camera that is taken away while it starts is no running one", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { camera, tracks, told } = tablet();
  const play = mock.method(film, "play", async () => tracks[0]!.end());
  await camera.start();
  assert.deepEqual(told, ["starting", "ended"]);
  play.mock.restore();
  mock.timers.reset();
});

test("what keeps a camera from coming back is told, and tried again unless it was forbidden", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let name = "NotReadableError", asked = 0;
  const { camera, told } = tablet(() => {
    asked += 1;
    throw new DOMException("", name);
  });
  await camera.start();
  assert.deepEqual(told, ["starting", "busy"]);
  name = "NotAllowedError";
  for (let turn = 0; turn < 10; turn += 1) {
    mock.timers.tick(10_000);
    for (let wait = 0; wait < 5; wait += 1) await settled();
  }
  assert.deepEqual(told, ["starting", "busy", "denied"]);
  assert.equal(asked, 2);
  mock.timers.reset();
});

test("however often the other camera is asked for, one camera runs", async () => {
  const { camera, tracks, facings } = tablet();
  await camera.start();
  await Promise.all([camera.flip(), camera.flip(), camera.flip()]);
  assert.deepEqual(tracks.map(({ readyState }) => readyState), ["ended", "live"]);
  assert.deepEqual(facings, ["environment", "user"]);
  tracks[1]!.stop();
});

test("a tablet that becomes a kiosk while its camera starts has the one that is meant", async () => {
  const { camera, tracks, facings } = tablet();
  const starting = camera.start();
  camera.facing = "user";
  await Promise.all([starting, camera.start()]);
  assert.deepEqual(facings, ["environment", "user"]);
  assert.deepEqual(tracks.map(({ readyState }) => readyState), ["ended", "live"]);
  tracks[1]!.stop();
});
