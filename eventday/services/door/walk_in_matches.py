"""Walk-ins and the people they may have been registered as all along: looked up here, settled by a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ...models import Delegate, Event, Presence, WalkIn, db
from ...rules.company_names import core_name
from ...rules.phones import last_four
from ...rules.pinyin_keys import syllables
from ...rules.plain_han import plain_han
from ...rules.same_person import LIKENESSES, Known, Likeness, likeness
from ...rules.tidy_text import fold
from ..people.delegates import people_of

MOST = 5


@dataclass(frozen=True)
class Somebody:
    """A person as the two are shown side by side. `last4`: the end of the telephone number."""

    id: int
    name: str
    name_en: str
    title: str
    company: str
    last4: str
    state: str
    walk_in: bool
    likeness: Likeness | None = None


@dataclass(frozen=True)
class Unsettled:
    """A walk-in at whom nobody has looked, and who they may be, the likeliest first."""

    walk_in: WalkIn
    person: Somebody
    matches: tuple[Somebody, ...]


class People:
    """The people of an event by what a walk-in may have in common with them."""

    def __init__(self, event: Event) -> None:
        self._all = {one.id: one for one in people_of(event).options(joinedload(Delegate.company))}
        self._by: dict[str, list[int]] = defaultdict(list)
        for one in self._all.values():
            for key in _keys(_known(one)):
                self._by[key].append(one.id)

    def like(self, person: Delegate) -> list[tuple[Likeness, Delegate]]:
        """Who may be the same as `person`, the likeliest first; of two walk-ins the earlier is the one to keep."""
        known, found = _known(person), []
        for number in {number for key in _keys(known) for number in self._by[key]}:
            other = self._all[number]
            if other.id == person.id or (other.walk_in and other.id > person.id):
                continue
            if sign := likeness(known, _known(other)):
                found.append((sign, other))
        return sorted(found, key=_likeliest)[:MOST]


def near(person: Delegate) -> list[tuple[Likeness, Delegate]]:
    """As `People.like`, but looking only where a desk can wait for it: same company, same name, same number."""
    same = [Delegate.company_id == person.company_id, Delegate.name == person.name]
    same += [Delegate.phone == person.phone] if person.phone else []
    others = people_of(person.event).filter(or_(*same), Delegate.id != person.id).options(joinedload(Delegate.company))
    known = _known(person)
    found = [(sign, one) for one in others if (sign := likeness(known, _known(one)))]
    return sorted(found, key=_likeliest)[:MOST]


def unsettled(event: Event) -> list[Unsettled]:
    """The walk-ins at whom nobody has looked, those who look like somebody registered first."""
    rows = (
        db.session.query(WalkIn)
        .join(WalkIn.delegate)
        .filter(WalkIn.event_id == event.id, WalkIn.settled_at.is_(None))
        .filter(Delegate.merged_into_id.is_(None), Delegate.erased_at.is_(None))
        .options(joinedload(WalkIn.delegate).joinedload(Delegate.company))
        .order_by(WalkIn.received_at, WalkIn.id)
        .all()
    )
    if not rows:
        return []
    people = People(event)
    pairs = [(row, people.like(row.delegate)) for row in rows]
    states = _states({one.id for row, found in pairs for one in (row.delegate, *(other for _, other in found))})
    looked = [
        Unsettled(row, somebody(row.delegate, states), tuple(somebody(one, states, sign) for sign, one in found))
        for row, found in pairs
    ]
    return sorted(looked, key=lambda each: not each.matches)


def how_many(event_id: int) -> int:
    """How many walk-ins looked like somebody registered when they came and wait for a person's word."""
    rows = db.session.execute(
        select(WalkIn.maybe)
        .join(Delegate, Delegate.id == WalkIn.delegate_id)
        .where(WalkIn.event_id == event_id, WalkIn.settled_at.is_(None))
        .where(Delegate.merged_into_id.is_(None), Delegate.erased_at.is_(None))
    )
    return sum(bool(maybe) for (maybe,) in rows)


def somebody(one: Delegate, states: dict[int, str], sign: Likeness | None = None) -> Somebody:
    """`one` as they are shown."""
    last4 = last_four(one.phone) if one.phone else ""
    state = states.get(one.id, "expected")
    words = (one.name, one.name_en, one.title, one.company.name)
    return Somebody(one.id, *words, last4, state, one.walk_in, sign)


def _states(numbers: Iterable[int]) -> dict[int, str]:
    rows = db.session.execute(select(Presence.delegate_id, Presence.state).where(Presence.delegate_id.in_(numbers)))
    return {row[0]: row[1] for row in rows}


def _known(one: Delegate) -> Known:
    return Known(one.name, one.name_en, one.company.name, one.phone)


def _likeliest(match: tuple[Likeness, Delegate]) -> tuple[int, int]:
    sign, one = match
    return LIKENESSES.index(sign), one.id


def _keys(who: Known) -> set[str]:
    """What two people must have one of in common to be looked at more closely."""
    names = {f"name {plain_han(fold(name))}" for name in (who.name, who.name_en) if fold(name)}
    spoken = f"sound {plain_han(core_name(who.company))} {syllables(who.name)}"
    return names | {spoken} | ({f"phone {who.phone}"} if who.phone else set())
