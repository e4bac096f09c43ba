"""What organisers decide about pairs: promises (must), bans (never), and companies kept apart."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import joinedload

from ...models import Apart, Event, PairRule, Participation, db
from ...rules.errors import Invalid, NotFound
from .events import settle

RULES = ("must", "never")


def rules_of(event: Event) -> list[PairRule]:
    """The promises and bans, promises first."""
    query = db.session.query(PairRule).filter_by(event_id=event.id)
    query = query.options(joinedload(PairRule.company), joinedload(PairRule.host))
    return query.order_by(PairRule.rule, PairRule.host_id, PairRule.id).all()


def apart_of(event: Event) -> list[Apart]:
    """The pairs that never share a table."""
    query = db.session.query(Apart).filter_by(event_id=event.id)
    return query.options(joinedload(Apart.first), joinedload(Apart.second)).order_by(Apart.id).all()


def add_rule(
    event: Event, *, company_id: int, host_id: int, rule: str, note: str, now: datetime, actor: str
) -> PairRule:
    """Promise or ban a pair; a pair has one rule, so a new one takes the place of the old. Raises Invalid."""
    if rule not in RULES:
        raise Invalid("Choose must or never.", field="rule")
    if company_id == host_id:
        raise Invalid("Choose two different companies.", field="host_id")
    _take_part(event, company_id=company_id, host_id=host_id)
    row = db.session.query(PairRule).filter_by(event_id=event.id, company_id=company_id, host_id=host_id).one_or_none()
    if row is None:
        row = PairRule(event_id=event.id, company_id=company_id, host_id=host_id)
        db.session.add(row)
    row.rule, row.note = rule, note
    db.session.flush()
    settle(event, f"{rule}.add", f"companies {company_id} and {host_id}", now=now, actor=actor)
    return row


def add_apart(event: Event, *, first_id: int, second_id: int, now: datetime, actor: str) -> Apart:
    """Keep two companies from sharing a table. Raises Invalid."""
    if first_id == second_id:
        raise Invalid("Choose two different companies.", field="second_id")
    _take_part(event, first_id=first_id, second_id=second_id)
    low, high = sorted((first_id, second_id))
    row = db.session.query(Apart).filter_by(event_id=event.id, first_id=low, second_id=high).one_or_none()
    if row is not None:
        raise Invalid("The two are kept apart already.", field="second_id")
    row = Apart(event_id=event.id, first_id=low, second_id=high)
    db.session.add(row)
    db.session.flush()
    settle(event, "apart.add", f"companies {low} and {high}", now=now, actor=actor)
    return row


def _take_part(event: Event, **companies: int) -> None:
    present = {
        row[0]
        for row in db.session.query(Participation.company_id).filter(
            Participation.event_id == event.id, Participation.company_id.in_(companies.values())
        )
    }
    for field, number in companies.items():
        if number not in present:
            raise Invalid("Choose a company that takes part.", field=field)


def remove_rule(event: Event, number: int, *, now: datetime, actor: str) -> None:
    """Drop a promise or ban; raises NotFound."""
    row = db.session.query(PairRule).filter_by(event_id=event.id, id=number).one_or_none()
    if row is None:
        raise NotFound("This rule is gone already.")
    db.session.delete(row)
    settle(event, f"{row.rule}.delete", f"companies {row.company_id} and {row.host_id}", now=now, actor=actor)


def remove_apart(event: Event, number: int, *, now: datetime, actor: str) -> None:
    """Let the two share a table again; raises NotFound."""
    row = db.session.query(Apart).filter_by(event_id=event.id, id=number).one_or_none()
    if row is None:
        raise NotFound("This rule is gone already.")
    db.session.delete(row)
    settle(event, "apart.delete", f"companies {row.first_id} and {row.second_id}", now=now, actor=actor)
