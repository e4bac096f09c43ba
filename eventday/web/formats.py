"""Times as people of the event read them: stored in UTC, shown in the event's zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_name
from flask import Flask, g
from flask_babel import get_locale
from flask_babel import gettext as _


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(clock=clock, day=day, moment=moment, zone_words=zone_words)
    app.jinja_env.globals.update(kind_words=kind_words, actor_word=actor_words)


def zone() -> ZoneInfo:
    """The zone of the event that this request is about, else the default."""
    event = g.get("event")
    return event.zone if event is not None else ZoneInfo("Asia/Shanghai")


def zone_words(name: str) -> str:
    """A time zone as people call it, 中国时间 or China Time; one of no place (`UTC`) goes by its own name."""
    return get_timezone_name(ZoneInfo(name), locale=get_locale() or "zh_Hans") if "/" in name else name


def clock(value: datetime | None) -> str:
    """`14:30`."""
    return value.astimezone(zone()).strftime("%H:%M") if value else ""


def day(value) -> str:
    """The date with its weekday, in the page's language."""
    return format_date(value, "full", locale=get_locale() or "zh_Hans") if value else ""


def moment(value: datetime | None) -> str:
    """Date and time, short, on a clock of 24 hours in either language."""
    locale = get_locale() or "zh_Hans"
    pattern = "short" if str(locale).startswith("zh") else "d MMM y, HH:mm"
    return format_datetime(value, pattern, tzinfo=zone(), locale=locale) if value else ""


def kind_words() -> dict[str, str]:
    """Company kinds as people say them."""
    return {"sme": _("SME"), "soe": _("SOE"), "agency": _("Agency"), "media": _("Media"), "guest": _("Guest")}


def actor_words(actor: str) -> str:
    """Who did it, where it was not a member of staff."""
    return {"command line": _("Command line"), "unknown": _("Unknown")}.get(actor, actor)
