// Finding people at a key press: by characters of the name or company, pinyin, initials, last four digits.
import type { Person } from "./store";

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
    const found: [score: number, id: number][] = [];
    for (const entry of this.#entries.values()) {
      let score = 0;
      for (const word of words) {
        const one = rank(entry, word);
        score = one && score !== -1 ? score + one : -1;
      }
      if (score > 0) found.push([score, entry.id]);
    }
    return found.sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, most).map(([, id]) => id);
  }
}

/** How well one word fits: 0 not at all, more for the name than for the company, more at its beginning. */
function rank(entry: Entry, word: string): number {
  if (entry.name.startsWith(word)) return 9;
  if (entry.name.includes(word)) return 8;
  if (entry.last4 && /^\d{2,4}$/.test(word) && entry.last4.endsWith(word)) return word.length === 4 ? 8 : 3;
  if (entry.spoken[0] && speaks(entry.spoken[0], word)) return 7;
  if (entry.written.some((text) => text.includes(word))) return 5;
  return entry.spoken.slice(1).some((syllables) => speaks(syllables, word)) ? 4 : 0;
}

/** Whether `typed` can be read as the beginnings of consecutive syllables: `zdm`, `zengdm` and `dongm` are 曾东梅. */
export function speaks(syllables: readonly string[], typed: string): boolean {
  return syllables.some((_, from) => matches(syllables, from, typed));
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

/** Case, width, blanks and the tone marks of pinyin do not count; ü is typed v. */
export function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/ü/g, "v").normalize("NFD").replace(/[\u0300-\u036f\s·.'’-]/g, "");
}
