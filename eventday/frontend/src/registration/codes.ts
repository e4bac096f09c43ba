// Badge codes, read back however they were typed or scanned; the same as eventday/rules/codes.py.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** So many characters has a code. */
export const LENGTH = 16;
const ALPHABET = /^[0-9A-HJKMNP-TV-Z]{16}$/;
const LOOK_ALIKE: Record<string, string> = { I: "1", L: "1", O: "0", U: "V" };

/** The code in `text` (bare, or a badge's whole URL, whatever its host), or undefined. */
export function readCode(text: string): string | undefined {
  const plain = text.normalize("NFKC");
  const code = bare(/\/B\/([^/?#.]+)/i.exec(plain)?.[1] ?? plain).replace(/[ILOU]/g, (letter) => LOOK_ALIKE[letter]!);
  return ALPHABET.test(code) ? code : undefined;
}

/** How many characters `text` has, where somebody typed a code and left some out, or typed some twice. */
export function slipIn(text: string): number | undefined {
  const { length } = /^(?=.*[0-9])(?=.*[A-Z])[0-9A-Z]{12,20}$/.exec(bare(text.normalize("NFKC")))?.[0] ?? "";
  return length && length !== LENGTH ? length : undefined;
}

/** Without what is typed for the eye alone. */
function bare(text: string): string {
  return text.replace(/[\s\-–—_·.]+/g, "").toUpperCase();
}

/** What a pairing link says: the server it belongs to, its code, and the server's proof that it knows this station. */
export interface Pairing {
  origin: string;
  code: string;
  proof: string;
}

/** The pairing link in `text`, if it is one. */
export function readPairing(text: string): Pairing | undefined {
  const found = /^(https?:\/\/[^/]+)\/station#pair=([\w-]+)(?:\.([\w-]+))?$/i.exec(text.normalize("NFKC").trim());
  return found ? { origin: found[1]!.toLowerCase(), code: found[2]!, proof: found[3] ?? "" } : undefined;
}

/** What a tablet keeps of a code. Not `crypto.subtle`: that is missing where there is no HTTPS, and so is nothing else. */
export function digestOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** A new id for a scan (UUID version 4); `crypto.randomUUID` too needs HTTPS. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
