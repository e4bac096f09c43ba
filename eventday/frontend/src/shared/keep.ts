/** Ask the service worker to keep this page and its files: the page was there before its worker was. */
export function keepForOffline(): void {
  const files = [...document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>('link[rel="stylesheet"], script[src], link[rel="icon"]')];
  const urls = files.map((file) => ("href" in file ? file.href : file.src));
  void navigator.serviceWorker?.ready.then((registration) => registration.active?.postMessage({ keep: [location.pathname, ...urls] }));
}
