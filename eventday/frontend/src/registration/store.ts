// What a tablet keeps: the only place that knows the shape of its database.
import { openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore, type IDBPTransaction, type StoreNames } from "idb";
import type { Outcome, State } from "./checkin-rule";
import type { Print } from "./printing";
import type { Setup, Visit } from "./setup";
import type { Watched } from "./steady-clock";

/** Somebody on the roster, as GET /api/v1/roster tells them. */
export interface Person {
  id: number;
  name: string;
  name_en: string;
  pinyin: string;
  company: string;
  company_label: string;
  company_pinyin: string;
  company_id: number;
  kind: string;
  role: string;
  remote: boolean;
  walk_in: boolean;
  gone: boolean;
  badges: string[];
  revoked: string[];
  state: State;
  since: string | null;
  scan: string | null;
  gate: string;
  device: string;
  title?: string;
  last4?: string;
  received_by?: string;
}

/** A scan as it is handed in. */
export interface Scan {
  id: string;
  kind: "in" | "out" | "undo" | "table";
  at: string;
  badge?: string;
  delegate?: number;
  gate?: string;
  undoes?: string;
  table?: number;
  walk_up?: boolean;
  /** What the person at the door was told before the server had answered. */
  told?: Outcome;
  /** Stays here: the event it was made at, by which station, and what its clock was worth then (see clock.ts). */
  of?: string;
  by?: number;
  off?: number;
  heard?: number;
  /** Who comes in unannounced: registered by the server before it takes the scan. */
  walk_in?: WalkIn;
}

/** Somebody registered at the desk. */
export interface WalkIn {
  company: string;
  name: string;
  title: string;
  phone: string;
  wishes: { host: number; interest: number }[];
}

/** Where somebody stood before a scan moved them, so that it can be taken back without a connection. */
export type Standing = Pick<Person, "state" | "since" | "scan" | "gate" | "device">;

/** A scan that this tablet made, as the list of the last ones shows it. Keeps no code. */
export interface Made {
  id: string;
  kind: Scan["kind"];
  at: string;
  person?: number;
  name: string;
  company: string;
  outcome: Outcome;
  sent: boolean;
  undone?: boolean;
  /** What the server said that differs from what the tablet had told, until somebody has seen it. */
  differs?: Outcome;
  message?: string;
  before?: Standing;
  /** A scan or walk-in that the server could not take at all, whole, until a person has saved and seen it. */
  refused?: Scan;
  saved?: boolean;
  /** At a table: whom it counts as having come. */
  visit?: Visit;
}

/** How this tablet is known, and how far it knows the event. */
export interface Identity {
  token: string;
  id: number;
  name: string;
  role: "gate" | "desk" | "lead" | "table" | "kiosk";
  gate: string;
  table_id: number | null;
  locked: boolean;
  event: string;
}

interface Schema extends DBSchema {
  settings: { key: string; value: unknown };
  people: { key: number; value: Person };
  outbox: { key: number; value: Scan };
  made: { key: string; value: Made; indexes: { at: string; differs: string } };
}

export type Store = IDBPDatabase<Schema>;

type Names = StoreNames<Schema>[];

/** One kind of what is kept, inside a transaction that writes. */
export type Place<Name extends StoreNames<Schema>> = IDBPObjectStore<Schema, Names, Name, "readwrite">;

/** Do `work` in one transaction, durably: all of it or nothing. Rejects when it could not be kept. */
export async function inOne<T>(store: Store, names: Names, work: (all: IDBPTransaction<Schema, Names, "readwrite">) => Promise<T>): Promise<T> {
  const all = store.transaction(names, "readwrite", { durability: "strict" });
  try {
    const done = await work(all);
    await all.done;
    return done;
  } catch (error) {
    await all.done.catch(() => undefined);
    throw error;
  }
}

/** Open the tablet's database; makes it at the first time. `taken` is called when the browser closes it on us. */
export function openStore(name = "eventday-station", taken: () => void = () => undefined): Promise<Store> {
  return openDB<Schema>(name, 2, {
    upgrade(db, before, _now, change) {
      if (before < 1) {
        db.createObjectStore("settings");
        db.createObjectStore("people", { keyPath: "id" });
        db.createObjectStore("outbox", { autoIncrement: true });
        db.createObjectStore("made", { keyPath: "id" }).createIndex("at", "at");
      }
      change.objectStore("made").createIndex("differs", "differs");
    },
    terminated: taken,
  });
}

/** Characters that a scan takes up, with how it is shown and whom it moved. */
const A_SCAN = 2000;

export interface Settings {
  identity: Identity;
  cursor: string;
  setup: Setup;
  /** When the server told that, by its clock. */
  setupAt: string;
  watched: Watched;
  /** As much as a scan takes up, to try whether one could be kept. */
  room: string;
  /** Which way people go at the station with this number, where somebody has chosen. */
  way: { station: number; mode: "in" | "out" };
  /** By delegate: badges asked for at this desk that the server has not answered. */
  prints: Record<number, Print>;
  quiet: boolean;
  still: boolean;
}

/** A setting, if it was ever kept. */
export async function setting<Name extends keyof Settings>(store: Store, name: Name): Promise<Settings[Name] | undefined> {
  return (await store.get("settings", name)) as Settings[Name] | undefined;
}

/** Keep a setting. */
export async function keep<Name extends keyof Settings>(store: Store, name: Name, value: Settings[Name]): Promise<void> {
  await store.put("settings", value, name);
}

/** Keep what the clock is worth, and try whether a scan would find room; false when nothing can be kept any more. */
export async function keepWatch(store: Store, watched: Watched): Promise<boolean> {
  try {
    const all = store.transaction("settings", "readwrite");
    await Promise.all([all.store.put(watched, "watched"), all.store.put("-".repeat(A_SCAN), "room"), all.done]);
    return true;
  } catch {
    return false;
  }
}

/** The last scans of this tablet, the newest first. */
export async function lastMade(store: Store, most: number): Promise<Made[]> {
  const found: Made[] = [];
  let cursor = await store.transaction("made").store.index("at").openCursor(null, "prev");
  for (; cursor && found.length < most; cursor = await cursor.continue()) found.push(cursor.value);
  return found;
}

/**
 * Forget everybody and what this tablet is. Unsent scans stay, since only their codes tell who came, and so does what a
 * person must still see. Only takes away, so that it does not fail where the storage is full.
 */
export async function wipe(store: Store): Promise<void> {
  const all = store.transaction(["settings", "people", "made"], "readwrite", { durability: "strict" });
  const settings = all.objectStore("settings");
  // The way that people go stays: it is the station's, and counts only once this tablet is that station again.
  await Promise.all((await settings.getAllKeys()).filter((name) => name !== "way").map((name) => settings.delete(name)));
  await all.objectStore("people").clear();
  for await (const cursor of all.objectStore("made")) if (!cursor.value.differs) await cursor.delete();
  await all.done;
}
