// What is always in sight: the connection, what waits, who is here, the last scans, and what a person has to see.
import { say } from "../shared/messages";
import type { Aside, SetAside } from "./aside";
import { isExpired, keepsHours, mayHaveMoved } from "./expiry";
import type { Identity, Made, WalkIn } from "./kept";
import { at } from "./page";
import { showCounts, showMade } from "./lists";
import type { Notice, Notices } from "./notices";
import type { Queue } from "./queue";
import type { Roster } from "./roster";
import { clock, inPageLanguage } from "./setup";
import { lastMade, type Store } from "./store";

const SHOWN = 30;

/** How the station stands, as the app tells it. */
export interface State {
  identity: Identity | undefined;
  online: boolean;
  /** For how long (ms) the server has not been heard; undefined for never. */
  silent: number | undefined;
}

export class StatePanel {
  constructor(
    private readonly store: Store,
    private readonly roster: Roster,
    private readonly queue: Queue,
    private readonly aside: Aside,
    private readonly notices: Notices,
    private readonly undo: (made: Made) => void,
    private readonly saveFile: () => void,
  ) {}

  showLink(online: boolean, paired: boolean): void {
    at("link-state").className = `station__link ${online ? "is-online" : "is-offline"}`;
    at("link-words").textContent = paired ? say(online ? "online" : "offline") : "";
  }

  async show(state: State): Promise<void> {
    const { setup } = this.roster;
    at("event-name").textContent = setup ? inPageLanguage(setup.name, setup.name_en) : "";
    await this.#showQueue(state);
    this.#showSilence(state);
    showCounts(at("counts"), this.roster);
    const waiting = await this.queue.ids();
    const made = (await lastMade(this.store, SHOWN)).map((each) => ({ ...each, sent: !waiting.has(each.id) && !each.refused }));
    showMade(at("made"), made, setup?.timezone, this.undo);
    const differing = await this.store.getAllFromIndex("made", "differs");
    this.notices.only("differs-", differing.filter(({ refused }) => !refused).map((each) => this.#difference(each, state)));
    this.notices.only("aside-", (await this.aside.all()).map((each) => this.#setAside(each, state)));
  }

  async #showQueue({ identity }: State): Promise<void> {
    const { count, since, elsewhere } = await this.queue.waiting();
    const place = at("queue-state");
    const time = clock(since, this.roster.setup?.timezone);
    place.textContent = count ? say("waiting", { count, time }) : identity ? say("all_sent") : "";
    place.classList.toggle("is-waiting", count > 0);
    const save = { label: say("save_file"), run: this.saveFile };
    this.notices.set("kept", !identity && count > 0, "warn", say("kept", { count }), save);
    this.notices.set("elsewhere", Boolean(identity) && elsewhere.length > 0, "warn", say("elsewhere", { count: elsewhere.length, event: elsewhere[0]?.of ?? "" }), save);
  }

  #showSilence({ identity, online, silent }: State): void {
    const expired = identity !== undefined && isExpired(identity.role, silent);
    this.notices.set("expired", expired, "bad", expired ? say("expired", { hours: keepsHours(identity.role) }) : "");
    this.notices.set("not_loaded", identity !== undefined && !identity.locked && !expired && !this.roster.isLoaded, "warn", say("not_loaded"));
    const moved = identity !== undefined && !online && mayHaveMoved(silent);
    this.notices.set("moved", moved, "warn", moved ? say("moved", { address: location.origin, minutes: Math.floor(silent / 60_000) }) : "");
  }

  #difference(made: Made, state: State): Notice {
    const text = say("differs", { name: made.name || clock(made.at, this.roster.setup?.timezone), outcome: say(made.differs!) });
    return { key: `differs-${made.id}`, tone: "bad", text: made.message ? `${text} · ${made.message}` : text, acts: [{ label: say("seen"), run: () => void this.#seen(made, state), goes: true }] };
  }

  /** Of what the server would not take all is shown, since it is nowhere else; on a tablet that is no station only that it is there. */
  #setAside(made: SetAside, state: State): Notice {
    const what = [...(state.identity ? this.#typed(made.refused.walk_in) : []), clock(made.at, this.roster.setup?.timezone), made.message].filter(Boolean).join(" · ");
    const text = say(made.saved ? "set_aside_saved" : "set_aside", { what });
    const seen = { label: say("seen"), run: () => void this.#seen(made, state), goes: true };
    return { key: `aside-${made.id}`, tone: "bad", text, acts: [made.saved ? seen : { label: say("save_file"), run: this.saveFile }] };
  }

  #typed(walkIn: WalkIn | undefined): string[] {
    if (!walkIn) return [];
    const { name, company, title, phone, wishes } = walkIn;
    const hosts = new Map((this.roster.setup?.tables ?? []).map(({ host, host_name }) => [host, host_name]));
    return [name, company, title, phone, ...wishes.map(({ host, interest }) => say("interest", { name: hosts.get(host) ?? host, value: interest }))];
  }

  async #seen(made: Made, state: State): Promise<void> {
    const { differs: _seen, refused: _whole, saved: _saved, ...rest } = made;
    await this.store.put("made", rest);
    await this.show(state);
  }
}
