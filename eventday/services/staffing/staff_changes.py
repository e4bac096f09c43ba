"""Changes to members of staff: their role and events, their password, their access."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from argon2.exceptions import InvalidHashError, VerificationError

from ...models import STAFF_ROLES, Event, Staff, db
from ...rules.errors import Forbidden, Invalid, NotFound
from .. import audit
from .staff import _hasher, hash_password


def members_seen_by(member: Staff) -> list[Staff]:
    """The staff that `member` works with: all, or those who share an event."""
    everybody = db.session.query(Staff).order_by(Staff.disabled_at.is_not(None), Staff.organisation, Staff.email).all()
    return everybody if member.all_events else [each for each in everybody if _shares(member, each)]


def _shares(member: Staff, other: Staff) -> bool:
    return other.all_events or bool({event.id for event in member.events} & {event.id for event in other.events})


def find_member(by: Staff, number: int) -> Staff:
    """The member with that number, if `by` may change them: nobody may change whose events they do not all have."""
    member = db.session.get(Staff, number)
    if member is None or not (by.all_events or _shares(by, member)):
        raise NotFound("There is no such member of staff.")
    if not may_change(by, member):
        raise Forbidden("This member works for events that are not yours. Ask an organiser of all events.")
    return member


def may_change(by: Staff, member: Staff) -> bool:
    """Whether everything that `member` may do, `by` may do too."""
    return by.all_events or (
        not member.all_events and {event.id for event in member.events} <= {event.id for event in by.events}
    )


def check_reach(by: Staff, events: Sequence[Event], all_events: bool) -> None:
    """Nobody gives what they do not have; raises Invalid on the field `events`."""
    if not all_events and not events:
        raise Invalid("Choose the events, or all of them.", field="events")
    if not by.all_events and (all_events or not {event.id for event in events} <= {event.id for event in by.events}):
        raise Invalid("You can give access to your own events only.", field="events")


def edit_member(
    by: Staff,
    member: Staff,
    *,
    name: str,
    organisation: str,
    role: str,
    events: Sequence[Event],
    all_events: bool,
    disabled: bool,
    now: datetime,
    actor: str,
) -> None:
    """Take what was edited. A member who is shut out, or whose rights shrink, is signed out everywhere at once."""
    check_reach(by, events, all_events)
    if role not in STAFF_ROLES:
        raise Invalid("%(role)s is no role of staff.", field="role", role=role)
    if by.id == member.id and (disabled or role != member.role):
        raise Invalid("You cannot shut yourself out. Ask another organiser.", field="disabled" if disabled else "role")
    if _last_of_all(member) and (disabled or role != "organiser" or not all_events):
        raise Invalid("This is the last organiser of all events. Appoint another first.", field="role")
    if role != member.role or disabled != (not member.is_active):
        member.session_epoch += 1
    member.name, member.organisation, member.role = name, organisation, role
    member.all_events, member.events = all_events, [] if all_events else list(events)
    member.disabled_at = (member.disabled_at or now) if disabled else None
    audit.record(at=now, actor=actor, action="staff.edit", target=f"staff {member.id}", role=role, disabled=disabled)
    db.session.commit()


def _last_of_all(member: Staff) -> bool:
    if not (member.all_events and member.role == "organiser" and member.is_active):
        return False
    others = db.session.query(Staff.id).filter(
        Staff.id != member.id, Staff.all_events.is_(True), Staff.role == "organiser", Staff.disabled_at.is_(None)
    )
    return others.first() is None


def reset_password(member: Staff, password: str, *, now: datetime, actor: str) -> None:
    """Give `member` a new password; every session of theirs ends. Raises Invalid when it is too short."""
    member.password_hash = hash_password(password)
    member.session_epoch += 1
    audit.record(at=now, actor=actor, action="staff.password", target=f"staff {member.id}")
    db.session.commit()


def change_own_password(member: Staff, old: str, new: str, *, now: datetime, actor: str) -> None:
    """The same by oneself, who knows the old one. Raises Invalid naming the field."""
    try:
        _hasher.verify(member.password_hash, old)
    except (VerificationError, InvalidHashError):
        raise Invalid("This is not your password.", field="old") from None
    reset_password(member, new, now=now, actor=actor)
