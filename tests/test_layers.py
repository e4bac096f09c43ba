"""The house of docs/architecture.md stands: imports run down only, doors do not know one another, files stay short."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventday.settings import PROJECT

DOORS = {"registration", "attendee", "planner", "organiser", "screen", "cli", "worker"}
# What each floor may stand on, besides itself. Doors get everything that is below `doors`.
BELOW = {
    "rules": set(),
    "solver": set(),
    "sheets": {"rules"},
    "badges": {"rules"},
    "settings": set(),
    "models": {"rules", "settings"},
    "services": {"rules", "sheets", "badges", "solver", "models", "settings"},
    "web": {"rules", "models", "badges", "services", "settings", ""},
    "translations": set(),
    "doors": set(),
    "": {"settings", "web", "models", "doors"},
    "__main__": {"cli"},
}
# Subjects of services/, lowest first: each may use those before it, so there can be no circle.
SUBJECTS = (
    *("audit", "editing", "forum", "people", "door", "planning", "phones", "papers", "importing"),
    *("staffing", "work", "backups", "hall", "sample", "venue_certificate"),
)
HOUSE = {"rules", "sheets", "badges", "solver", "models", "services", "web", "settings", ""}
# rules/ and solver/ know no framework and no database; sheets/ and badges/ no web and no database.
FRAMEWORKS = {"flask", "apiflask", "sqlalchemy", "flask_babel", "flask_login", "huey", "werkzeug"}
LONGEST = 230  # about two hundred


def modules() -> list[Path]:
    """Every Python file of the product."""
    files = [*(PROJECT / "eventday").rglob("*.py"), *(PROJECT / "solver").rglob("*.py")]
    hidden = {"migrations", "frontend", "__pycache__"}
    return sorted(file.relative_to(PROJECT) for file in files if not hidden & set(file.parts))


def floor_of(module: str) -> str:
    """The floor that `module` (dotted, from the top) lies on; `eventday` itself is the floor with no name."""
    parts = module.split(".")
    if parts[0] == "solver":
        return "solver"
    return parts[1] if len(parts) > 1 else ""


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of each import in `file`, relative ones resolved."""
    base = list(file.parts[:-1])
    for node in ast.walk(ast.parse((PROJECT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = base[: len(base) - node.level + 1] if node.level else []
            whole = ".".join([*start, *([node.module] if node.module else [])])
            # `from .. import services` names a floor only in its aliases
            for alias in node.names:
                yield node.lineno, f"{whole}.{alias.name}" if whole in ("eventday", "") or node.level else whole


def ours(name: str) -> bool:
    return name.split(".")[0] in ("eventday", "solver")


def known(name: str) -> str:
    """`name` without what is not a module: `eventday.create_app` is `eventday`."""
    parts = name.split(".")
    if parts[0] == "eventday" and len(parts) > 1:
        place = PROJECT / "eventday" / parts[1]
        if not place.is_dir() and not place.with_suffix(".py").is_file():
            return "eventday"
    return name


@pytest.mark.parametrize("file", modules(), ids=str)
def test_imports_run_down_only(file):
    own = floor_of(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
    allowed = (HOUSE if own in DOORS else BELOW[own]) | {own}
    wrong = [
        f"{file}:{line} imports {name}"
        for line, name in imports(file)
        if ours(name) and floor_of(known(name)) not in allowed
    ]
    assert not wrong, "\n".join(wrong)


def subject_of(module: str) -> str:
    """The subject of services/ that `module` (dotted, from the top) belongs to; "" where it is none."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["eventday", "services"] and len(parts) > 2 else ""


def test_every_subject_of_the_services_uses_only_those_below_it():
    files = {file: subject_of(".".join(file.with_suffix("").parts)) for file in modules()}
    assert set(files.values()) - {"", "__init__"} == set(SUBJECTS)
    wrong = [
        f"{file}:{line} imports {name}"
        for file, own in files.items()
        if own in SUBJECTS
        for line, name in imports(file)
        if subject_of(name) not in ("", *SUBJECTS[: SUBJECTS.index(own) + 1])
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("floor", ["eventday/rules", "solver", "eventday/sheets", "eventday/badges"])
def test_what_lies_below_knows_no_framework_and_no_database(floor):
    wrong = [
        f"{file}:{line} imports {name}"
        for file in modules()
        if file.is_relative_to(floor)
        for line, name in imports(file)
        if name.split(".")[0] in FRAMEWORKS
    ]
    assert not wrong, "\n".join(wrong)


def test_only_the_settings_read_the_environment():
    """Two doors of the command line may: a password that is handed over, and the terminal's language."""
    allowed = {"eventday/settings.py", "eventday/cli/users.py", "eventday/cli/speech.py", "eventday/cli/serving.py"}
    reading = {
        str(file)
        for file in modules()
        for node in ast.walk(ast.parse((PROJECT / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert reading <= allowed


def test_files_stay_short():
    lengths = {str(file): len((PROJECT / file).read_text(encoding="utf-8").splitlines()) for file in modules()}
    long = {file: length for file, length in lengths.items() if length > LONGEST}
    assert not long


def test_the_project_keeps_no_third_party_code():
    from subprocess import run

    listed = run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    assert not [name for name in listed.stdout.splitlines() if name.endswith((".min.js", ".wasm", ".ttf", ".woff2"))]
