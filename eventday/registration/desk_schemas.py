"""The bodies of the desk's part of the API: walk-ins, badges and codes for phones."""

from __future__ import annotations

from apiflask import Schema
from apiflask.fields import UUID, AwareDateTime, Boolean, Integer, List, Nested, String
from apiflask.validators import Length, OneOf, Range, Regexp

from ..rules.same_person import LIKENESSES
from ..services.door.conflicts import VERDICTS

# Begins with something that can be seen: neither blank nor a control character.
SAYS_SOMETHING = Regexp(r"^[^\s\x00-\x1f\x7f]")


class WishIn(Schema):
    """A company's interest in a host."""

    host = Integer(required=True, validate=Range(1, 2**31 - 1))
    interest = Integer(required=True, validate=Range(1, 5))


class WalkInIn(Schema):
    """Somebody who came unannounced, as the desk was told."""

    id = UUID(required=True, metadata={"description": "made by the station; sending it again registers nobody new"})
    company = String(
        required=True,
        validate=[Length(1, 200), SAYS_SOMETHING],
        metadata={"description": "by a name or an alias, or new"},
    )
    name = String(required=True, validate=[Length(1, 80), SAYS_SOMETHING])
    title = String(load_default="", validate=Length(0, 80))
    phone = String(load_default="", validate=Length(0, 40))
    wishes = List(Nested(WishIn), load_default=list, validate=Length(0, 200))
    gate = String(load_default="", validate=Length(0, 80))
    at = AwareDateTime(required=True, metadata={"description": "ISO 8601 with its zone"})
    sent_at = AwareDateTime(load_default=None, allow_none=True)


class Namesake(Schema):
    """Somebody of the same company who goes by the same name."""

    id = Integer()
    name = String()
    title = String()
    walk_in = Boolean()


class WalkedIn(Schema):
    """A walk-in as it was taken. `id` undoes the check-in, as the id of a scan does."""

    id = String()
    delegate_id = Integer()
    code = String()
    maybe = List(Nested(Namesake))
    left_out = List(Integer(), metadata={"description": "hosts wished for that take no part"})
    server_time = String()


class SomebodyOut(Schema):
    """A person as two are compared side by side."""

    id = Integer()
    name = String()
    name_en = String()
    title = String()
    company = String()
    last4 = String()
    state = String()
    walk_in = Boolean()
    likeness = String(allow_none=True, validate=OneOf(LIKENESSES))


class WalkInToSettle(Schema):
    """A walk-in, and who they may be."""

    id = String()
    at = String()
    person = Nested(SomebodyOut)
    matches = List(Nested(SomebodyOut))


class WalkInsToSettle(Schema):
    """Walk-ins who wait for a person's word."""

    walk_ins = List(Nested(WalkInToSettle))


class SettleIn(Schema):
    """Who the walk-in is."""

    same_as = Integer(
        required=True,
        allow_none=True,
        validate=Range(1, 2**31 - 1),
        metadata={"description": "the delegate they are; null: they are nobody registered"},
    )


class Settled(Schema):
    """The person that the walk-in is from now on."""

    delegate_id = Integer()


class VerdictIn(Schema):
    """What it was that a badge was let in twice."""

    verdict = String(
        required=True,
        validate=OneOf(VERDICTS),
        metadata={"description": "same: the same person, scanned twice; other: somebody else had the badge"},
    )


class Verdict(Schema):
    """What was said of it first."""

    verdict = String(validate=OneOf(VERDICTS))
    message = String(metadata={"description": "where somebody else had said it before: who, when and what"})


class OfDelegate(Schema):
    """For whom something is made: a badge, a code."""

    delegate = Integer(required=True, validate=Range(1, 2**31 - 1))


class PrintIn(OfDelegate):
    """Whose badge is printed."""

    id = UUID(
        load_default=None,
        allow_none=True,
        metadata={"description": "made by the station; sending it again gives the same badge, and none is revoked"},
    )


class BadgeOut(Schema):
    """What goes on the paper: 90 × 54 mm."""

    name = String()
    name_en = String()
    title = String()
    company = String()
    company_en = String()
    event = String()
    code = String()
    qr_viewbox = String()
    qr_path = String()


class PhoneCodeOut(Schema):
    """What is read to the person: `code` ties one phone to their badge, once, within `minutes`."""

    name = String()
    company = String()
    code = String(metadata={"description": "six digits"})
    minutes = Integer()
