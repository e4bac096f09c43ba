// What a tablet keeps: the only place that knows the shape of its database.
import { openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore, type IDBPTransaction, type StoreNames } from "idb";
import type { Identity, Made, Person, Print, Scan, Watched } from "./kept";
import type { Setup } from "./setup";

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
