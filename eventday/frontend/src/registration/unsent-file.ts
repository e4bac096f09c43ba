// What waits on a tablet that cannot send it any more, as a file that an organiser hands in on the stations page.
import { asSent } from "./clock";
import type { Queue } from "./queue";

/** Have the browser save everything that waits. It stays in the queue: handing it in twice records it once. */
export async function saveUnsent(queue: Queue, station: number | undefined): Promise<void> {
  const { all } = await queue.waiting();
  const scans = all.map((scan) => asSent(scan, queue.clock()));
  const told = { eventday: "unsent scans", station, sent_at: new Date().toISOString(), scans };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(told)], { type: "application/json" }));
  link.download = `unsent-scans-${told.sent_at.slice(0, 16).replace(/[T:]/g, "-")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
