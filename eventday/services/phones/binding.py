"""Phones bound to badges. A badge hangs on every chest, so its code only reads; what writes comes from a bound phone.

A phone is bound by the last four digits of the delegate's number, or by a code that the desk hands out once. Wrong
digits are counted per person in the database, so that neither many addresses nor many server processes help.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from ...models import BindAttempt, Delegate, DeskCode, PhoneBinding, db
from ...rules.errors import Forbidden, Invalid
from ...rules.phones import last_four
from .. import audit

ATTEMPTS = 5
WITHIN = timedelta(hours=1)
DESK_CODE_LASTS = timedelta(minutes=30)


def bind_phone(delegate_id: int, answer: str, *, now: datetime) -> str:
    """Bind a phone whose owner answers with the last four digits, or with the desk's six; returns its token.

    Raises Invalid (field `digits`) for a wrong answer and Forbidden after too many.
    """
    digits = "".join(each for each in answer if each.isdigit())
    person = db.session.query(Delegate).filter_by(id=delegate_id).with_for_update().one()
    since = now - WITHIN
    wrong = db.session.query(BindAttempt).filter(BindAttempt.delegate_id == delegate_id, BindAttempt.at > since).count()
    if wrong >= ATTEMPTS:
        raise Forbidden("Too many wrong answers. Wait an hour, or ask the desk for a code.")
    how = _how(person, digits, now)
    if how is None:
        db.session.add(BindAttempt(delegate_id=delegate_id, at=now))
        db.session.commit()
        raise Invalid("These digits do not match. The desk can give you a code instead.", field="digits")
    return _bind(person, how, now)


def _how(person: Delegate, digits: str, now: datetime) -> str | None:
    """Which answer `digits` is, if it is right. The desk's code works once."""
    known = last_four(person.phone)
    if len(known) == 4 and hmac.compare_digest(digits, known):
        return "digits"
    code = db.session.query(DeskCode).filter_by(delegate_id=person.id).one_or_none()
    if code and code.expires_at > now and hmac.compare_digest(code.code_digest, _digest(digits)):
        db.session.delete(code)
        return "desk"
    return None


def _bind(person: Delegate, how: str, now: datetime) -> str:
    token = secrets.token_urlsafe(24)
    db.session.add(
        PhoneBinding(
            event_id=person.event_id, delegate_id=person.id, token_digest=_digest(token), how=how, bound_at=now
        )
    )
    audit.record(
        at=now, actor=f"delegate {person.id}", action="phone.bind", event_id=person.event_id, target=f"by {how}"
    )
    db.session.commit()
    return token


def desk_code(person: Delegate, *, now: datetime, actor: str) -> str:
    """Six digits by which `person` binds a phone once, within half an hour; a new code replaces the old."""
    # Two desks that ask at once, or one that taps twice, come one after the other: there is one code for a person.
    db.session.query(Delegate.id).filter_by(id=person.id).with_for_update().one()
    code = f"{secrets.randbelow(10**6):06d}"
    db.session.query(DeskCode).filter_by(delegate_id=person.id).delete()
    db.session.query(BindAttempt).filter_by(delegate_id=person.id).delete()
    db.session.add(DeskCode(delegate_id=person.id, code_digest=_digest(code), expires_at=now + DESK_CODE_LASTS))
    audit.record(
        at=now, actor=actor, action="phone.desk_code", event_id=person.event_id, target=f"delegate {person.id}"
    )
    db.session.commit()
    return code


def bound_delegate(token: str, event_id: int) -> int | None:
    """Whose phone holds `token` at this event, if anybody's."""
    if not token:
        return None
    row = (
        db.session.query(PhoneBinding.delegate_id)
        .join(Delegate, Delegate.id == PhoneBinding.delegate_id)
        .filter(PhoneBinding.token_digest == _digest(token), PhoneBinding.revoked_at.is_(None))
        .filter(PhoneBinding.event_id == event_id, Delegate.erased_at.is_(None))
        .one_or_none()
    )
    return row[0] if row else None


def unbind(token: str, *, now: datetime) -> None:
    """This phone may no longer write."""
    db.session.query(PhoneBinding).filter_by(token_digest=_digest(token)).update({PhoneBinding.revoked_at: now})
    db.session.commit()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
