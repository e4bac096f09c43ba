"""What one delegate's phone shows: own person, own meetings, the programme. Nothing of anybody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from ...models import Badge, Company, Delegate, Event, ForumTable, Plan, Presence, ProgrammeItem, db
from ...rules.day import Change, Line, Meeting, changes, day_of, moves
from ...rules.errors import NotFound
from .my_meetings import receptions, visits


class UnknownBadge(NotFound):
    """No live badge has this code: never issued, mistyped or replaced; which of them is nobody's business."""

    code = "unknown_badge"


@dataclass(frozen=True)
class Holder:
    """Whose page it is. No phone, no e-mail: whoever is forwarded the link sees this."""

    badge_id: int
    code: str
    delegate_id: int
    company_id: int
    event_id: int
    name: str
    name_en: str
    title: str
    role: str
    remote: bool
    company: str
    company_en: str
    presence: str
    since: datetime | None
    hosts: bool  # whether the company receives at tables of its own
    revision: int
    page_revision: int
    guests: int  # counts up whenever one of those whom this delegate receives comes or goes; 0 without any

    @property
    def stamp(self) -> tuple[object, ...]:
        """Changes whenever anything that this page shows may have changed."""
        return (self.page_revision, self.revision, self.presence, self.since, self.guests)


@dataclass(frozen=True)
class MyDay:
    """A delegate's day by the live plan; `version` and the moments are None before anything was published."""

    holder: Holder
    version: int | None
    first_published_at: datetime | None
    published_at: datetime | None
    by_version: dict[int, list[Meeting]]
    receptions: list[Meeting]
    programme: list[Line]

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Own meetings and own tables, by time."""
        visits = self.by_version.get(self.version, []) if self.version else []
        return sorted([*visits, *self.receptions], key=lambda meeting: (meeting.start, meeting.table))

    @cached_property
    def entries(self) -> list[Meeting | Line]:
        """The whole day in order."""
        return day_of(self.meetings, self.programme)

    def changes_since(self, version: int | None = None, seen_at: datetime | None = None) -> list[Change]:
        """What is different from `version` as it was at `seen_at` (None: from the first that was published)."""
        since = seen_at or self.first_published_at
        if not self.version or not self.by_version or since is None:
            return []
        known = version if version in self.by_version else min(self.by_version)
        was = [each.as_of(since) for each in self.by_version[known]]
        found = changes(was, self.by_version[self.version])
        told = [change.after for change in found]
        walks = () if self.holder.remote else (each for each in self.meetings if each not in told)
        return found + moves(walks, since)


_Guest, _Coming = aliased(Delegate), aliased(Presence)
# Written once: phones ask this by the hundred each second, and to put the statement together costs more than to
# answer it.
_HOLDER = (
    select(
        Badge.id,
        Badge.code,
        Delegate.id,
        Delegate.company_id,
        Delegate.event_id,
        Delegate.name,
        Delegate.name_en,
        Delegate.title,
        Delegate.role,
        Delegate.remote,
        Company.name,
        Company.name_en,
        func.coalesce(Presence.state, "expected"),
        Presence.since,
        select(ForumTable.id)
        .where(ForumTable.event_id == Delegate.event_id, ForumTable.host_id == Delegate.company_id)
        .exists(),
        Delegate.revision,
        Event.page_revision,
        select(func.coalesce(func.max(_Coming.revision), 0))
        .join(_Guest, _Guest.id == _Coming.delegate_id)
        .where(_Guest.receiver_id == Delegate.id)
        .scalar_subquery(),
    )
    .join(Delegate, Delegate.id == Badge.delegate_id)
    .join(Company, Company.id == Delegate.company_id)
    .join(Event, Event.id == Delegate.event_id)
    .outerjoin(Presence, Presence.delegate_id == Delegate.id)
    .where(Badge.code == bindparam("code"), Badge.revoked_at.is_(None), Delegate.erased_at.is_(None))
)


def holder_of(code: str) -> Holder:
    """Whose live badge `code` (as rules.codes.read_code gives it) is; raises UnknownBadge."""
    row = db.session.connection().execute(_HOLDER, {"code": code}).one_or_none()
    if row is None:
        raise UnknownBadge("No badge has this code any more. Scan your newest badge, or ask at the registration desk.")
    return Holder(*tuple(row))


_VERSIONS = (
    select(Plan.id, Plan.version, Plan.published_at, Plan.state)
    .where(Plan.event_id == bindparam("event"), Plan.version.is_not(None))
    .where(Plan.state.in_(("published", "superseded")))
)
_LINE = (
    ProgrammeItem.kind,
    ProgrammeItem.title,
    ProgrammeItem.title_en,
    ProgrammeItem.start,
    ProgrammeItem.end,
    ProgrammeItem.room,
    ProgrammeItem.room_en,
    ProgrammeItem.speaker,
    ProgrammeItem.round_id,
)
_PROGRAMME = (
    select(*_LINE).where(ProgrammeItem.event_id == bindparam("event")).order_by(ProgrammeItem.start, ProgrammeItem.id)
)


def my_day(holder: Holder) -> MyDay:
    """The day of `holder` as of now: a handful of queries, whatever the size of the forum."""
    plans = db.session.execute(_VERSIONS, {"event": holder.event_id}).all()
    live = next((plan for plan in plans if plan.state == "published"), None)
    by_version: dict[int, list[Meeting]] = {plan.version: [] for plan in plans}
    if plans:
        versions = {plan.id: plan.version for plan in plans}
        for plan_id, meeting in visits(holder.company_id, list(versions)):
            by_version[versions[plan_id]].append(meeting)
    return MyDay(
        holder=holder,
        version=live.version if live else None,
        first_published_at=min(plan.published_at for plan in plans) if live else None,
        published_at=live.published_at if live else None,
        by_version=by_version if live else {},
        receptions=receptions(holder.company_id, live.id) if live and holder.hosts else [],
        programme=programme_of(holder.event_id),
    )


def programme_of(event_id: int) -> list[Line]:
    """The event's programme in order."""
    rows = db.session.execute(_PROGRAMME, {"event": event_id})
    return [Line(*row) for row in rows]


def event_of(holder: Holder) -> Event:
    """The event that the badge is for."""
    return db.session.get_one(Event, holder.event_id)
