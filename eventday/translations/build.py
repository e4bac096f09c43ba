"""The catalogue: one hand-written file a room in `zh_Hans/*.po`, compiled into one for the program.

English is the language of the source, so only Chinese needs a catalogue; `tests/test_translations.py` finds
every sentence in the code that has none.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
METHODS = [("eventday/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "_l": None,
    "ngettext": (1, 2),
    "sentence": None,
    # Domain errors are sentences too.
    **dict.fromkeys(("DomainError", "NotFound", "Forbidden", "Stale", "Invalid", "UnknownBadge", "Revoked")),
}


def rooms(language: str = "zh_Hans") -> list[Catalog]:
    """The catalogue of each room. Raises ValueError where a file cannot be read."""
    catalogs = []
    for file in sorted((HERE / language).glob("*.po")):
        with file.open("rb") as lines:
            catalogs.append(read_po(lines, locale=language, abort_invalid=True))
    return catalogs


def sentences() -> dict[str, list[tuple[str, int]]]:
    """Every sentence that the code shows to people, with the places it stands at."""
    found: dict[str, list[tuple[str, int]]] = {}
    options = {"**.html": {"silent": "false"}}
    rows = extract_from_dir(str(PROJECT), METHODS, options, KEYWORDS, directory_filter=_is_ours)
    for file, line, message, _comments, _context in rows:
        for text in message if isinstance(message, tuple) else (message,):
            if text:
                found.setdefault(text, []).append((file, line))
    return found


def _is_ours(folder: str) -> bool:
    return Path(folder).name not in {".venv", ".git", "node_modules", "instance", "static", "migrations", "tests"}


def build(language: str = "zh_Hans") -> Path:
    """Compile all rooms of `language` into `LC_MESSAGES/messages.mo`."""
    whole = Catalog(locale=language)
    for catalog in rooms(language):
        for message in catalog:
            if message.id and message.string:
                whole.add(message.id, message.string)
    target = HERE / language / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(exist_ok=True)
    aside = target.with_suffix(".new")
    with aside.open("wb") as out:
        write_mo(out, whole)
    return aside.replace(target)


if __name__ == "__main__":
    build()
