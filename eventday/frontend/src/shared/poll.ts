// Asking a versioned resource whether it changed. A 304 costs almost nothing, which is why everything live polls.

export interface Poll {
  url: string;
  etag: string | null;
}

export type Answer = "same" | "changed" | "lost" | "gone";

/** Ask once: `gone` means that what was polled is no longer ours to read. Never throws. */
export async function ask(poll: Poll): Promise<Answer> {
  try {
    const headers: Record<string, string> = poll.etag ? { "If-None-Match": poll.etag } : {};
    const response = await fetch(poll.url, { headers, cache: "no-store" });
    if (response.status === 304) return "same";
    if (response.status === 404 || response.status === 403) return "gone";
    if (!response.ok) return "lost";
    poll.etag = response.headers.get("ETag");
    return "changed";
  } catch {
    return "lost";
  }
}
