// The tablet's clock, watched: how far it is from the server's, also after somebody has set it, and how long the server
// has been silent. A wall clock can be set at any time; how long the page runs cannot, but it stands still asleep.
import { STEP } from "./clock";
import type { Clock, Watched } from "./kept";

/** A clock put right lands this close (ms) to the server's. */
const PUT_RIGHT = 90_000;

export class SteadyClock {
  #off = 0;
  #heard = 0;
  #silent = 0;
  #wall: number;
  #ran: number;

  /** `wall` is the tablet's clock; `running` counts milliseconds while the page runs, whatever is set. */
  constructor(private readonly wall: () => number = () => Date.now(), private readonly running: () => number = () => performance.now()) {
    this.#wall = wall();
    this.#ran = running();
  }

  /** What our clock is worth now. */
  worth(): Clock {
    this.#look();
    return { off: this.#off, heard: this.#heard };
  }

  /** The server's time, as well as we know it. */
  now(): number {
    this.#look();
    return this.#wall - this.#off;
  }

  /** For how long (ms) the server has not been heard; undefined when it never was. */
  silentFor(): number | undefined {
    this.#look();
    return this.#heard ? this.#silent : undefined;
  }

  /** The server said what time it has, in answer to what was sent at `sentAt` by our clock. */
  hear(serverTime: number, sentAt: number): void {
    this.#look();
    this.#off = (sentAt + this.#wall) / 2 - serverTime;
    this.#heard = this.#wall - this.#off;
    this.#silent = 0;
  }

  /** What to keep of it, and to `resume` from when the page is opened again. */
  watched(): Watched {
    this.#look();
    return { off: this.#off, heard: this.#heard, silent: this.#silent, wall: this.#wall };
  }

  /** Go on from what was kept. Meanwhile the clock counted, unless it went back: then it was set, most likely right. */
  resume({ off, heard, silent, wall }: Watched): void {
    this.#look();
    const passed = this.#wall - wall;
    const ifRight = this.#wall - heard;
    this.#heard = heard;
    this.#silent = passed >= 0 ? silent + passed : Math.max(silent, ifRight);
    this.#off = passed >= 0 ? off : this.#wall - heard - this.#silent;
  }

  /** Forget what was heard: of another server, or as another station. */
  forget(): void {
    this.#off = this.#heard = this.#silent = 0;
  }

  /**
   * Count on. A clock that went back against the running page was set; one that leapt ahead to the server's time was put
   * right. Any other leap was sleep, in which the page does not count and the clock does.
   */
  #look(): void {
    const wall = this.wall(), ran = this.running();
    const counted = ran - this.#ran, leapt = wall - this.#wall - counted;
    const putRight = Math.abs(this.#off) > PUT_RIGHT && Math.abs(this.#off + leapt) < PUT_RIGHT;
    const set = leapt < -STEP || (leapt > STEP && putRight);
    if (set) this.#off += leapt;
    this.#silent += counted + (leapt > STEP && !set ? leapt : 0);
    this.#wall = wall;
    this.#ran = ran;
  }
}
