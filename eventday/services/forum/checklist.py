"""The facts of an event that its checklist is made from: counts only, in a handful of queries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, exists, func, select

from ...models import (
    WORKING,
    Badge,
    Company,
    Conflict,
    Delegate,
    Event,
    ForumTable,
    Job,
    Need,
    PairRule,
    Participation,
    Plan,
    Presence,
    ProgrammeItem,
    Round,
    Station,
    Wish,
    db,
)
from ...rules.checklist import Facts


def facts_of(event: Event, *, now: datetime) -> Facts:
    """What the checklist has to know, as it stands."""
    today = now.astimezone(event.zone).date()
    phase = "before" if today < event.date else "during" if today == event.date else "after"
    return Facts(
        phase=phase,
        venue=bool(event.venue),
        organisers=bool(event.organisers),
        retention=event.retention_until is not None,
        **_people(event),
        **_tables(event),
        **_matching(event),
        **_paper(event),
        **_door_and_plan(event),
    )


def _row(query) -> dict[str, int]:
    """One row of counts, by name; sums over nothing are 0."""
    return {name: value or 0 for name, value in db.session.execute(query).mappings().one().items()}


def _sum_if(condition):
    return func.sum(case((condition, 1), else_=0))


def _people(event: Event) -> dict[str, int]:
    there = (Delegate.event_id == event.id, Delegate.erased_at.is_(None), Delegate.merged_into_id.is_(None))
    has_people = exists().where(Delegate.company_id == Participation.company_id, *there)
    parts = (
        select(
            func.count().label("companies"),
            _sum_if(Company.kind == "soe").label("hosts"),
            _sum_if(~has_people).label("companies_without_delegates"),
        )
        .select_from(Participation)
        .join(Company, Company.id == Participation.company_id)
        .where(Participation.event_id == event.id, Participation.withdrawn_at.is_(None))
    )
    people = select(
        func.count().label("delegates"),
        _sum_if(Delegate.remote.is_(True)).label("remote"),
        _sum_if(Presence.state == "arrived").label("arrived"),
    )
    people = people.select_from(Delegate).outerjoin(Presence, Presence.delegate_id == Delegate.id).where(*there)
    return _row(parts) | _row(people)


def _tables(event: Event) -> dict[str, int]:
    tables = select(
        func.count().label("tables"),
        func.sum(ForumTable.capacity).label("seats"),
        _sum_if((ForumTable.room == "") & (ForumTable.video_url == "")).label("tables_without_room"),
        _sum_if((ForumTable.video != "") & (ForumTable.video_url == "")).label("links_missing"),
    ).where(ForumTable.event_id == event.id)
    shown = select(ProgrammeItem.round_id).where(
        ProgrammeItem.event_id == event.id, ProgrammeItem.round_id.is_not(None)
    )
    rounds = select(func.count().label("rounds"), _sum_if(Round.id.not_in(shown)).label("rounds_not_in_programme"))
    return _row(tables) | _row(rounds.where(Round.event_id == event.id))


def _matching(event: Event) -> dict[str, int]:
    def here(kind):
        return kind.event_id == event.id

    has_table = exists().where(ForumTable.host_id == Participation.company_id, here(ForumTable))
    has_need = exists().where(Need.host_id == Participation.company_id, here(Need))
    has_wish = exists().where(Wish.company_id == Participation.company_id, here(Wish))
    parts = (
        select(
            _sum_if((Company.kind == "soe") & ~has_table).label("hosts_without_table"),
            _sum_if(has_table & ~has_need).label("hosts_without_needs"),
            _sum_if((Company.kind == "sme") & ~has_table & ~has_wish).label("companies_without_wishes"),
            _sum_if(has_wish).label("wishing"),
        )
        .select_from(Participation)
        .join(Company, Company.id == Participation.company_id)
        .where(here(Participation), Participation.withdrawn_at.is_(None))
    )
    counts = select(
        select(func.count()).select_from(Need).where(here(Need)).scalar_subquery().label("needs"),
        select(func.count()).select_from(Wish).where(here(Wish)).scalar_subquery().label("wishes"),
        select(func.count())
        .select_from(PairRule)
        .where(here(PairRule), PairRule.rule == "must")
        .scalar_subquery()
        .label("promises"),
    )
    return _row(parts) | _row(counts)


def _paper(event: Event) -> dict[str, int]:
    badges = select(
        func.count().label("badges"), _sum_if(Badge.printed_at.is_(None)).label("badges_not_printed")
    ).where(Badge.event_id == event.id, Badge.revoked_at.is_(None))
    programme = select(func.count().label("programme")).where(ProgrammeItem.event_id == event.id)
    return _row(badges) | _row(programme)


def _door_and_plan(event: Event) -> dict[str, int]:
    stations = select(
        _sum_if(Station.paired_at.is_not(None)).label("stations"),
        _sum_if(Station.paired_at.is_(None)).label("stations_unpaired"),
    ).where(Station.event_id == event.id, Station.revoked_at.is_(None))
    plans = select(
        _sum_if(Plan.state == "draft").label("drafts"),
        func.max(case((Plan.state == "published", Plan.version), else_=0)).label("version"),
    ).where(Plan.event_id == event.id)
    jobs = select(func.count().label("solving")).where(
        Job.event_id == event.id, Job.kind == "solve", Job.state.in_(WORKING)
    )
    conflicts = select(func.count().label("conflicts")).where(
        Conflict.event_id == event.id, Conflict.settled_at.is_(None)
    )
    return _row(stations) | _row(plans) | _row(jobs) | _row(conflicts)
