"""Wishes as organisers see and correct them: a company's at a time, or all as a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import joinedload, selectinload

from ...models import Company, Event, Need, Participation, Wish, db
from ...rules.errors import Invalid
from .. import audit
from ..forum.events import touch


@dataclass(frozen=True)
class WishData:
    """A company's wish for a host: 1-5; what the host thinks of the company, 1-5 or None; the needs it is about."""

    interest: int
    host_interest: int | None
    need_ids: tuple[int, ...]
    note: str


def wishes_of(event: Event, *, company_ids: Sequence[int] | None = None, host_id: int | None = None) -> list[Wish]:
    """The event's wishes, strongest first: of these companies, or for that host."""
    query = db.session.query(Wish).filter_by(event_id=event.id)
    if company_ids is not None:
        query = query.filter(Wish.company_id.in_(company_ids))
    if host_id is not None:
        query = query.filter(Wish.host_id == host_id)
    query = query.options(joinedload(Wish.company), joinedload(Wish.host), selectinload(Wish.needs))
    return query.order_by(Wish.interest.desc(), Wish.id).all()


def totals_by_host(event: Event) -> dict[int, int]:
    """How many companies wish for each host."""
    query = db.session.query(Wish.host_id, func.count()).filter_by(event_id=event.id).group_by(Wish.host_id)
    return {row[0]: row[1] for row in query}


def set_wishes(
    event: Event, company: Company, wanted: Mapping[int, WishData | None], *, now: datetime, actor: str
) -> int:
    """The company's wishes for the hosts in `wanted` become these (None: no wish); returns how many changed.

    Raises Invalid; its field names the host: `interest-<host>`.
    """
    known = {wish.host_id: wish for wish in wishes_of(event, company_ids=[company.id])}
    taking_part = {row[0] for row in db.session.query(Participation.company_id).filter_by(event_id=event.id)}
    changed = 0
    for host_id, data in wanted.items():
        wish = known.get(host_id)
        if data is None:
            if wish is not None:
                wish.needs = []
                db.session.delete(wish)
                changed += 1
            continue
        _check(company, host_id, data, taking_part)
        if wish is None:
            wish = Wish(event_id=event.id, company_id=company.id, host_id=host_id, interest=data.interest)
            db.session.add(wish)
        changed += _write(event, wish, data)
    db.session.flush()
    if changed:
        touch(event.id)
        audit.record(
            at=now,
            actor=actor,
            action="wish.edit",
            event_id=event.id,
            target=f"company {company.id}",
            wishes=changed,
        )
    db.session.commit()
    return changed


def _check(company: Company, host_id: int, data: WishData, taking_part: set[int]) -> None:
    field = f"interest-{host_id}"
    if host_id == company.id or host_id not in taking_part:
        raise Invalid("Choose a host of this event.", field=field)
    for value in (data.interest, data.host_interest):
        if value is not None and not 1 <= value <= 5:
            raise Invalid("Interest is a number from 1 to 5.", field=field)


def _write(event: Event, wish: Wish, data: WishData) -> bool:
    needs = db.session.query(Need).filter(
        Need.event_id == event.id, Need.host_id == wish.host_id, Need.id.in_(data.need_ids)
    )
    before = (wish.interest, wish.host_interest, wish.note or "", {need.id for need in wish.needs}) if wish.id else None
    wish.interest, wish.host_interest, wish.note = data.interest, data.host_interest, data.note
    wish.needs = needs.all()
    after = (wish.interest, wish.host_interest, wish.note, {need.id for need in wish.needs})
    if before == after:
        return False
    wish.declared_by_id = None  # an organiser said so: no registration row takes it back
    return True
