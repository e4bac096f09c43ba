// What this phone kept for times without network goes when its owner is erased.

/** Bound to the page that says so; `data-below` is the address under which nothing may stay. */
export function forget(element: HTMLElement): void {
  void forgetBelow(element.dataset["below"] ?? "");
}

async function forgetBelow(address: string): Promise<void> {
  if (!address || !("caches" in window)) return;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (new URL(request.url).pathname.startsWith(address)) await cache.delete(request);
    }
  }
}
