// What is shown of a scan: words, what may be done about it, and who else of the company is still expected.
import { say } from "../shared/messages";
import type { Act } from "./act";
import type { Offer } from "./delegation";
import { isDesk } from "./desk";
import type { Identity, Made, Person } from "./kept";
import type { Whom } from "./printing";
import { firstAt, type Shown } from "./result";
import { isProvisional } from "./known";
import type { Roster } from "./roster";
import { clock, inPageLanguage } from "./setup";
import type { Told } from "./station";

/** What the screen's buttons do. */
export interface Acting {
  undo(made: Made): void;
  print(whom: Whom): void;
  /** Hand out a code that ties the person's phone to their badge. */
  giveCode(whom: Whom): void;
  seatAnyway(): void;
  checkIn(people: Person[]): void;
}

/** The answer to a scan, as `ResultScreen.show` takes it. */
export function answerTo(told: Told, made: Made | undefined, roster: Roster, role: Identity["role"], acting: Acting): [Shown, Act[], Offer?] {
  const { scan, person } = told;
  const outcome = made?.sent ? made.outcome : told.decision.outcome;
  const title = person && person.role !== "delegate" ? say(`role_${person.role}`) : "";
  const shown: Shown = {
    // What the server would not take is not confirmed, whoever has answered.
    id: scan.id, kind: scan.kind, outcome, sent: outcome === "invalid" ? undefined : made?.sent ?? false, walkUp: told.decision.walk_up ?? false,
    name: person?.name || made?.name || "",
    detail: [person?.company ?? made?.company ?? "", title].filter(Boolean).join(" · "),
    // A kiosk has nobody beside it to search by name.
    more: role === "kiosk" && HELPLESS.includes(outcome) ? say("kiosk_help") : [more(told, made, outcome, roster.setup?.timezone), receiver(told, outcome)].filter(Boolean).join(" · "),
  };
  const acts: Act[] = [];
  if (outcome === "accepted" && made && role !== "kiosk") acts.push({ label: say("undo"), run: () => acting.undo(made) });
  const number = made?.person ?? -1;
  if (scan.walk_in && outcome === "accepted" && !isProvisional(number)) acts.push({ label: say("print_badge"), primary: true, run: () => acting.print({ id: number, name: shown.name }) });
  if (isDesk(role) && person && scan.kind === "in" && HERE.includes(outcome)) acts.push({ label: say("phone_code"), run: () => acting.giveCode(person) });
  if (told.maySit && outcome === "wrong_table") acts.push({ label: say("seat_anyway"), primary: true, run: () => acting.seatAnyway() });
  const offer = role === "kiosk" || outcome !== "accepted" ? undefined : delegation(told, roster, acting);
  return offer ? [shown, acts, offer] : [shown, acts];
}

/** Who stands before the tablet now, badge in hand. */
const HERE: Shown["outcome"][] = ["accepted", "already"];
const HELPLESS: Shown["outcome"][] = ["unknown", "revoked", "wrong_event", "invalid"];

/** The line below the company: when and where it was first, which table is right, what helps. */
function more({ first, right }: Told, made: Made | undefined, outcome: Shown["outcome"], zone: string | undefined): string {
  const said = made?.message ?? "";
  switch (outcome) {
    case "already": return first?.since ? firstAt(first.since, first.gate, first.device, zone) : said;
    case "wrong_table":
      if (right) return say("right_table", { place: [right.table.label, inPageLanguage(right.table.room, right.table.room_en), clock(right.start, zone)].filter(Boolean).join(" · ") });
      return said || say("no_seat");
    case "unknown": return say("unknown_help");
    case "revoked": return say("revoked_help");
    default: return made?.sent && outcome !== "accepted" ? said : "";
  }
}

/** Who was named to receive somebody who has come: told here at once, whether the server hears of it or not. */
function receiver({ person, scan }: Told, outcome: Shown["outcome"]): string {
  const comes = scan.kind === "in" && HERE.includes(outcome);
  return comes && person?.received_by ? say("alert_receiver", { receiver: person.received_by }) : "";
}

/** The colleagues who are still expected, offered to be checked in with whoever came first. */
function delegation({ person, scan }: Told, roster: Roster, acting: Acting): Offer | undefined {
  if (!person || scan.kind !== "in") return undefined;
  const others = roster.delegation(person).filter(({ state, remote }) => state === "expected" && !remote);
  if (!others.length) return undefined;
  return { title: say("delegation", { company: person.company_label }), people: others, take: acting.checkIn };
}
