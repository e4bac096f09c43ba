"""What an organiser sets on the hall's screen from a phone: its address, the scene, names, languages."""

from __future__ import annotations

import secrets
from datetime import datetime

from ...models import Event, db
from ...rules.errors import Invalid
from ...rules.scenes import SCENES, TONGUES
from .. import audit
from ..forum.events import settle


def screen_key(event: Event) -> str:
    """The key in the address of the event's screen; makes one where there is none (not committed)."""
    if not event.screen_key:
        event.screen_key = secrets.token_urlsafe(12)
    return event.screen_key


def renew_key(event: Event, *, now: datetime, actor: str) -> None:
    """Close the old address of the screen and open a new one."""
    event.screen_key = ""
    screen_key(event)
    audit.record(at=now, actor=actor, action="screen.renew", event_id=event.id)
    db.session.commit()


def choose_scene(event: Event, scene: str, *, now: datetime, actor: str) -> None:
    """Show `scene` until told otherwise; "" follows the programme. Raises Invalid."""
    if scene and scene not in SCENES:
        raise Invalid("There is no such scene.", field="scene")
    event.scene = scene
    settle(event, "screen.scene", scene or "programme", now=now, actor=actor)


def show_names(event: Event, shown: bool, *, now: datetime, actor: str) -> None:
    """Let the screen show the names of those who arrive, or companies only."""
    event.show_names_on_screen = shown
    settle(event, "screen.names", "on" if shown else "off", now=now, actor=actor)


def choose_tongues(event: Event, tongues: str, *, now: datetime, actor: str) -> None:
    """Show the languages by turns, side by side, or one alone (rules.scenes.TONGUES). Raises Invalid."""
    if tongues not in TONGUES:
        raise Invalid("Choose how the languages are shown.", field="tongues")
    event.screen_tongues = tongues
    settle(event, "screen.tongues", tongues, now=now, actor=actor)
