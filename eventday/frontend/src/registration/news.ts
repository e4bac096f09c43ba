// What the server tells every few seconds that a person has to know: who has arrived, who was let in twice.
import { say } from "../shared/messages";
import type { Contact } from "./link";
import type { Notices } from "./notices";

/** Where it is kept which arrivals somebody has seen: what was seen does not come again when the page is loaded anew. */
const SEEN = "eventday.seen";
const MOST = 100;

/** Show what is new; an arrival until somebody has seen it, a conflict until it is settled. */
export function news(notices: Notices, { alerts, conflicts }: Contact): void {
  const seen = seenSoFar();
  for (const { scan, name, title, company, received_by } of alerts) {
    if (seen.includes(scan)) continue;
    const receiver = received_by ? ` · ${say("alert_receiver", { receiver: received_by })}` : "";
    const text = say("alert", { name: [name, title].filter(Boolean).join(" "), company }) + receiver;
    notices.put(`alert-${scan}`, "good", text, { label: say("seen"), run: () => noteSeen(scan), goes: true });
  }
  notices.only("conflict-", conflicts.map(({ id, delegate, first, second }) => ({
    key: `conflict-${id}`, tone: "warn", text: say("conflict", { name: delegate, first: first.device ?? "", second: second.device ?? "" }),
  })));
}

/** On this page, where the browser keeps nothing. */
let seenHere: string[] = [];

function seenSoFar(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(SEEN) ?? "[]");
    return [...seenHere, ...(Array.isArray(kept) ? kept.map(String) : [])];
  } catch {
    return seenHere;
  }
}

function noteSeen(scan: string): void {
  seenHere = [...new Set([...seenSoFar(), scan])].slice(-MOST);
  try {
    localStorage.setItem(SEEN, JSON.stringify(seenHere));
  } catch {
    // Seen here, until the page is loaded again.
  }
}
