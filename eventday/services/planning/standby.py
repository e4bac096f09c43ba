"""Standby: a seat that is free in the next round is offered to companies that wait for the host, in order of claim.

Claim: who asked to wait comes before who merely wished; then fewest meetings first, the dearest wish, the longest wait,
who registered first. An offer lapses when its round is close; accepting it publishes the next version with that one
meeting added.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ...models import Event, SeatOffer, Wish, db
from ...rules.board import Board, Seat
from ...rules.errors import NotFound, Stale
from .. import audit
from ..forum import events
from .answers import judged
from .disruptions import look
from .drafts import add_draft, find_plan, live_plan, objective_of
from .ids import company_id, host_id, number, round_id, seat, table_id
from .publishing import publish
from .situation import Situation

# The last moment at which a company can still walk to the table.
CLOSES_BEFORE = timedelta(minutes=2)


def queue_for(day: Situation) -> list[Seat]:
    """The seats that could be offered now, each to the company with the best claim; no seat and no company twice."""
    if day.plan is None or day.upcoming is None:
        return []
    board = Board(day.document, [each for each in day.seats if each.company in _known(day)])
    worth = {(w["company"], w["host"]): w["interest"] for w in day.document["wishes"]}
    counts = {company: len(board.of[company]) for company in _known(day)}
    here = {company_id(each) for each, state in day.arrivals.items() if state == "arrived"}
    upcoming, found = round_id(day.upcoming.id), []
    waits = waiting_since(day.event)

    def claim(pair: tuple[str, str]) -> tuple[bool, int, int, float, int]:
        since = waits.get(pair)
        waited = since.timestamp() if since else 0.0
        return since is None, counts.get(pair[0], 0), -worth[pair], waited, number(pair[0])

    claims = sorted(worth, key=claim)
    served: set[str] = set()
    for company, host in claims:
        if company not in here or company in served:
            continue
        for (table, round_), verdict in board.verdicts(company).items():
            if round_ == upcoming and verdict.reason is None and board.law.tables[table]["host"] == host:
                found.append(Seat(company, table, round_))
                board.seats.add(found[-1])
                board.at[table, round_].add(company)  # the seat is spoken for
                served.add(company)
                break
    return found


def waiting_since(event: Event) -> dict[tuple[str, str], datetime]:
    """Who asked on their page to wait for which host (company, host), and since when."""
    rows = db.session.query(Wish.company_id, Wish.host_id, Wish.standby_at).filter(
        Wish.event_id == event.id, Wish.standby_at.is_not(None)
    )
    return {(company_id(company), host_id(host)): since for company, host, since in rows if since}


def _known(day: Situation) -> set[str]:
    return {each["id"] for each in day.document["companies"]}


def offer_seats(event: Event, *, now: datetime, actor: str) -> int:
    """Offer free seats of the next round; returns how many. A company with an open offer gets no second one."""
    day = look(event, now=now)
    lapse(event, now=now)
    open_offers = {row.company_id for row in db.session.query(SeatOffer).filter_by(event_id=event.id, state="offered")}
    made = 0
    for free in queue_for(day):
        if number(free.company) in open_offers or day.upcoming is None or day.plan is None:
            continue
        db.session.add(
            SeatOffer(
                event_id=event.id,
                plan_id=day.plan.id,
                company_id=number(free.company),
                table_id=number(free.table),
                round_id=number(free.round),
                offered_at=now,
                expires_at=day.upcoming.start - CLOSES_BEFORE,
            )
        )
        made += 1
    if made:
        audit.record(at=now, actor=actor, action="standby.offer", event_id=event.id, offers=made)
        events.touch(event.id)
    db.session.commit()
    return made


def lapse(event: Event, *, now: datetime) -> None:
    """Offers that nobody answered in time are over (not committed)."""
    query = db.session.query(SeatOffer).filter_by(event_id=event.id, state="offered")
    query.filter(SeatOffer.expires_at <= now).update({SeatOffer.state: "lapsed"})
    db.session.flush()


def answer(
    event: Event, offer_id: int, accepted: bool, *, now: datetime, actor: str, company_id: int | None = None
) -> None:
    """A company (or a planner for it) takes the seat, or lets it go. `company_id`: who answers for itself.

    Raises NotFound where nothing is offered to that company, Stale when the seat is not free any more.
    """
    offer = db.session.query(SeatOffer).filter_by(event_id=event.id, id=offer_id).one_or_none()
    if offer is None or company_id not in (None, offer.company_id):
        raise NotFound("There is no such offer.")
    if offer.state != "offered" or offer.expires_at <= now:
        raise Stale("This offer is over.")
    offer.answered_at = now
    offer.state = "accepted" if accepted else "declined"
    if accepted:
        _seat_it(event, offer, now=now, actor=actor)
    else:
        events.touch(event.id)
        db.session.commit()


def _seat_it(event: Event, offer: SeatOffer, *, now: datetime, actor: str) -> None:
    live = live_plan(event.id)
    if live is None:
        raise Stale("This offer is over.")
    day = look(event, now=now)
    wanted = seat(offer.company_id, offer.table_id, offer.round_id)
    board = Board(day.document, [each for each in day.seats if each.company in _known(day)])
    verdict = board.verdicts(wanted.company).get((table_id(offer.table_id), wanted.round))
    if verdict is None or verdict.reason:
        raise Stale("The seat is not free any more.")
    # Those who have not come keep what the live version promised them: only a planner takes a seat away.
    asked = find_plan(event, live.id).instance
    fuller = _with_what_came_since(asked, day.document, wanted.company)
    stated = live.solution if fuller == asked else None
    document = {key: value for key, value in (fuller | {"now": day.document.get("now")}).items() if value is not None}
    seats = [*sorted(board.seats), wanted]
    solution = judged(document, seats, objective_of(event), stated)
    draft = add_draft(event.id, document, solution, now=now, actor=actor, based_on_id=live.id)
    publish(event, draft, revision=None, now=now, actor=actor, document=document)


_TOLD_APART_BY = {"companies": ("id",), "wishes": ("company", "host"), "hosts": ("id",)}


def _with_what_came_since(asked: dict[str, Any], now: dict[str, Any], company: str) -> dict[str, Any]:
    """The question that was `asked`, with what it could not know: a walk-in and its wishes, chairs put to a table."""
    own = {
        "companies": [each for each in now["companies"] if each["id"] == company],
        "wishes": [each for each in now["wishes"] if each["company"] == company],
        "hosts": now["hosts"],
    }
    fuller = {}
    for part, keys in _TOLD_APART_BY.items():
        known = {tuple(each[key] for key in keys) for each in asked[part]}
        fuller[part] = asked[part] + [each for each in own[part] if tuple(each[key] for key in keys) not in known]
    chairs = {each["id"]: each["capacity"] for each in now["tables"]}
    tables = [each | {"capacity": max(each["capacity"], chairs.get(each["id"], 0))} for each in asked["tables"]]
    return asked | fuller | {"tables": tables}
