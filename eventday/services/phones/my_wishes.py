"""A company's wishes as its delegates see and change them on the phone, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ...models import Assignment, Company, Event, ForumTable, Need, Plan, Wish, db
from ...rules.errors import Forbidden, NotFound
from ...rules.unmet import why
from ..forum.events import settle
from ..forum.needs import are_unveiled
from ..people.wishes import WishData, set_wishes


@dataclass(frozen=True)
class HostWish:
    """A host with its needs (`needs` is empty before they are unveiled; `count` tells how many), and the wish for it.

    After publication `met` says whether there is a meeting, `reason` (an untranslated sentence) why not.
    """

    host: Company
    count: int
    needs: tuple[Need, ...]
    interest: int
    about: frozenset[int]
    met: bool | None
    reason: str
    standby: bool


def are_open(event: Event, now: datetime) -> bool:
    """Whether attendees may change wishes: until the hour that the organiser set, and never under a published plan."""
    if event.wishes_close_at is not None and now >= event.wishes_close_at:
        return False
    return _live(event) is None


def wish_list(event: Event, company_id: int, now: datetime) -> list[HostWish]:
    """Every host of the event with this company's wish for it."""
    needs: dict[int, list[Need]] = defaultdict(list)
    for need in db.session.query(Need).filter_by(event_id=event.id).order_by(Need.number, Need.id):
        needs[need.host_id].append(need)
    tables = db.session.query(ForumTable.host_id).filter_by(event_id=event.id)
    hosts = {row[0] for row in tables} | set(needs)
    wishes = {w.host_id: w for w in db.session.query(Wish).filter_by(event_id=event.id, company_id=company_id)}
    met, reasons = _fate(event, company_id)
    unveiled = are_unveiled(event, now)
    found = []
    for host in db.session.query(Company).filter(Company.id.in_(hosts - {company_id})).order_by(Company.id):
        wish = wishes.get(host.id)
        missed = met is not None and wish is not None and host.id not in met
        found.append(
            HostWish(
                host=host,
                count=len(needs[host.id]),
                needs=tuple(needs[host.id]) if unveiled else (),
                interest=wish.interest if wish else 0,
                about=frozenset(need.id for need in wish.needs) if wish else frozenset(),
                met=None if met is None else host.id in met,
                reason=why(reasons.get(host.id, "open")) if missed else "",
                standby=bool(wish and wish.standby_at),
            )
        )
    return found


def _live(event: Event) -> Plan | None:
    return db.session.query(Plan).filter_by(event_id=event.id, state="published").one_or_none()


def _fate(event: Event, company_id: int) -> tuple[set[int] | None, dict[int, str]]:
    """The hosts that the live plan lets the company meet (None: nothing is published), and why not the others."""
    plan = _live(event)
    if plan is None:
        return None, {}
    rows = (
        db.session.query(ForumTable.host_id)
        .join(Assignment, Assignment.table_id == ForumTable.id)
        .filter(Assignment.plan_id == plan.id, Assignment.company_id == company_id)
    )
    unmet = plan.solution.get("unmet", ())
    mine = [each for each in unmet if each["company"] == f"c{company_id}" and each["host"][1:].isdigit()]
    return {row[0] for row in rows}, {int(each["host"][1:]): each["reason"] for each in mine}


def save_wishes(
    event: Event,
    company_id: int,
    wanted: Mapping[int, tuple[int, tuple[int, ...]]],
    *,
    now: datetime,
    delegate_id: int,
) -> int:
    """Set the wishes for the hosts in `wanted`: (interest 0-5, ids of needs); returns how many changed.

    Raises Forbidden once wishes are closed and Invalid for numbers that cannot be.
    """
    if not are_open(event, now):
        raise Forbidden("Wishes are closed. Ask the organisers at the desk.")
    company = db.session.get_one(Company, company_id)
    old = {w.host_id: w for w in db.session.query(Wish).filter_by(event_id=event.id, company_id=company_id)}
    # What the host thinks of the company is the host's own, and is kept.
    data = {
        host: WishData(
            interest, old[host].host_interest if host in old else None, needs, old[host].note if host in old else ""
        )
        if interest
        else None
        for host, (interest, needs) in wanted.items()
    }
    return set_wishes(event, company, data, now=now, actor=f"delegate {delegate_id}")


def ask_standby(event: Event, company_id: int, host_id: int, waiting: bool, *, now: datetime, delegate_id: int) -> None:
    """Wait, or no longer wait, for a seat at the host. Raises NotFound where there is no wish for it."""
    wish = db.session.query(Wish).filter_by(event_id=event.id, company_id=company_id, host_id=host_id).one_or_none()
    if wish is None:
        raise NotFound("There is no wish for this host.")
    wish.standby_at = now if waiting else None
    settle(event, "standby.ask", f"host {host_id}", now=now, actor=f"delegate {delegate_id}")
