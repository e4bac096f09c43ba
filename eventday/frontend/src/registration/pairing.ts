// Pairing: the code behind `#` in the address, or scanned, becomes a token; it works once.
import type { Client } from "./client";
import type { Identity } from "./kept";

/** The code in this page's address and the scans carried over with it, taken out of it: a reload does not try again. */
export function codeInAddress(): { code: string; carried: string } | undefined {
  const found = /^#pair=([\w-]+)(?:\.[\w-]+)?(?:&carry=([\w-]+))?$/.exec(location.hash);
  if (found) history.replaceState(null, "", location.pathname + location.search);
  return found ? { code: found[1]!, carried: found[2] ?? "" } : undefined;
}

/** Exchange a code for what this tablet is from now on; `trouble` is what the server said against it, if it answered. */
export async function pairWith(client: Client, code: string): Promise<{ identity: Identity } | { trouble: string }> {
  const answer = await client.post<{ token: string; station: Omit<Identity, "token"> }>("pair", { code });
  if (answer.kind === "answered") return { identity: { ...answer.body.station, token: answer.body.token } };
  return { trouble: answer.kind === "refused" ? answer.message : "" };
}
