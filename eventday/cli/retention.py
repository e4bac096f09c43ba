"""`retention`: end it where its day has passed (a worker does so by itself, every hour)."""

from __future__ import annotations

import click

from ..services.phones.privacy import end_retention
from .house import now, opened


@click.command("retention")
def command() -> None:
    """Erase the people of events whose personal data is no longer kept."""
    with opened():
        click.echo(f"erased {end_retention(now=now())} people")
