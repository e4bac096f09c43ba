"""`backup` and `restore`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..models import migrating
from ..rules.errors import sentence
from ..services.backups import Summary, restore_backup, take_backup
from ..settings import load_settings
from .house import now
from .speech import say, worded


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy everything into FILE, while the server runs.

    FILE holds personal data and the instance's keys: keep it as you keep the database.
    """
    settings = load_settings()
    migrating.upgrade(settings.database_url)
    try:
        summary = take_backup(settings, file, now=now())
    except OSError as error:
        say(sentence("%(file)s: %(why)s. Nothing was written."), err=True, file=file, why=error.strerror)
        sys.exit(1)
    click.echo(f"{file}: {_count(summary)}")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the events that the database holds.")
def restore(file: Path, force: bool) -> None:
    """Put back what FILE holds, on this database (SQLite or PostgreSQL, whichever FILE came from)."""
    settings = load_settings()
    summary = restore_backup(settings, file, force=force)
    say(sentence("restored %(what)s, as of %(moment)s"), what=_count(summary), moment=summary.taken_at)
    say(sentence("A server that runs should be started again now: signing keys are read at its start."))


def _count(summary: Summary) -> str:
    rows = summary.rows
    counted = {"events": rows.get("event", 0), "delegates": rows.get("delegate", 0), "rows": sum(rows.values())}
    return worded(sentence("%(events)s events, %(delegates)s delegates, %(rows)s rows in all"), **counted)
