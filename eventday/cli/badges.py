"""`badges`"""

from __future__ import annotations

from pathlib import Path

import click

from ..badges.badge_papers import LAYOUTS
from ..badges.cards import ROLES
from ..rules.errors import sentence
from ..services.forum.events import find_event
from ..services.papers.badging import CSV_COLUMNS, Choice, badge_rows, print_badges
from ..sheets.writing.csv_text import csv_text
from .house import now, opened
from .speech import say, worded
from .written import write_whole


@click.command("badges")
@click.argument("slug")
@click.option("-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write.")
@click.option(
    "--layout", type=click.Choice(list(LAYOUTS)), default="a6", show_default=True, help="See docs/printing.md."
)
@click.option("--csv", "as_csv", is_flag=True, help="Print the codes as CSV instead.")
@click.option("--search", "words", default="", help="Only names of delegates or companies with these words.")
@click.option("--role", type=click.Choice(list(ROLES)), help="Only this role.")
@click.option("--unprinted", is_flag=True, help="Only badges that were not printed yet.")
def command(
    slug: str, file: Path | None, layout: str, as_csv: bool, words: str, role: str | None, unprinted: bool
) -> None:
    """Print the badges of the event SLUG to a PDF, or list them as CSV on standard output."""
    if as_csv == bool(file):
        raise click.UsageError(worded(sentence("Say either -o FILE.pdf or --csv.")))
    with opened() as app:
        event = find_event(slug)
        if file is None:
            # Bytes, since a terminal's own encoding may lack Chinese.
            click.echo(csv_text(CSV_COLUMNS, badge_rows(event), line_end="\n").encode(), nl=False)
            return
        choice = Choice(words=words, role=role or "", unprinted=unprinted)
        base_url = app.config["EVENTDAY"].base_url
        data, broken = print_badges(event, choice, layout, base_url=base_url, now=now(), actor="command line")
        write_whole(file, data)
    say(sentence("wrote %(file)s"), file=file)
    for name in broken:
        say(sentence("warning: our fonts lack characters of %(name)s; write this badge by hand"), err=True, name=name)
