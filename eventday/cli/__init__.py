"""The command line: each command in a file of its own, loaded when called."""

from __future__ import annotations

import json
import sys
from importlib import import_module

import click
from click import Context

# command -> module below eventday.cli (or, with a dot, below eventday) that defines it under `command`
COMMANDS = {
    "serve": "serving",
    "event": "events",
    "import": "importing",
    "badges": "badges",
    "plan": "planning",
    "export": "exporting",
    "device": "devices",
    "user": "users",
    "worker": "worker.command",
    "backup": "backups:backup",
    "restore": "backups:restore",
    "retention": "retention",
    "sample": "sample",
}


class Commands(click.Group):
    """Loads a command's module when it is asked for, so that `--help` need not load the solver."""

    def list_commands(self, ctx: Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        where = f"eventday.{module}" if "." in module else f"eventday.cli.{module}"
        return getattr(import_module(where), attribute or "command")


@click.group(cls=Commands)
@click.version_option(package_name=None, version="0.1.0")
def cli() -> None:
    """Eventday: check-in and plan of a matchmaking forum."""


def main() -> None:
    """Run the command line; a domain error is told on standard error, exit code 1 (usage errors exit 2).

    With `--json` it is told on standard output too: whoever parses that finds an object, whatever happened.
    """
    from ..rules.errors import DomainError
    from .speech import reason

    try:
        cli.main(prog_name="python -m eventday")
    except DomainError as error:
        click.echo(reason(error), err=True)
        if "--json" in sys.argv[1:]:
            click.echo(json.dumps({"error": reason(error)}, ensure_ascii=False))
        sys.exit(1)
