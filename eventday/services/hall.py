"""What the hall's screen shows, scene by scene. Everybody in the room reads it: no phones, no e-mails, and names
only where the organiser lets them be shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from ..models import Assignment, Company, Delegate, Event, ForumTable, Need, Plan, Presence, Project, db
from ..rules.company_names import short_form
from ..rules.day import Line, Slot
from ..rules.errors import NotFound
from ..rules.scenes import scene_at
from .forum.counts import arrivals
from .forum.needs import are_unveiled
from .phones.my_day import programme_of

LATEST = 24
# A new version's changes, and a table's new room, stay marked on the wall this long.
CHANGES_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Arrival:
    """Somebody who came in: the person's name, or "" where names are switched off."""

    name: str
    name_en: str
    company: str
    company_en: str


# A company as the wall calls it: its short name and its English name, which may be "".
Called = tuple[str, str]


@dataclass(frozen=True)
class Seating:
    """A table in a round with the companies that sit there."""

    table: str
    room: str
    room_en: str
    host: str
    host_en: str
    companies: tuple[Called, ...]
    moved: bool  # to this room, a short while ago


@dataclass(frozen=True)
class RoundShown:
    """A round with its tables; `changed` are the companies whose place in it is new since the version before."""

    slot: Slot
    seatings: list[Seating]
    changed: tuple[Called, ...] = ()


@dataclass(frozen=True)
class HostNeeds:
    """A host's needs as (title, English title); how many there are is told before they are unveiled, what, after."""

    host: str
    host_en: str
    count: int
    needs: tuple[tuple[str, str], ...]


def event_of_screen(key: str) -> Event:
    """The event whose screen has this key; raises NotFound."""
    event = db.session.query(Event).filter_by(screen_key=key).one_or_none() if len(key) >= 16 else None
    if event is None:
        raise NotFound("No screen is open at this address. Ask an organiser for the new one.")
    return event


def scene_of(event: Event, now: datetime) -> str:
    """The scene that the screen shows at `now`."""
    return scene_at(now, programme_of(event.id), slots_of(event), event.scene)


def slots_of(event: Event) -> list[Slot]:
    """The event's rounds by time."""
    return [Slot(r.id, r.name, r.name_en, r.start, r.end) for r in event.rounds]


def arrivals_of(event: Event) -> tuple[int, int, list[Arrival]]:
    """How many are here, how many are known, and the latest who came in."""
    people = arrivals(event.id)["people"]
    rows = db.session.execute(
        select(Delegate.name, Delegate.name_en, Company.name, Company.name_en)
        .join(Presence, Presence.delegate_id == Delegate.id)
        .join(Company, Company.id == Delegate.company_id)
        .where(Presence.event_id == event.id, Presence.state == "arrived", Delegate.erased_at.is_(None))
        .order_by(Presence.since.desc(), Delegate.id.desc())
        .limit(LATEST)
    ).all()
    if event.show_names_on_screen:
        latest = [Arrival(*row) for row in rows]
    else:
        latest = [Arrival("", "", *pair) for pair in dict.fromkeys((row[2], row[3]) for row in rows)]
    return people["inside"], sum(people.values()), latest


def rounds_of(event: Event, now: datetime) -> list[RoundShown]:
    """The round that goes on and the next one, by the live plan; empty before publication and after the last."""
    plans = db.session.query(Plan).filter_by(event_id=event.id).filter(Plan.state.in_(("published", "superseded")))
    versions = sorted(plans, key=lambda plan: plan.version or 0)
    live = next((plan for plan in versions if plan.state == "published"), None)
    if live is None:
        return []
    ahead = [slot for slot in slots_of(event) if slot.end > now][:2]
    seats = _seats(live.id)
    before: set[tuple[int, int, int]] | None = None
    if len(versions) > 1 and live.published_at and now - live.published_at < CHANGES_FOR:
        before = set(_seats(versions[-2].id))
    return [_shown(event, slot, seats, before, now) for slot in ahead]


def _shown(
    event: Event,
    slot: Slot,
    seats: dict[tuple[int, int, int], Called],
    before: set[tuple[int, int, int]] | None,
    now: datetime,
) -> RoundShown:
    sitting: dict[int, list[Called]] = defaultdict(list)
    changed: list[Called] = []
    for seat, company in seats.items():
        if seat[2] == slot.round_id:
            sitting[seat[1]].append(company)
            if before is not None and seat not in before:
                changed.append(company)
    tables = db.session.execute(
        select(ForumTable, Company)
        .join(Company, Company.id == ForumTable.host_id)
        .where(ForumTable.event_id == event.id)
        .order_by(ForumTable.id)
    )
    seatings = [
        Seating(
            table=t.label,
            room=t.room,
            room_en=t.room_en,
            host=host.label,
            host_en=host.name_en,
            companies=tuple(sorted(sitting[t.id])),
            moved=t.moved_at is not None and now - t.moved_at < CHANGES_FOR,
        )
        for t, host in tables
        if t.id in sitting
    ]
    return RoundShown(slot, seatings, tuple(sorted(set(changed))))


_WHERE = (Assignment.company_id, Assignment.table_id, Assignment.round_id)


def _seats(plan_id: int) -> dict[tuple[int, int, int], Called]:
    """Company, table and round of each assignment, with what the company is called: short, unless two are alike."""
    rows = db.session.execute(
        select(*_WHERE, Company.short_name, Company.name, Company.name_en)
        .join(Company, Company.id == Assignment.company_id)
        .where(Assignment.plan_id == plan_id)
    ).all()
    short = {row[0]: row[3] or short_form(row[4]) for row in rows}
    alike = Counter(short.values())
    return {(row[0], row[1], row[2]): (short[row[0]] if alike[short[row[0]]] == 1 else row[4], row[5]) for row in rows}


def needs_shown(event: Event, now: datetime) -> list[HostNeeds]:
    """Needs by host; before they are unveiled only how many there are."""
    rows = db.session.query(Need).filter_by(event_id=event.id).order_by(Need.host_id, Need.number, Need.id)
    by_host: dict[int, list[Need]] = defaultdict(list)
    for need in rows:
        by_host[need.host_id].append(need)
    unveiled = are_unveiled(event, now)
    return [
        HostNeeds(
            needs[0].host.label,
            needs[0].host.name_en,
            len(needs),
            tuple((need.title, need.title_en) for need in needs) if unveiled else (),
        )
        for needs in by_host.values()
    ]


def signing_of(event: Event) -> list[Project]:
    """The projects that are signed on stage."""
    return db.session.query(Project).filter_by(event_id=event.id, sign_on_stage=True).order_by(Project.id).all()


def coming_up(event: Event, now: datetime) -> list[Line]:
    """The lines of the programme that have not ended, the running one first."""
    lines = programme_of(event.id)
    following = [*lines, None][1:]
    ends = [line.end or (after.start if after else line.start) for line, after in zip(lines, following, strict=True)]
    return [line for line, end in zip(lines, ends, strict=True) if end > now]
