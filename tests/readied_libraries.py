"""What the process that readied.py forks has loaded: everything that commands and servers would load one by one."""

from importlib import import_module

import click

from eventday import cli, doors

for library in ("gunicorn.workers.gthread", "openpyxl", "pypinyin", "eventday.services.planning.solving"):
    import_module(library)
for door in doors.DOORS:
    import_module(f"eventday.{door}")
for name in cli.COMMANDS:
    cli.cli.get_command(click.Context(cli.cli), name)
