// The service worker of the station app: its files are there without a connection. It never touches the API.

const PREFIX = "eventday-station-";
const PATIENCE = 2500;

/** Run in `scope`; the server has told it which files make up this version. */
export function serveStation(scope: ServiceWorkerGlobalScope & { SHELL: string[]; VERSION: string }): void {
  const name = PREFIX + scope.VERSION;
  scope.addEventListener("install", (event) => {
    const fill = caches.open(name).then((cache) => cache.addAll(scope.SHELL.map((url) => new Request(url, { cache: "reload" }))));
    event.waitUntil(fill.then(() => scope.skipWaiting()));
  });
  scope.addEventListener("activate", (event) => {
    const old = caches.keys().then((keys) => Promise.all(keys.filter((key) => key.startsWith(PREFIX) && key !== name).map((key) => caches.delete(key))));
    event.waitUntil(old.then(() => scope.clients.claim()));
  });
  scope.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.pathname.startsWith("/api/")) return;
    if (request.mode === "navigate") event.respondWith(page(name, request));
    else event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
  });
}

/** The page from the network while that is quick, else as it was kept: a slow hall must not hold up a restart. */
async function page(name: string, request: Request): Promise<Response> {
  const cache = await caches.open(name);
  const kept = await cache.match("/station", { ignoreSearch: true, ignoreVary: true });
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), PATIENCE);
  try {
    const fresh = await fetch(request.url, { signal: aborter.signal, credentials: "same-origin" });
    if (fresh.ok && new URL(fresh.url).pathname === "/station") await cache.put("/station", fresh.clone());
    return fresh.ok || !kept ? fresh : kept;
  } catch {
    return kept ?? Response.error();
  } finally {
    clearTimeout(timer);
  }
}
