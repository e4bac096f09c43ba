// What the server tells every few seconds that a person has to know: who has arrived, who was let in twice.
import { say } from "../shared/messages";
import type { Contact } from "./link";
import type { Notices } from "./notices";

const told = new Set<string>();

/** Show what is new; an arrival is told once, a conflict until it is settled. */
export function news(notices: Notices, { alerts, conflicts }: Contact): void {
  for (const { scan, name, title, company, received_by } of alerts) {
    if (told.has(scan)) continue;
    told.add(scan);
    const receiver = received_by ? ` · ${say("alert_receiver", { receiver: received_by })}` : "";
    notices.tell(`alert-${scan}`, "good", say("alert", { name: [name, title].filter(Boolean).join(" "), company }) + receiver);
  }
  notices.only("conflict-", conflicts.map(({ id, delegate, first, second }) => ({
    key: `conflict-${id}`, tone: "warn", text: say("conflict", { name: delegate, first: first.device ?? "", second: second.device ?? "" }),
  })));
}
