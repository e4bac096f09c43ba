"""What check-in and the desk know that the published plan does not: the disruptions, and the question they pose.

It notices, and never acts: proposals are made from this (`repairs`), and a planner accepts one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func

from ...models import Assignment, Event, ForumTable, Participation, Plan, Round, db
from .drafts import live_plan
from .ids import company_id, round_id, seats_of, table_id
from .instance import event_instance
from .situation import Disruption, Situation, arrivals
from .today import as_of, next_round, running_round


def look(event: Event, *, now: datetime) -> Situation:
    """The day of `event` at `now`; before anything is published there is nothing that could be touched."""
    plan = live_plan(event.id)
    if plan is None:
        return Situation(event, None, now, None, None, {})
    seats = seats_of(plan)
    document = as_of(event, event_instance(event), seats, now=now)
    upcoming = next_round(event, now) or _first(event, now)
    day = Situation(event, plan, now, running_round(event, now), upcoming, document, seats)
    day.arrivals = arrivals(event.id)
    if day.upcoming:
        _notice(day)
    return day


def _first(event: Event, now: datetime) -> Round | None:
    """Before the day begins the first round is the next one."""
    return event.rounds[0] if event.rounds and event.rounds[0].start > now else None


def _notice(day: Situation) -> None:
    """Find the disruptions and take out of the question what they make impossible."""
    ahead = [each for each in day.event.rounds if each.start > day.now]
    ids = {each.id: round_id(each.id) for each in ahead}
    close = day.upcoming is not None and day.now >= day.upcoming.start - timedelta(minutes=day.event.noshow_minutes)
    # Where nobody has been scanned, check-in is not in use yet, and silence says nothing about anybody.
    imminent = ids[day.upcoming.id] if close and day.upcoming and "arrived" in day.arrivals.values() else None
    planned: dict[str, set[str]] = {}
    for seat in day.seats:
        planned.setdefault(seat.company, set()).add(seat.round)
    parts = db.session.query(Participation).filter_by(event_id=day.event.id).order_by(Participation.company_id).all()
    hosts = _tables_by_host(day.event)
    for part in parts:
        missing = _missing(day, part, ahead, imminent)
        if part.company_id in hosts:
            _host_trouble(day, part, hosts[part.company_id], missing)
        else:
            _company_trouble(day, part, missing, planned.get(company_id(part.company_id), set()))
    _table_trouble(day, [table for tables in hosts.values() for table in tables], imminent, set(ids.values()))
    _those_who_wait(day, parts, planned)


def _tables_by_host(event: Event) -> dict[int, list[ForumTable]]:
    found: dict[int, list[ForumTable]] = {}
    for table in db.session.query(ForumTable).filter_by(event_id=event.id).order_by(ForumTable.id):
        found.setdefault(table.host_id, []).append(table)
    return found


def _missing(day: Situation, part: Participation, ahead: list[Round], imminent: str | None) -> tuple[str, list[str]]:
    """What is known of somebody who will not be there, and in which of the rounds ahead."""
    state = day.arrivals.get(part.company_id)
    every = [round_id(each.id) for each in ahead]
    if part.withdrawn_at is not None:
        return "withdrawn", every
    if state == "left":
        return "left", every
    late = [round_id(each.id) for each in ahead if part.late_until and each.start < part.late_until]
    if late and state != "arrived":
        return "late", late
    if state == "expected" and imminent:
        return "not_here", [imminent]
    return "", []


def _company_trouble(day: Situation, part: Participation, missing: tuple[str, list[str]], planned: set[str]) -> None:
    kind, rounds = missing
    who = company_id(part.company_id)
    if kind:
        _shorten(day.document["companies"], who, rounds)
    elif part.late_until and day.arrivals.get(part.company_id) == "arrived":
        # Here before its time: the rounds that the desk had ruled out are open to it again.
        _lengthen(day, part, who)
    if hit := sorted(planned.intersection(rounds)):
        day.disruptions.append(Disruption(kind, company=who, rounds=tuple(hit), until=part.late_until))


def _host_trouble(
    day: Situation, part: Participation, tables: list[ForumTable], missing: tuple[str, list[str]]
) -> None:
    kind, rounds = missing
    if not kind:
        return
    word = {"not_here": "host_not_here", "late": "host_late"}.get(kind, "host_gone")
    for table in tables:
        _shorten(day.document["tables"], table_id(table.id), rounds)
        hit = {seat.round for seat in day.seats if seat.table == table_id(table.id)}.intersection(rounds)
        if hit:
            day.disruptions.append(
                Disruption(word, company_id(part.company_id), table_id(table.id), tuple(sorted(hit)), part.late_until)
            )


def _table_trouble(day: Situation, tables: list[ForumTable], imminent: str | None, ahead: set[str]) -> None:
    """Tables that were closed since, and video links that are down shortly before they are needed."""
    for table in tables:
        mine = {seat.round for seat in day.seats if seat.table == table_id(table.id)} & ahead
        closed = {round_id(each.id) for each in table.closed_rounds} & mine
        if closed:
            day.disruptions.append(Disruption("closed", table=table_id(table.id), rounds=tuple(sorted(closed))))
        if table.video_state == "down" and imminent:
            _shorten(day.document["tables"], table_id(table.id), [imminent])
            if imminent in mine - closed:
                day.disruptions.append(Disruption("link_down", table=table_id(table.id), rounds=(imminent,)))


def _shorten(entries: list[dict[str, Any]], identifier: str, rounds: list[str]) -> None:
    for index, entry in enumerate(entries):
        if entry["id"] == identifier:
            entries[index] = entry | {"rounds": [each for each in entry["rounds"] if each not in rounds]}


def _lengthen(day: Situation, part: Participation, who: str) -> None:
    absent = {each.id for each in part.absent_rounds}
    rounds = [round_id(each.id) for each in day.event.rounds if each.id not in absent]
    day.document["companies"] = [
        entry | {"rounds": rounds} if entry["id"] == who else entry for entry in day.document["companies"]
    ]


def _those_who_wait(day: Situation, parts: list[Participation], planned: dict[str, set[str]]) -> None:
    """Walk-ins without a seat, and companies that came after all and had more meetings in an earlier version."""
    wishing = {wish["company"] for wish in day.document["wishes"]}
    once = _most_meetings(day)
    for part in parts:
        who = company_id(part.company_id)
        if day.arrivals.get(part.company_id) != "arrived" or part.withdrawn_at is not None or who not in wishing:
            continue
        now_has = sum(seat.company == who for seat in day.seats)
        if part.walk_in and not now_has:
            day.disruptions.append(Disruption("walk_in", company=who))
        elif now_has < once.get(who, 0):
            day.disruptions.append(Disruption("returned", company=who))


def _most_meetings(day: Situation) -> dict[str, int]:
    """The most meetings that any version of today gave each company."""
    meetings = db.session.query(Assignment.company_id, func.count(Assignment.id))
    versions = meetings.join(Plan, Plan.id == Assignment.plan_id).filter(Plan.event_id == day.event.id)
    counted = versions.filter(Plan.state == "superseded").group_by(Assignment.plan_id, Assignment.company_id)
    most: dict[str, int] = {}
    for company, count in counted:
        most[company_id(company)] = max(most.get(company_id(company), 0), count)
    return most
