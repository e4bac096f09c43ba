"""The API's bodies, as `openapi.json` describes them.

A batch is read leniently on purpose: one scan that cannot be understood is answered `invalid` in its place and never
costs the others theirs. So the schema describes a scan to people and tools, and `rules.scan_reading` reads it.
"""

from __future__ import annotations

from typing import get_args

from apiflask import Schema
from apiflask.fields import AwareDateTime, Boolean, Dict, Integer, List, Nested, Raw, String
from apiflask.validators import Length, OneOf, Range

from ..models import STATION_ROLES
from ..rules.checkin import Outcome

OUTCOMES = get_args(Outcome)
SCAN = {
    "type": ["object", "array", "string", "number", "boolean"],
    "description": "A scan. One that cannot be understood is answered `invalid`, naming the field.",
    "properties": {
        "id": {"description": "made by the station; sending it again records nothing new", "examples": ["0191f2c4-…"]},
        "badge": {"description": "the bare code, or the whole text of the QR", "examples": ["7KQ2M9XWJ4TPA3HD"]},
        "kind": {"description": "in, out, undo or table"},
        "gate": {"description": "a free label", "examples": ["main"]},
        "delegate": {"description": "instead of a badge: the number of somebody found by name"},
        "at": {"description": "ISO 8601 with its zone", "examples": ["2025-06-18T13:42:07.120+08:00"]},
        "undoes": {"description": "kind undo: the id of the scan to take back"},
        "table": {"description": "kind table: the table's id or label; left out: the station's own"},
        "walk_up": {"description": "kind table: seat them on a free seat although they are expected elsewhere later"},
        "told": {"description": "what the station told the person before it could ask"},
    },
}


class ScanBatch(Schema):
    """1 to 500 scans in the order in which they were made."""

    scans = List(
        Raw(allow_none=True, metadata=SCAN), required=True, validate=Length(1, 500), metadata={"maxItems": 500}
    )
    sent_at = AwareDateTime(
        load_default=None,
        allow_none=True,
        metadata={"description": "the station's clock as it sends: a wrong clock is corrected by the difference"},
    )


class Person(Schema):
    """Whom a badge belongs to. No phone, no e-mail."""

    id = Integer()
    name = String()
    name_en = String()
    title = String()
    company = String()
    company_id = Integer()
    kind = String()
    role = String()


class First(Schema):
    """The scan that came first."""

    at = String(allow_none=True)
    gate = String()
    device = String()


class Right(Schema):
    """Where the company is expected."""

    table = String()
    table_id = Integer()
    room = String()
    room_en = String()
    round_id = Integer()
    start = String()


class Result(Schema):
    """The answer to one scan, in its place."""

    id = String(allow_none=True)
    outcome = String(validate=OneOf(OUTCOMES))
    delegate = Nested(Person, allow_none=True)
    first = Nested(First, allow_none=True)
    message = String()
    field = String()
    right = Nested(Right, allow_none=True)
    walk_up = Boolean()
    free_seats = Integer()
    seat = String()
    clock_off_ms = Integer()


class Results(Schema):
    """Answers in the order of the scans."""

    results = List(Nested(Result))
    server_time = String()


class Refusal(Schema):
    """Why a request was not taken."""

    error = String(required=True)
    message = String(required=True)
    field = String()
    detail = Dict()


class PairIn(Schema):
    """The code of a pairing link."""

    code = String(required=True, validate=Length(1, 200))


class StationOut(Schema):
    """What a station is."""

    id = Integer()
    name = String()
    role = String(validate=OneOf(STATION_ROLES))
    gate = String()
    table_id = Integer(allow_none=True)
    locked = Boolean()
    event = String()


class Paired(Schema):
    """The token, told this once."""

    token = String()
    station = Nested(StationOut)
    server_time = String()


class ContactIn(Schema):
    """What a station says of itself."""

    unsent = Integer(validate=Range(0, 10**6))
    version = String(validate=Length(0, 40))
    battery = Integer(validate=Range(0, 100), allow_none=True)
    clock_off_ms = Integer(validate=Range(-(2**31), 2**31 - 1))
    role = String(validate=Length(0, 40), metadata={"description": "what it takes itself for"})
    troubles = List(
        String(validate=Length(0, 40)),
        validate=Length(0, 20),
        metadata={"maxItems": 20, "description": "what keeps it from working: camera, not_kept, differs"},
    )


class HereOut(Schema):
    """A QR code as one path."""

    viewbox = String()
    path = String()


class Contact(Schema):
    """How things stand; `cursor` differs from the station's own when there is something to fetch."""

    station = Nested(StationOut)
    revision = Integer()
    counts = Dict()
    alerts = List(Dict())
    conflicts = List(Dict())
    walk_ins = Integer(metadata={"description": "for a lead: walk-ins who may be registered already"})
    here = Nested(HereOut, allow_none=True, metadata={"description": "for a kiosk: this minute's code for phones"})
    server_time = String()


class RosterQuery(Schema):
    """Where the last answer ended."""

    since = String(load_default=None, metadata={"description": "the cursor of the last answer"})


class Roster(Schema):
    """What changed since the cursor; everything when there was none."""

    cursor = String()
    full = Boolean()
    event = Dict(allow_none=True)
    people = List(Dict())
    server_time = String()
