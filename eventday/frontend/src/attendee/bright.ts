// The QR code that fills the screen is held out to a desk's camera: meanwhile the phone must not dim or lock.
// Where the browser knows no wake lock (WeChat's older ones), the code is as large and the phone does as it always does.

/** Bound to the section that `#qr` in the address opens; it is left by its own link or by the phone's way back. */
export function bright(section: HTMLElement): void {
  let lock: WakeLockSentinel | null = null;
  let asking = false;
  const wanted = (): boolean => location.hash === `#${section.id}` && document.visibilityState === "visible";

  async function follow(): Promise<void> {
    if (!wanted()) return void lock?.release();
    if (lock || asking || !("wakeLock" in navigator)) return;
    asking = true;
    try {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => (lock = null)); // the browser takes it back itself from a hidden page
      if (!wanted()) void lock.release(); // closed while the browser thought about it
    } catch {
      // Refused, as on a nearly empty battery.
    } finally {
      asking = false;
    }
  }

  addEventListener("hashchange", () => void follow());
  document.addEventListener("visibilitychange", () => void follow());
  void follow();
}
