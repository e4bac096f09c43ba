"""A day as the page's script polls it, and what a shared link says of an event."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import gettext as _

from ..models import Event
from ..rules.day import Change, Line, Meeting
from ..rules.phones import shown_phone
from ..services.phones.my_day import MyDay
from ..web.formats import day, zone
from ..web.language import both
from . import blueprint

blueprint.add_app_template_filter(shown_phone, "shown_phone")


def role_words() -> dict[str, str]:
    """What people are at the event, as their page says it."""
    return {
        "delegate": _("Delegate"),
        "host": _("Host"),
        "guest": _("Guest"),
        "vip": _("Guest of honour"),
        "speaker": _("Speaker"),
        "media": _("Media"),
        "staff": _("Staff"),
    }


def share_text(event: Event) -> dict[str, str]:
    """Title and description of a link that somebody shares: the event's, never the person's."""
    place = both(event.venue, event.venue_en)
    return {
        "title": both(event.name, event.name_en),
        "description": " · ".join(part for part in (day(event.date), place) if part),
    }


def day_as_json(event: Event, day: MyDay, news: str = "") -> str:
    """The day as JSON text: moments in the event's zone, both languages, the same bytes as long as nothing changed.

    `news` stands for what waits on a bound phone; others have none.
    """
    me = day.holder
    return json.dumps(
        {
            "event": {"slug": event.slug, "name": event.name, "name_en": event.name_en, "date": event.date.isoformat()},
            "person": {
                "name": me.name,
                "name_en": me.name_en,
                "title": me.title,
                "role": me.role,
                "remote": me.remote,
                "company": me.company,
                "company_en": me.company_en,
                "presence": me.presence,
            },
            "published": day.version is not None,
            "version": day.version,
            "meetings": [_meeting(meeting) for meeting in day.meetings],
            "changes": [_change(change) for change in day.changes_since()],
            "programme": [_line(line) for line in day.programme],
            **({"news": news} if news else {}),
        },
        ensure_ascii=False,
    )


def _meeting(meeting: Meeting) -> dict[str, Any]:
    told: dict[str, Any] = {
        "round": meeting.slot.name,
        "round_en": meeting.slot.name_en,
        **_span(meeting),
        "table": meeting.table,
        "room": meeting.room,
        "room_en": meeting.room_en,
        "host": meeting.host,
        "host_en": meeting.host_en,
    }
    if meeting.video_url:
        told["video"] = {"url": meeting.video_url, "state": meeting.video_state}
    if meeting.receiving:
        told["expected"] = meeting.expected
    return told


def _line(line: Line) -> dict[str, Any]:
    told = {"kind": line.kind, "title": line.title, "title_en": line.title_en, **_span(line)}
    return told | {"room": line.room, "room_en": line.room_en, "speaker": line.speaker}


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "before": _meeting(change.before) if change.before else None,
        "after": _meeting(change.after) if change.after else None,
    }


def _span(entry: Meeting | Line) -> dict[str, str | None]:
    return {
        "start": entry.start.astimezone(zone()).isoformat(),
        "end": entry.end.astimezone(zone()).isoformat() if entry.end else None,
    }
