"""The words that the organisers' pages use for what the models name in one word."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from ..web.fields import options
from ..web.outcomes import OUTCOMES

KINDS = {"sme": _l("SME"), "soe": _l("SOE"), "agency": _l("Agency"), "media": _l("Media"), "guest": _l("Guest")}
DELEGATE_ROLES = {
    "delegate": _l("Delegate"),
    "host": _l("Host"),
    "guest": _l("Guest"),
    "vip": _l("VIP"),
    "speaker": _l("Speaker"),
    "media": _l("Media"),
    "staff": _l("Event staff"),
}
STAFF_ROLES = {"organiser": _l("Organiser"), "planner": _l("Planner"), "desk": _l("Desk")}
STAGES = {
    "matched": _l("Matched"),
    "met": _l("Met"),
    "progressing": _l("Progressing"),
    "negotiating": _l("Negotiating"),
    "signed": _l("Signed"),
    "dropped": _l("Dropped"),
}
PROGRAMME = {
    "registration": _l("Registration"),
    "speech": _l("Speech"),
    "unveiling": _l("Unveiling of needs"),
    "round": _l("Breakout round"),
    "signing": _l("Signing"),
    "break": _l("Break"),
    "other": _l("Other"),
}
PRESENCE = {"expected": _l("Expected"), "arrived": _l("Arrived"), "left": _l("Left")}
MEETINGS = {**OUTCOMES, "none": _l("Nothing said yet")}
VIDEO_STATES = {"unknown": _l("Not tried yet"), "ready": _l("Ready"), "down": _l("Down")}


def choices(words: dict[str, LazyString]) -> list[SelectChoice]:
    """`words` as the choices of a field."""
    return options(words.items())
