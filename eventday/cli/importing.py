"""`import`"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from flask_babel import force_locale
from flask_babel import gettext as _

from ..services.forum.events import find_event
from ..services.importing import Report, import_sheets, rehearse_import, say_problem
from ..sheets import SheetFile
from ..web.new_codes import new_code
from .house import now, opened
from .speech import language


@click.command("import")
@click.argument("slug")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(slug: str, files: tuple[Path, ...], dry_run: bool, as_json: bool) -> None:
    """Read organisers' sheets (xlsx, csv) into the event SLUG."""
    with opened(), force_locale(language()):
        event_id = find_event(slug).id
        given, missing = _open(files)
        if dry_run:
            report = rehearse_import(event_id, given, now=now()).report
        else:
            report = import_sheets(event_id, given, now=now(), actor="command line", new_code=new_code)
        _print(report, missing, dry_run, as_json)
    sys.exit(1 if missing and not given else report.exit_code())


def _open(paths: tuple[Path, ...]) -> tuple[list[SheetFile], list[tuple[str, str]]]:
    """The files, and those that could not be opened with the reason."""
    given, missing = [], []
    for path in paths:
        try:
            given.append(SheetFile(path.name, path.read_bytes()))
        except OSError as error:
            missing.append((str(path), _why(error)))
    return given, missing


def _why(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return _("There is no such file. Check the name and the folder.")
        case IsADirectoryError():
            return _("This is a folder. Name the files in it.")
        case PermissionError():
            return _("You may not read this file. Ask its owner, or copy it.")
    return _("This file could not be read: %(why)s.", why=error.strerror or error)


def _print(report: Report, missing: list[tuple[str, str]], dry_run: bool, as_json: bool) -> None:
    told = report.as_json(say_problem)
    told["rejected"] += [
        {"file": name, "sheet": "", "row": None, "reason": why, "code": "cannot_open"} for name, why in missing
    ]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    kinds = ", ".join(f"{count} {kind}" for kind, count in report.companies.items())
    click.echo(f"{'would hold' if dry_run else 'holds'}: companies {sum(report.companies.values())} ({kinds})")
    for name in ("delegates", "remote_delegates", "needs", "tables", "rounds", "wishes", "projects"):
        click.echo(f"  {name.replace('_', ' ')} {getattr(report, name)}")
    click.echo(f"duplicates {report.duplicates}")
    for heading in ("rejected", "warnings"):
        click.echo(f"{heading} {len(told[heading])}")
        for entry in told[heading]:
            click.echo(f"  {_where(entry)}: {entry['reason']}")


def _where(entry: dict[str, object]) -> str:
    parts = [str(entry["file"]), str(entry["sheet"] or ""), f"row {entry['row']}" if entry["row"] else ""]
    return " · ".join(part for part in parts if part)
