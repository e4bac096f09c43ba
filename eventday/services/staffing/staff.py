"""Staff: added, signed in, shut out. Passwords are kept as argon2id hashes (RFC 9106)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email

from ...models import STAFF_ROLES, Event, Staff, db
from ...rules.errors import Invalid
from .. import audit

_hasher = PasswordHasher()
SHORTEST_PASSWORD = 10


def add_member(
    *,
    email: str,
    role: str,
    password: str,
    now: datetime,
    actor: str,
    name: str = "",
    organisation: str = "",
    events: Sequence[Event] = (),
) -> Staff:
    """A new member of staff: for `events`, or for all where none is named. Raises Invalid naming the field."""
    address = _address(email)
    if role not in STAFF_ROLES:
        raise Invalid("%(role)s is no role of staff.", field="role", role=role)
    if db.session.query(Staff.id).filter_by(email=address).first():
        raise Invalid("%(email)s is a member of staff already.", field="email", email=address)
    member = Staff(
        email=address,
        name=name.strip(),
        organisation=organisation.strip(),
        role=role,
        all_events=not events,
        password_hash=hash_password(password),
        created_at=now,
        events=list(events),
    )
    db.session.add(member)
    db.session.flush()
    audit.record(at=now, actor=actor, action="staff.add", target=f"staff {member.id}", role=role)
    db.session.commit()
    return member


def _address(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid("%(email)s is no e-mail address.", field="email", email=email) from error


def hash_password(password: str) -> str:
    """The argon2id hash of `password`; raises Invalid when it is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("A password takes at least %(least)s characters.", field="password", least=SHORTEST_PASSWORD)
    return _hasher.hash(password)


def authenticate(email: str, password: str, *, now: datetime) -> Staff | None:
    """The member of staff who signs in with this pair, or None. Attempts are counted at the door."""
    member = db.session.query(Staff).filter_by(email=email.strip().lower()).one_or_none()
    try:
        _hasher.verify(member.password_hash if member else _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        member = None
    audit.record(
        at=now, actor=f"staff {member.id}" if member else "unknown", action="sign-in" if member else "sign-in.refused"
    )
    db.session.commit()
    return member if member and member.is_active else None


@cache
def _nobodys_hash() -> str:
    """Checked when the address is unknown, so that the time taken does not tell which addresses are known."""
    return _hasher.hash("nobody's password")


def remember_language(member: Staff, language: str) -> None:
    """The language in which `member` reads pages, for their next device."""
    if member.language != language[:5]:
        member.language = language[:5]
        db.session.commit()
