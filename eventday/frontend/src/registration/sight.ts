// What is seen in the pictures: of all the codes in one, the one that is meant, and that once.
import { readCode, readPairing } from "./codes";

/** How long one and the same code, held up without a break, counts as one. */
const HELD_UP = 3000;
/** So long after two badges were seen at once, one of them alone may only be the one that could be read. */
const APART = 700;
/** A code that is none of ours is told when none of ours has been read beside it for so long. */
const PATIENCE = 400;

/** The code that counts; `several` where two badges are in the picture, and neither is guessed at. */
export interface Meant {
  text: string | undefined;
  several: boolean;
}

/** Of the texts in one picture the one that is meant: one of ours before any other, and never one of two of ours. */
export function meantBy(texts: readonly string[]): Meant {
  const ours = new Map(texts.filter(nameOf).map((text) => [nameOf(text), text]));
  if (ours.size > 1) return { text: undefined, several: true };
  return { text: [...ours.values()][0] ?? texts[0], several: false };
}

/** By what a code of ours is told from another one: a badge's code, or a pairing's; nothing for a stranger's. */
function nameOf(text: string): string | undefined {
  return readCode(text) ?? readPairing(text)?.code;
}

/** Lets a text through once, however many frames show it, also by turns with another; again after it was away. */
export class Steady {
  /** When each text was seen last, of those that are held up still. */
  readonly #seen = new Map<string, number>();

  /** Whether `text`, seen at `now`, is new. */
  fresh(text: string, now: number): boolean {
    const fresh = !this.held(text, now);
    this.#seen.set(text, now);
    return fresh;
  }

  /** Whether `text`, seen at `now`, has been let through and is held up still. */
  held(text: string, now: number): boolean {
    for (const [known, when] of this.#seen) if (now - when > HELD_UP) this.#seen.delete(known);
    if (!this.#seen.has(text)) return false;
    this.#seen.set(text, now);
    return true;
  }
}

/** Looks at one frame after the other. */
export class Sight {
  readonly #steady = new Steady();
  #together = -Infinity;
  /** Since when there have been strangers' codes and none of ours, and when the last was seen. */
  #strange = { since: 0, last: -Infinity };

  /** What of a frame, seen at `now` with these texts in it, is to be taken; nothing where it has been taken before. */
  look(texts: readonly string[], now: number): Meant {
    const { text, several } = meantBy(texts);
    if (several) this.#together = now;
    if (several || now - this.#together < APART) {
      for (const each of texts) this.#steady.held(each, now);
      return { text: undefined, several: true };
    }
    return { text: text === undefined ? text : this.#taken(text, texts, now), several };
  }

  #taken(text: string, texts: readonly string[], now: number): string | undefined {
    if (nameOf(text) !== undefined) this.#strange.last = -Infinity;
    else if (!this.#patient(now)) return undefined;
    // What stands beside it is no news when it stays behind alone.
    const [fresh] = [text, ...texts].map((each) => this.#steady.fresh(each, now));
    return fresh ? text : undefined;
  }

  /** Whether a stranger's code has been there for long enough that none of ours is about to be read beside it. */
  #patient(now: number): boolean {
    if (now - this.#strange.last > PATIENCE) this.#strange.since = now;
    this.#strange.last = now;
    return now - this.#strange.since >= PATIENCE;
  }
}
