// What the server tells every few seconds that a person has to know: who has arrived, who was let in twice.
import { say } from "../shared/messages";
import type { Client } from "./client";
import type { Contact } from "./link";
import type { Notices } from "./notices";

/** Where it is kept which arrivals somebody has seen: what was seen does not come again when the page is loaded anew. */
const SEEN = "eventday.seen";
const MOST = 100;
/** The same person twice, or somebody else with the badge. */
const VERDICTS = ["same", "other"];

/** Show what is new; an arrival until somebody has seen it, a conflict until it is settled: by a lead also here. */
export function news(notices: Notices, { alerts, conflicts, station }: Contact, client: Client): void {
  const seen = seenSoFar();
  for (const { scan, name, title, company, received_by } of alerts) {
    if (seen.includes(scan)) continue;
    const receiver = received_by ? ` · ${say("alert_receiver", { receiver: received_by })}` : "";
    const text = say("alert", { name: [name, title].filter(Boolean).join(" "), company }) + receiver;
    notices.put(`alert-${scan}`, "good", text, { label: say("seen"), run: () => noteSeen(scan), goes: true });
  }
  const leads = station.role === "lead";
  notices.only("conflict-", conflicts.map(({ id, delegate, first, second }) => {
    const words = { name: delegate, first: first.device ?? "", second: second.device ?? "" };
    const acts = VERDICTS.map((verdict) => ({ label: say(`verdict_${verdict}`), run: () => void settle(notices, client, id, verdict) }));
    const text = say(leads ? "conflict_lead" : "conflict", words);
    return { key: `conflict-${id}`, tone: "warn", text, acts: leads ? acts : [] };
  }));
}

/** Say what it was. Where somebody had said it before, that is told. */
async function settle(notices: Notices, client: Client, id: number, verdict: string): Promise<void> {
  const answer = await client.post<{ verdict: string; message: string }>(`conflicts/${id}/settle`, { verdict });
  if (answer.kind !== "answered") return notices.tell("settled", "bad", answer.kind === "refused" ? answer.message : say("needs_connection"));
  notices.drop(`conflict-${id}`);
  notices.tell("settled", answer.body.verdict === verdict ? "good" : "warn", answer.body.message);
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
