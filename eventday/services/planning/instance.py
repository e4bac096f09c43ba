"""An event as the optimiser's question: `eventday.instance/1`."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import joinedload, selectinload

from ...models import Apart, Event, ForumTable, HostLimit, Lock, PairRule, Participation, Wish, db
from ...rules.errors import Invalid
from .ids import company_id, host_id, round_id, table_id

SCHEMA = "eventday.instance/1"


def event_instance(event: Event) -> dict[str, Any]:
    """What the plan of `event` is made from, as its rows stand now. Raises Invalid when there is nothing to plan.

    Companies take part when they wish to meet a host, are promised or locked to one; who has withdrawn does not.
    Others (media, officials) have no share in fairness, or they would count as companies that go home with nothing.
    """
    tables = _tables(event)
    if not tables:
        raise Invalid("There is no table yet. Add the hosts' tables first.", field="tables")
    if not event.rounds:
        raise Invalid("There is no round yet. Add the rounds first.", field="rounds")
    seeking = _seeking(event, {table.host_id for table in tables})
    wishes = [wish for wish in _wishes(event) if wish.company_id in seeking]
    pairs = [pair for pair in _rows(PairRule, event) if pair.company_id in seeking]
    hosts = dict.fromkeys([table.host_id for table in tables])
    hosts.update(dict.fromkeys([*(wish.host_id for wish in wishes), *(pair.host_id for pair in pairs)]))
    limits = {limit.host_id: limit.max_meetings for limit in _rows(HostLimit, event)}
    return {
        "schema": SCHEMA,
        "name": event.slug,
        "rounds": [
            {
                "id": round_id(each.id),
                "start": each.start.astimezone(event.zone).isoformat(),
                "end": each.end.astimezone(event.zone).isoformat(),
            }
            for each in event.rounds
        ],
        "tables": [_table(each, event) for each in tables],
        "hosts": [{"id": host_id(each)} | ({"max_meetings": limits[each]} if each in limits else {}) for each in hosts],
        "companies": [_company(each, event) for each in seeking.values()],
        "wishes": [
            {"company": company_id(wish.company_id), "host": host_id(wish.host_id), "interest": wish.interest}
            | ({"host_interest": wish.host_interest} if wish.host_interest else {})
            for wish in wishes
        ],
        "must": [_pair(pair) for pair in pairs if pair.rule == "must"],
        "never": [_pair(pair) for pair in pairs if pair.rule == "never"],
        "apart": [
            [company_id(each.first_id), company_id(each.second_id)]
            for each in _rows(Apart, event)
            if each.first_id in seeking and each.second_id in seeking
        ],
        "locks": [
            {
                "company": company_id(lock.company_id),
                "table": table_id(lock.table_id),
                "round": round_id(lock.round_id),
            }
            for lock in _rows(Lock, event)
            if lock.company_id in seeking
        ],
        "allow_unwished": event.allow_unwished,
    }


def _rows(model: Any, event: Event) -> list[Any]:
    return db.session.query(model).filter_by(event_id=event.id).order_by(model.id).all()


def _wishes(event: Event) -> list[Any]:
    """The bare columns: there are hundreds, and the board asks with every chip that is lifted."""
    query = db.session.query(Wish.company_id, Wish.host_id, Wish.interest, Wish.host_interest)
    return query.filter(Wish.event_id == event.id).order_by(Wish.id).all()


def _tables(event: Event) -> list[ForumTable]:
    query = db.session.query(ForumTable).filter_by(event_id=event.id).order_by(ForumTable.id)
    return query.options(selectinload(ForumTable.closed_rounds)).all()


def _seeking(event: Event, hosts: set[int]) -> dict[int, Participation]:
    """The companies that the plan serves, by number."""
    named = {number for (number,) in db.session.query(Wish.company_id).filter_by(event_id=event.id)}
    named |= {number for (number,) in db.session.query(Lock.company_id).filter_by(event_id=event.id)}
    promised = db.session.query(PairRule.company_id).filter_by(event_id=event.id, rule="must")
    named |= {number for (number,) in promised}
    query = db.session.query(Participation).filter_by(event_id=event.id).order_by(Participation.id)
    return {
        each.company_id: each
        for each in query.options(joinedload(Participation.company), selectinload(Participation.absent_rounds))
        if each.withdrawn_at is None
        and each.company_id not in hosts
        and (each.company_id in named or (event.allow_unwished and each.company.kind == "sme"))
    }


def _table(table: ForumTable, event: Event) -> dict[str, Any]:
    closed = {each.id for each in table.closed_rounds}
    document = {
        "id": table_id(table.id),
        "host": host_id(table.host_id),
        "capacity": table.capacity,
        "rounds": [round_id(each.id) for each in event.rounds if each.id not in closed],
    }
    return document | ({"min": table.minimum} if table.minimum else {})


def _company(part: Participation, event: Event) -> dict[str, Any]:
    absent = {each.id for each in part.absent_rounds}
    document: dict[str, Any] = {
        "id": company_id(part.company_id),
        "rounds": [
            round_id(each.id)
            for each in event.rounds
            if each.id not in absent and not (part.late_until and part.late_until > each.start)
        ],
        "seats": part.seats,
        "delegations": part.delegations,
    }
    if part.min_meetings:
        document["min_meetings"] = part.min_meetings
    if part.max_meetings is not None:
        document["max_meetings"] = part.max_meetings
    return document


def _pair(pair: PairRule) -> dict[str, str]:
    return {"company": company_id(pair.company_id), "host": host_id(pair.host_id)}
