// The event as a station knows it: rounds, tables, and who sits where in the published plan.
import type { Meeting, Slot } from "./checkin-rule";

export interface TableSetup {
  id: number;
  label: string;
  room: string;
  room_en: string;
  host: number;
  host_name: string;
  capacity: number;
}

export interface Setup {
  slug: string;
  name: string;
  name_en: string;
  timezone: string;
  rounds: Slot[];
  tables: TableSetup[];
  meetings: [company: number, table: number, round: number][];
  seats: Record<string, number>;
  walk_in_companies: number[];
  /** Who came to this station's own table so far; told to table stations alone. */
  visits?: Visit[];
  /** Who came to any table, with the scan that says so; told to leads alone, who may take it back. */
  held?: [scan: string, delegate: number, table: number, round: number | null, at: string][];
}

/** Somebody came to a table; with `walk_up` on a seat that the plan left free. */
export type Visit = [delegate: number, table: number, round: number | null, company: number, walk_up: boolean];

/** The meetings of one company. */
export function meetingsOf(setup: Setup, company: number): Meeting[] {
  return setup.meetings.filter(([who]) => who === company).map(([, table, round]) => [table, round]);
}

/** Seats at a table in a round that neither the plan nor `guests`, the companies that walked up, hold. */
export function freeSeats(setup: Setup, table: TableSetup, round: number | undefined, guests: Set<number>): number {
  const planned = setup.meetings.filter(([, where, when]) => where === table.id && when === round);
  const here = new Set([...planned.map(([company]) => company), ...guests]);
  return table.capacity - [...here].reduce((sum, company) => sum + (setup.seats[company] ?? 1), 0);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The time of day at the event, such as `14:30`. */
export function clock(moment: string | number | null | undefined, timezone = "Asia/Shanghai"): string {
  if (moment === null || moment === undefined) return "";
  let shown = clocks.get(timezone);
  if (!shown) {
    // Made once: making one is slow, and every row of a list tells a time.
    shown = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: timezone });
    clocks.set(timezone, shown);
  }
  return shown.format(new Date(moment));
}

/** Of a text that people typed in two languages, the page's; Chinese where there is no English. */
export function inPageLanguage(text: string, english: string): string {
  return (document.documentElement.lang === "en" && english) || text;
}
