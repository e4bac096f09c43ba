// How large a text may stand: what is short is read across a hall, what is long must leave room for the rest.

export type Size = "usual" | "long" | "longest";

/** Up to so many wide characters (a Chinese one is as wide as two Latin ones) a text counts as usual, and as long. */
const USUAL = 10;
const LONG = 24;

/** The size in which `text` is written. */
export function sizeOf(text: string): Size {
  const wide = [...text].reduce((sum, one) => sum + (one.codePointAt(0)! > 0x2e7f ? 1 : 0.5), 0);
  if (wide <= USUAL) return "usual";
  return wide <= LONG ? "long" : "longest";
}
