// What waits on a tablet that cannot send it any more, as a file that an organiser hands in on the stations page.
import type { Aside } from "./aside";
import { asSent } from "./clock";
import type { Queue } from "./queue";

/** Have the browser save everything that waits, and what the server would not take. It stays here: handing it in twice records it once. */
export async function saveUnsent(queue: Queue, aside: Aside): Promise<void> {
  const { all } = await queue.waiting(), refused = await aside.all();
  const clock = queue.clock();
  const scans = [...all, ...refused.map((made) => made.refused)].map((scan) => {
    const sent = asSent(scan, clock);
    // By the server's clock: nobody knows when the file will be handed in.
    return { ...sent, at: new Date(Date.parse(sent.at) - clock.off).toISOString(), station: scan.by };
  });
  const name = `unsent-scans-${new Date().toISOString().slice(0, 16).replace(/[T:]/g, "-")}.json`;
  const file = new Blob([JSON.stringify({ eventday: "unsent scans", scans })], { type: "application/json" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  await aside.saved(refused);
}
