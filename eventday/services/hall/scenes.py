"""What the hall's screen shows, scene by scene (`rounds` has one of its own)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ...models import Company, Delegate, Event, Need, Presence, Project, db
from ...rules.day import Line
from ...rules.errors import NotFound
from ...rules.scenes import scene_at
from ..forum.counts import arrivals
from ..forum.needs import are_unveiled
from ..phones.my_day import programme_of
from .rounds import slots_of

LATEST = 24


@dataclass(frozen=True)
class Arrival:
    """Somebody who came in: the person's name, or "" where names are switched off."""

    name: str
    name_en: str
    company: str
    company_en: str


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
