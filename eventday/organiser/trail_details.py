"""What an entry of the audit trail tells beyond its target, in words: fields that changed, counts, a new state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .import_words import NOUNS
from .words import STAFF_ROLES, STAGES

# Columns by the labels of their fields; one table for all nouns, since a column nearly always means the same.
FIELDS = {
    "name": _l("Its name"),
    "name_en": _l("Name in English"),
    "short_name": _l("Short name"),
    "kind": _l("Kind"),
    "credit_code": _l("Credit code"),
    "district": _l("District"),
    "website": _l("Website"),
    "capabilities": _l("Capabilities"),
    "aliases": _l("Other names"),
    "min_meetings": _l("Meetings at least"),
    "max_meetings": _l("Meetings at most"),
    "seats": _l("Seats at a table"),
    "delegations": _l("Delegations"),
    "late_until": _l("Comes late, at"),
    "note": _l("Note"),
    "absent_rounds": _l("Not there in"),
    "withdrawn": _l("Will not come"),
    "company_id": _l("Company"),
    "title": _l("Title"),
    "title_en": _l("Title in English"),
    "role": _l("Role"),
    "remote": _l("Takes part by video link"),
    "expected_at": _l("Expected at"),
    "receiver_id": _l("Received by"),
    "phone": _l("Telephone"),
    "email": _l("E-mail"),
    "host_id": _l("Host"),
    "supplier_id": _l("Supplier"),
    "number": _l("Number"),
    "description": _l("Description"),
    "description_en": _l("Description in English"),
    "keywords": _l("Keywords"),
    "department": _l("Department"),
    "label": _l("Table"),
    "group_name": _l("Breakout session"),
    "room": _l("Room"),
    "room_en": _l("Room in English"),
    "capacity": _l("Seats for companies in a round"),
    "minimum": _l("Companies at least in a round"),
    "host_limit": _l("Companies at most over the day"),
    "video": _l("Video link"),
    "video_url": _l("Address of the video link"),
    "video_state": _l("State of the link"),
    "closed_rounds": _l("Not open in"),
    "start": _l("Begins"),
    "end": _l("Ends"),
    "speaker": _l("Speaker"),
    "round_id": _l("Stands for the round"),
    "date": _l("Date"),
    "timezone": _l("Time zone"),
    "venue": _l("Venue"),
    "venue_en": _l("Venue in English"),
    "organisers": _l("Organisers and co-organisers"),
    "series": _l("Series"),
    "wishes_close_at": _l("Wishes close"),
    "needs_unveil_at": _l("Needs are unveiled"),
    "retention_until": _l("Personal data is erased on"),
    "show_names_on_screen": _l("The hall screen shows names of those who arrive"),
    "origin": _l("From session"),
    "stage": _l("Stage"),
    "updated_on": _l("As of"),
    "sign_on_stage": _l("Signed on stage at this event"),
}
# What people have differs from what things have.
OF_PEOPLE = {"name": _l("Name"), "title": _l("Position")}
COUNTS = {
    **NOUNS,
    "aliases": _l("Other names"),
    "badges": _l("Badges"),
    "meetings": _l("Meetings"),
    "offers": _l("Offers of a seat"),
    "count": _l("Count"),
    "merged": _l("Merged in"),
    "verdict": _l("Verdict"),
    "disabled": _l("Shut out"),
}
HAPPENED = {"added": _l("%(count)s new"), "changed": _l("%(count)s changed"), "removed": _l("%(count)s removed")}
VALUES = {**STAFF_ROLES, **STAGES, "same": _l("the same person"), "other": _l("somebody else")}
# Rows that come with others and tell nobody anything.
UNTOLD = {"presences", "participations"}


def detail_words(action: str, detail: dict[str, Any]) -> str:
    """What an entry holds beyond its target; what is nothing is left out."""
    fields = FIELDS | OF_PEOPLE if action.startswith(("delegate.", "staff.", "walk-in.")) else FIELDS
    told = (_detail(name, value, fields) for name, value in detail.items() if name not in UNTOLD and value)
    return _("; ").join(text for text in told if text)


def _detail(name: str, value: Any, fields: Mapping[str, object]) -> str:
    if name == "fields":
        return _list(fields.get(each, each) for each in value)
    word = str(COUNTS.get(name) or fields.get(name, name))
    if value is True:
        return word
    if isinstance(value, dict):
        told = _list(
            HAPPENED.get(each, each + " %(count)s") % {"count": count} for each, count in value.items() if count
        )
    elif isinstance(value, list):
        told = _list(value)
    else:
        told = str(VALUES.get(value, value))
    return _("%(word)s: %(value)s", word=word, value=told) if told else ""


def _list(parts: Iterable[Any]) -> str:
    return _(", ").join(str(part) for part in parts)
