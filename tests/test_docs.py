"""What the documents say of commands, settings and files is so, and nothing is left unsaid."""

from __future__ import annotations

import re

import click
import pytest

from eventday.cli import COMMANDS, cli
from eventday.settings import PROJECT

DOCUMENTS = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *sorted((PROJECT / "docs").glob("*.md"))]
TEXT = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
SAID = re.compile(r"python -m eventday ([a-z]+)(?: ([a-z]+))?")
OWN = {"sample"}  # what `make run` calls; people have no need of it


def test_every_command_is_told_in_the_readme():
    told = {found[0] for found in SAID.findall((PROJECT / "README.md").read_text(encoding="utf-8"))}
    assert set(COMMANDS) - OWN <= told


@pytest.mark.parametrize("command", sorted({found[0] for found in SAID.findall(TEXT)}))
def test_every_command_that_is_told_exists(command):
    found = cli.get_command(click.Context(cli), command)
    assert isinstance(found, click.Command)
    assert found.help
    for _, sub in SAID.findall(TEXT):
        if isinstance(found, click.Group) and sub and (command, sub) in SAID.findall(TEXT):
            assert sub in found.commands


def test_every_option_that_is_told_exists():
    for line in TEXT.splitlines():
        for command in {found[0] for found in SAID.findall(line)}:
            known = cli.get_command(click.Context(cli), command)
            subs = known.commands.values() if isinstance(known, click.Group) else [known]
            options = {name for sub in subs for parameter in sub.params for name in parameter.opts} | {"--help"}
            told = set(re.findall(r"(?<![\w-])--[a-z-]+", line.split("python -m eventday", 1)[1]))
            assert told <= options, line


def test_every_setting_is_told():
    read = set(re.findall(r"EVENTDAY_[A-Z_]+", (PROJECT / "eventday/settings.py").read_text(encoding="utf-8")))
    assert read - {"EVENTDAY_OWN_HTTPS", "EVENTDAY_DEBUG"} <= set(re.findall(r"EVENTDAY_[A-Z_]+", TEXT))


def test_every_link_leads_to_a_file():
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_target_of_make_that_is_told_exists():
    known = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", TEXT)) <= known
