"""`sample`"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click
from flask import current_app

from ..rules.errors import sentence
from ..services.sample import first_sign_in, load_sample
from ..settings import Settings
from ..web.new_codes import new_code
from .house import now, opened
from .speech import say


@click.command("sample")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="When it is held (default: the next working day).")
def command(day: datetime | None) -> None:
    """Load the sample forum and add the first organiser, where they are missing; say how to sign in."""
    with opened():
        settings: Settings = current_app.config["EVENTDAY"]
        event = load_sample(
            now=now(),
            actor="command line",
            new_code=new_code,
            on=day.date() if day else None,
        )
        kept = settings.instance / "first-sign-in"
        if pair := first_sign_in(now=now(), actor="command line"):
            _keep(kept, "\n".join(pair) + "\n")
        address = f"{settings.base_url}/events/{event.slug}"
        say(sentence("Sample forum: %(address)s, held on %(day)s"), address=address, day=f"{event.date:%Y-%m-%d}")
        _tell(kept)


def _keep(file: Path, text: str) -> None:
    """For the one who set the machine up, and nobody else on it."""
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(text)


def _tell(kept: Path) -> None:
    if not kept.exists():
        return
    email, password = kept.read_text(encoding="utf-8").split()
    say(sentence("Sign in as:   %(email)s"), email=email)
    told = sentence("Password:     %(password)s   (until you change it; kept in %(file)s of the instance folder)")
    say(told, password=password, file=kept.name)
