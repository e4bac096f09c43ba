"""`export`"""

from __future__ import annotations

from pathlib import Path

import click

from ..rules.errors import sentence
from ..services.forum.events import find_event
from ..services.papers.exporting import ENDINGS, PAPERS, REPORT, export_plan
from .house import opened
from .speech import say, worded
from .written import write_whole


@click.command("export")
@click.argument("slug")
@click.option(
    "-o",
    "--output",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"The file to write; its ending says what: {', '.join('.' + ending for ending in ENDINGS)}.",
)
@click.option("--version", type=int, help="An earlier version of the plan.")
@click.option("--paper", type=click.Choice([*PAPERS, REPORT]), default="tables", show_default=True, help="Which pdf.")
def command(slug: str, file: Path, version: int | None, paper: str) -> None:
    """Write the published plan of the event SLUG to a file."""
    ending = file.suffix.removeprefix(".").lower()
    if ending not in ENDINGS:
        known = ", ".join("." + each for each in ENDINGS)
        wrong = sentence("%(file)s: the ending has to be one of %(known)s.")
        raise click.UsageError(worded(wrong, file=file.name, known=known))
    with opened():
        data = export_plan(find_event(slug), ending, version=version, paper=paper)
        write_whole(file, data)
    say(sentence("wrote %(file)s"), file=file)
