// Whether the browser has thrown away what this tablet kept. A browser short of storage clears a site's database, and
// then nothing in it could tell; a cookie of this page alone outlives that.

const NAME = "station-kept";
const A_WEEK = 7 * 24 * 3600;

/** Note how many scans wait here; undefined when this tablet is no station (any more). */
export function leaveTrace(waiting: number | undefined): void {
  const value = waiting === undefined ? "; Max-Age=0" : `${waiting}; Max-Age=${A_WEEK}`;
  document.cookie = `${NAME}=${value}; Path=/station; SameSite=Strict`;
}

/** How many scans waited when this tablet was last a station, if it was. */
export function trace(): number | undefined {
  const found = new RegExp(`(?:^|; )${NAME}=(\\d+)`).exec(document.cookie);
  return found ? Number(found[1]) : undefined;
}
