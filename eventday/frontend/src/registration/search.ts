// Finding people at a key press: by characters of the name or company, pinyin, initials, last four digits.
import type { Person } from "./kept";

interface Entry {
  id: number;
  name: string;
  /** Lower-case texts found anywhere in them: names and companies as they are written. */
  written: string[];
  /** Syllables of the name and of the company, for pinyin and initials. */
  spoken: string[][];
  last4: string;
}

export class SearchIndex {
  #entries = new Map<number, Entry>();

  add(person: Person): void {
    const written = [person.name, person.name_en, person.company, person.company_label].map(fold).filter(Boolean);
    const spoken = [person.pinyin, person.company_pinyin, person.name_en.toLowerCase()].map((text) => text.split(/\s+/).filter(Boolean));
    this.#entries.set(person.id, { id: person.id, name: fold(person.name), written, spoken, last4: person.last4 ?? "" });
  }

  remove(id: number): void {
    this.#entries.delete(id);
  }

  /** The best matches for `query`, best first; nothing for an empty query. */
  find(query: string, most = 30): number[] {
    const words = query.split(/\s+/).map(fold).filter(Boolean);
    if (!words.length) return [];
    const digits = words.map((word) => /^\d{2,4}$/.test(word));
    const found: [score: number, id: number][] = [];
    for (const entry of this.#entries.values()) {
      let score = 0;
      for (let at = 0; at < words.length && score >= 0; at += 1) {
        const one = rank(entry, words[at]!, digits[at]!);
        score = one ? score + one : -1;
      }
      if (score > 0) found.push([score, entry.id]);
    }
    return found.sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, most).map(([, id]) => id);
  }
}

/** How well one word fits: 0 not at all, more for the name than for the company, more at its beginning. */
function rank(entry: Entry, word: string, digits: boolean): number {
  if (entry.name.startsWith(word)) return 9;
  if (entry.name.includes(word)) return 8;
  if (digits && entry.last4 && entry.last4.endsWith(word)) return word.length === 4 ? 8 : 3;
  if (entry.spoken[0] && matches(entry.spoken[0], 0, word)) return 7;
  if (entry.spoken[0] && speaks(entry.spoken[0], word)) return 6;
  if (entry.written.some((text) => text.includes(word))) return 5;
  return entry.spoken.slice(1).some((syllables) => speaks(syllables, word)) ? 4 : 0;
}

/** Whether `typed` can be read as the beginnings of consecutive syllables: `zdm`, `zengdm` and `dongm` are 曾东梅. */
export function speaks(syllables: readonly string[], typed: string): boolean {
  for (let from = 0; from < syllables.length; from += 1) {
    if (syllables[from]!.charCodeAt(0) === typed.charCodeAt(0) && matches(syllables, from, typed)) return true;
  }
  return false;
}

function matches(syllables: readonly string[], from: number, typed: string): boolean {
  if (!typed) return true;
  const syllable = syllables[from];
  if (!syllable) return false;
  for (let length = Math.min(syllable.length, typed.length); length > 0; length -= 1) {
    if (syllable.startsWith(typed.slice(0, length)) && matches(syllables, from + 1, typed.slice(length))) return true;
  }
  return false;
}

const plain = new Map<string, string>();

/** Learn which traditional character is which simplified one, from `單单國国…`; both then find either. */
export function learnTraditional(pairs: string): void {
  for (let at = 0; at + 1 < pairs.length; at += 2) plain.set(pairs[at]!, pairs[at + 1]!);
}

/** Case, width, blanks, tone marks of pinyin, simplified or traditional do not count; ü is typed v. */
export function fold(text: string): string {
  return folded(text).replace(/[\u3400-\u9fff\uf900-\ufaff]/g, (one) => plain.get(one) ?? one);
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/ü/g, "v").normalize("NFD").replace(/[\u0300-\u036f\s·.'’-]/g, "");
}
