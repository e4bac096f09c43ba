// Calls to the server. A call never throws: it was answered, it was refused, or nobody answered.

export type Answer<Body> =
  | { kind: "answered"; body: Body; took: number }
  | { kind: "refused"; status: number; error: string; message: string }
  | { kind: "silent"; why?: string };

export interface Client {
  post<Body>(path: string, body: unknown, timeout?: number): Promise<Answer<Body>>;
  get<Body>(path: string, timeout?: number): Promise<Answer<Body>>;
}

/** A client that shows `token()` with every call. A call that takes longer than `timeout` counts as not answered. */
export function clientFor(token: () => string | undefined, fetcher: typeof fetch = (...call) => fetch(...call)): Client {
  async function call<Body>(path: string, init: RequestInit, timeout: number): Promise<Answer<Body>> {
    const aborter = new AbortController();
    const timer = setTimeout(() => aborter.abort(), timeout);
    const began = performance.now();
    try {
      const shown = token();
      const headers = { ...(init.headers as object), ...(shown ? { Authorization: `Bearer ${shown}` } : {}) };
      const response = await fetcher(`/api/v1/${path}`, { ...init, headers, signal: aborter.signal, cache: "no-store" });
      const type = response.headers.get("Content-Type") ?? "";
      // A hotel's sign-in page or a proxy's error is nobody answering, whatever its status.
      if (!type.includes("json")) return { kind: "silent" };
      // Meanwhile this tablet has become another station, or none: what the one before was told is not for it.
      if (shown !== token()) return { kind: "silent" };
      const body = (await response.json()) as Body & { error?: string; message?: string };
      if (response.ok) return { kind: "answered", body, took: performance.now() - began };
      // The server, or what stands before it, is in trouble: all stays here and is tried again.
      if (response.status >= 500 || response.status === 429) return { kind: "silent", why: body.error ?? "" };
      // Only our server shuts a station out; whoever else wants a sign-in stands in between.
      if (response.status === 401 && !isOurRefusal(response, body.error)) return { kind: "silent" };
      return { kind: "refused", status: response.status, error: body.error ?? "", message: body.message ?? "" };
    } catch {
      return { kind: "silent" };
    } finally {
      clearTimeout(timer);
    }
  }
  const json = { "Content-Type": "application/json" };
  return {
    post: (path, body, timeout = 8000) => call(path, { method: "POST", headers: json, body: JSON.stringify(body) }, timeout),
    get: (path, timeout = 15000) => call(path, { headers: {} }, timeout),
  };
}

function isOurRefusal(response: Response, error = ""): boolean {
  return ["revoked", "unauthorized"].includes(error) && (response.headers.get("WWW-Authenticate") ?? "").includes('realm="eventday station"');
}
