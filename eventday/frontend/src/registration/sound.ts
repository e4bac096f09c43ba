// A tone and a vibration for each result, told apart without looking: up, level, down.

export type Tone = "good" | "warn" | "bad";

const TONES: Record<Tone, [pitch: number, from: number, lasts: number][]> = {
  good: [[880, 0, 0.09], [1320, 0.1, 0.12]],
  warn: [[660, 0, 0.12], [660, 0.18, 0.12]],
  bad: [[330, 0, 0.18], [220, 0.2, 0.3]],
};
const BUZZ: Record<Tone, number[]> = { good: [60], warn: [60, 80, 60], bad: [300] };
let context: AudioContext | undefined;

/** What whoever holds the tablet has switched off. */
export interface Silence {
  /** No sound. */
  quiet: boolean;
  /** No vibration. */
  still: boolean;
}

/** Play and buzz; does nothing where the browser refuses. */
export function signal(tone: Tone, { quiet, still }: Silence): void {
  if (!still) navigator.vibrate?.(BUZZ[tone]);
  if (!quiet) play(tone);
}

function play(tone: Tone): void {
  try {
    context ??= new AudioContext();
    if (context.state === "suspended") void context.resume();
    for (const [pitch, from, lasts] of TONES[tone]) {
      const oscillator = context.createOscillator(), volume = context.createGain();
      oscillator.frequency.value = pitch;
      volume.gain.setValueAtTime(0.2, context.currentTime + from);
      volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + from + lasts);
      oscillator.connect(volume).connect(context.destination);
      oscillator.start(context.currentTime + from);
      oscillator.stop(context.currentTime + from + lasts);
    }
  } catch {
    // Without sound the colour, the word and the vibration are left.
  }
}
