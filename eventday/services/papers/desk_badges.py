"""The badge that a desk prints here and now.

A print has an id of the station's own: one whose answer was lost is asked for again, and the same badge comes. Without
it every repetition would revoke the badge that the one before had made, which may be on paper by then.
"""

from __future__ import annotations

from datetime import datetime

from ...models import Badge, Event, db
from ...rules.errors import Invalid, Stale
from ..forum.events import hold
from ..people.delegates import find_delegate
from .badging import reissue


def print_at_desk(
    event: Event, delegate_id: int, *, print_id: str | None, code: str, now: datetime, actor: str
) -> Badge:
    """The badge that a desk prints now: a walk-in's own the first time, else a new one with the fresh `code`.

    What may hang on a chest already is revoked, so that nobody has two live ones. The same `print_id` gives the same
    badge again. Raises NotFound, Invalid (the id is somebody else's print), Stale (replaced, or being so, elsewhere).
    """
    person = find_delegate(event, delegate_id).id
    hold(event)  # one print after the other: the same one over two connections finds what the first has made
    badge = _printed(print_id)
    if badge is None:
        try:
            return _print(event, person, print_id=print_id, code=code, now=now, actor=actor)
        except Stale:
            badge = _printed(print_id)  # the same print came over two connections at once
            if badge is None:
                raise
    if badge.delegate_id != person:
        raise Invalid("This id stands for something else. Print with a new one.", field="id")
    if badge.revoked_at is not None:
        raise Stale("Somebody else has just reissued this badge. Print the newest one.")
    return badge


def _printed(print_id: str | None) -> Badge | None:
    return db.session.query(Badge).filter_by(print_id=print_id).first() if print_id else None


def _print(event: Event, person: int, *, print_id: str | None, code: str, now: datetime, actor: str) -> Badge:
    badge = find_delegate(event, person).badge
    if badge is None or badge.printed_at is not None or not badge.delegate.walk_in:
        badge = reissue(event, person, code=code, now=now, actor=actor, print_id=print_id)
    badge.print_id, badge.printed_at = print_id, now
    db.session.commit()
    return badge
