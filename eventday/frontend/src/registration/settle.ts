// For a lead: walk-ins who may have been registered all along, each beside whom they may be; one tap says which.
import { say } from "../shared/messages";
import type { Client } from "./client";

interface Somebody {
  id: number;
  name: string;
  title: string;
  company: string;
  last4: string;
  state: string;
  likeness: string | null;
}

interface Waiting {
  id: string;
  person: Somebody;
  matches: Somebody[];
}

const at = <Element extends HTMLElement>(id: string): Element => document.getElementById(id) as Element;

export class Settling {
  readonly #panel = at("settle");
  readonly #list = at("settle-list");
  readonly #open = at<HTMLButtonElement>("settle-open");
  #count = 0;

  /** `trouble` is told why something could not be done. */
  constructor(private readonly client: Client, private readonly trouble: (why: string) => void) {
    this.#open.addEventListener("click", () => void (this.#list.hidden ? this.#show() : this.#close()));
  }

  /** The server has said how many wait; none for whoever is no lead. */
  heard(count: number): void {
    if (count > this.#count && !this.#list.hidden) void this.#show();
    this.#count = count;
    this.#panel.hidden = count === 0 && this.#list.hidden;
    at("settle-words").textContent = say("walk_ins_waiting", { count });
  }

  async #show(): Promise<void> {
    const answer = await this.client.get<{ walk_ins: Waiting[] }>("walk-ins");
    if (answer.kind !== "answered") return this.trouble(answer.kind === "refused" ? answer.message : say("needs_connection"));
    const { walk_ins } = answer.body;
    this.#list.replaceChildren(...walk_ins.map((each) => this.#one(each)));
    this.#list.hidden = !walk_ins.length;
    this.#open.setAttribute("aria-expanded", String(!this.#list.hidden));
    this.heard(walk_ins.length);
  }

  #close(): void {
    this.#list.hidden = true;
    this.#open.setAttribute("aria-expanded", "false");
    this.heard(this.#count);
  }

  #one({ id, person, matches }: Waiting): HTMLElement {
    const item = element("li", "settle");
    item.append(this.#row(id, person, say("walk_in"), say("new_person"), null));
    for (const one of matches) item.append(this.#row(id, one, say(`likeness_${one.likeness}`), say("same_person"), one.id));
    return item;
  }

  #row(walkIn: string, one: Somebody, word: string, verb: string, same: number | null): HTMLElement {
    const row = element("div", `settle__row${same === null ? "" : " settle__match"}`);
    const who = element("div", "settle__who");
    const tags = element("span", "row");
    tags.append(element("span", `tag${same === null ? "" : " tag--warn"}`, word));
    if (one.last4) tags.append(element("span", "small soft", `···${one.last4}`));
    who.append(element("strong", "", one.name), element("span", "", [one.company, one.title].filter(Boolean).join(" · ")), tags);
    const button = element("button", `button${same === null ? "" : " button--primary"}`, verb) as HTMLButtonElement;
    button.type = "button";
    button.setAttribute("aria-label", `${verb} ${one.name}`);
    button.addEventListener("click", () => void this.#settle(button, walkIn, same));
    row.append(who, button);
    return row;
  }

  async #settle(button: HTMLButtonElement, walkIn: string, same_as: number | null): Promise<void> {
    button.disabled = true;
    const answer = await this.client.post(`walk-ins/${walkIn}/settle`, { same_as });
    if (answer.kind !== "answered") this.trouble(answer.kind === "refused" ? answer.message : say("needs_connection"));
    await this.#show();
    button.disabled = false;
  }
}

function element(tag: string, className: string, text = ""): HTMLElement {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}
