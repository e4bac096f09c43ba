"""`retention`: end it where its day has passed (a worker does so by itself, every hour)."""

from __future__ import annotations

import click

from ..rules.errors import sentence
from ..services.phones.privacy import end_retention
from .house import now, opened
from .speech import say


@click.command("retention")
def command() -> None:
    """Erase the people of events whose personal data is no longer kept."""
    with opened():
        say(sentence("erased %(count)s people"), count=end_retention(now=now()))
