// The offline copy of pages that only read. Network first; the copy when there is none. What the page polls is
// never answered from the copy: the page itself says since when it has heard nothing.

const PAGES = "eventday-pages-1";
const ASSETS = "eventday-assets-1";
const PATIENCE = 4000;

/** Run as a service worker in `scope`. */
export function serveOffline(scope: ServiceWorkerGlobalScope): void {
  scope.addEventListener("install", () => void scope.skipWaiting());
  scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
  scope.addEventListener("message", (event) => {
    // The page was open before there was a worker: it names itself and its files, to be kept now.
    const { keep } = event.data as { keep?: string[] };
    if (keep) event.waitUntil(Promise.all(keep.map((url) => store(new Request(url)).catch(() => undefined))));
  });
  scope.addEventListener("fetch", (event) => {
    const request = event.request;
    if (request.method !== "GET") return;
    if (isAsset(request.url)) event.respondWith(fromCopyFirst(request));
    else if (request.mode === "navigate" || request.headers.get("Accept") === "text/html") {
      event.respondWith(fromNetworkFirst(request));
    }
  });
}

function isAsset(url: string): boolean {
  return new URL(url).pathname.startsWith("/static/");
}

async function store(request: Request): Promise<Response> {
  const response = await fetch(request);
  const cache = await caches.open(isAsset(request.url) ? ASSETS : PAGES);
  if (response.ok && !response.redirected && !(response.headers.get("Cache-Control") ?? "").includes("no-store")) await cache.put(request.url, response.clone());
  // A badge that was replaced, or a phone that may no longer read this: nothing of it stays here.
  else if (response.status === 404 || response.status === 403) await cache.delete(request, { ignoreSearch: true, ignoreVary: true });
  return response;
}

async function fromCopyFirst(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? store(request);
}

async function fromNetworkFirst(request: Request): Promise<Response> {
  const network = store(request);
  const copy = await caches.match(request, { ignoreVary: true, ignoreSearch: true });
  if (!copy) return network;
  // A hall's Wi-Fi that swallows packets is worse than none: after four seconds the copy is shown.
  const slow = new Promise<Response>((resolve) => setTimeout(() => resolve(copy), PATIENCE));
  return Promise.race([network.catch(() => copy), slow]);
}
