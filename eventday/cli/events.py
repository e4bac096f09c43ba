"""`event create`"""

from __future__ import annotations

from datetime import datetime

import click

from ..rules.errors import sentence
from ..services.forum.events import create_event
from .house import now, opened
from .speech import say


@click.group("event")
def command() -> None:
    """Events."""


@command.command()
@click.argument("slug")
@click.option("--name", required=True, help="What the event is called.")
@click.option("--date", "on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day, as 2025-06-18.")
@click.option("--timezone", default="Asia/Shanghai", show_default=True, help="An IANA name.")
@click.option("--name-en", default="", help="Its name in English.")
def create(slug: str, name: str, on: datetime, timezone: str, name_en: str) -> None:
    """Create the event SLUG."""
    with opened():
        create_event(
            slug=slug, name=name, name_en=name_en, on=on.date(), timezone=timezone, now=now(), actor="command line"
        )
        say(sentence("created %(event)s"), event=slug)
