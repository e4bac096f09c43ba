// The server has another address now. To a browser that is another site, which sees nothing of what is kept here; so
// what waits here travels behind the `#` of the new address, where neither a server nor a log sees it.
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { digestOf, type Pairing } from "./codes";
import type { Scan } from "./kept";

/** Longest address that every browser opens, with room to spare (Chromium refuses more than two million characters). */
const LONGEST = 500_000;

/**
 * Whether the link was made by the server that this station's token is of: it alone knows the token's digest. Anybody
 * can hold a code before a camera, and what waits here must not be carried to a stranger.
 */
export function isFromOurServer({ origin, code, proof }: Pairing, token: string): boolean {
  const expected = hmac(sha256, utf8ToBytes(digestOf(token)), utf8ToBytes(`${origin} ${code}`));
  return proof === toText(expected);
}

/** The address that leads there with `scans`; undefined when they are too many to be carried so. */
export function addressWith({ origin, code }: Pairing, scans: Scan[]): string | undefined {
  const carry = scans.length ? `&carry=${toText(utf8ToBytes(JSON.stringify(scans)))}` : "";
  const address = `${origin}/station#pair=${code}${carry}`;
  return address.length > LONGEST ? undefined : address;
}

/** The scans that came with the address; raises when they cannot be read. */
export function unpack(carried: string): Scan[] {
  if (!carried) return [];
  const bytes = Uint8Array.from(atob(carried.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Scan[];
}

function toText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
