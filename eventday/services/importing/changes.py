"""What an import does to the database: every row it adds or changes goes through here and is counted.

A rehearsal goes through it too and leaves the session alone, so that a preview is the import itself, not a guess.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import insert

from ...models import db


class Changes:
    """Counts rows added, changed and removed, by noun. With `rehearsal` nothing reaches the session."""

    def __init__(self, *, rehearsal: bool) -> None:
        self._rehearsal = rehearsal
        self._settled: set[tuple[int, str]] = set()
        self._touched: dict[int, tuple[str, Any]] = {}
        self.added: dict[int, tuple[str, Any]] = {}
        self.removed: Counter[str] = Counter()
        self._plain: dict[tuple[str, type[Any]], list[Any]] = defaultdict(list)

    def add(self, noun: str, row: Any) -> Any:
        """A new row."""
        if not self._rehearsal:
            db.session.add(row)
        self.added[id(row)] = (noun, row)
        return row

    def add_plainly(self, noun: str, model: type[Any], values: dict[str, Any], **links: Any) -> None:
        """A new row that is one of thousands and that nobody needs as an object.

        `links` are its columns for the numbers of other rows, which may be new themselves.
        """
        self._plain[noun, model].append((values, links))

    def save(self) -> None:
        """Writes the new rows; the commit is the caller's."""
        db.session.flush()
        for (_, model), entries in self._plain.items():
            rows = [
                values | {column: other.id if other is not None else None for column, other in links.items()}
                for values, links in entries
            ]
            db.session.execute(insert(model), rows)

    def put(self, noun: str, row: Any, **values: Any) -> None:
        """Sets what a sheet says. Blanks say nothing; of several rows that speak of one thing the first counts.

        A file that says what the database says already changes nothing.
        """
        for name, value in values.items():
            if value is None or value == "" or (id(row), name) in self._settled:
                continue
            self._settled.add((id(row), name))
            if getattr(row, name) != value:
                setattr(row, name, value)
                self.touch(noun, row)

    def touch(self, noun: str, row: Any) -> None:
        """Count a row as changed, unless it is new."""
        if id(row) not in self.added:
            self._touched[id(row)] = (noun, row)

    def remove(self, noun: str, row: Any) -> None:
        """A row that is no longer true."""
        self.removed[noun] += 1
        if not self._rehearsal:
            db.session.delete(row)

    def counts(self) -> dict[str, dict[str, int]]:
        """noun → {"added", "changed", "removed"}, for nouns of which anything was."""
        added = Counter(noun for noun, _ in self.added.values())
        added.update({noun: len(entries) for (noun, _), entries in self._plain.items()})
        changed = Counter(noun for noun, _ in self._touched.values())
        nouns = [*dict.fromkeys([*added, *changed, *self.removed])]
        return {noun: {"added": added[noun], "changed": changed[noun], "removed": self.removed[noun]} for noun in nouns}

    def __bool__(self) -> bool:
        return bool(self.added or self._plain or self._touched or self.removed)
