"""What an import did, or would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ...sheets import Place, Problem

Say = Callable[[Problem], str]


@dataclass
class Report:
    """The counts are of what the event holds afterwards; `changes` tells what this import added and changed."""

    companies: dict[str, int] = field(default_factory=dict)
    delegates: int = 0
    remote_delegates: int = 0
    needs: int = 0
    tables: int = 0
    rounds: int = 0
    wishes: int = 0
    projects: int = 0
    duplicates: int = 0
    rejected: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    changes: dict[str, dict[str, int]] = field(default_factory=dict)
    look_alikes: list[dict[str, str]] = field(default_factory=list)
    # How many rows of the sheets were understood.
    rows: int = 0

    def as_json(self, say: Say) -> dict[str, Any]:
        """The report that scripts rely on; `say` words each reason."""
        counts = {name: getattr(self, name) for name in COUNTS}
        return counts | {
            "rejected": [_told(problem, say) for problem in self.rejected],
            "warnings": [_told(problem, say) for problem in self.warnings],
            "look_alikes": self.look_alikes,
            "changes": self.changes,
        }

    def as_stored(self) -> dict[str, Any]:
        """A plain form that keeps reasons unworded, to be shown later in whatever language."""
        return asdict(self)

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Report:
        """Back from `as_stored`."""
        values = dict(stored)
        for name in ("rejected", "warnings"):
            values[name] = [
                Problem(Place(**entry["place"]), entry["code"], entry["params"]) for entry in values.get(name, [])
            ]
        return cls(**values)

    def exit_code(self) -> int:
        """0 when anything was imported or nothing had to be; 1 when there was something and none of it was taken."""
        return 0 if self.rows or not self.rejected else 1


COUNTS = (
    "companies",
    "delegates",
    "remote_delegates",
    "needs",
    "tables",
    "rounds",
    "wishes",
    "projects",
    "duplicates",
)


def _told(problem: Problem, say: Say) -> dict[str, Any]:
    place = problem.place
    return {"file": place.file, "sheet": place.sheet, "row": place.row, "reason": say(problem), "code": problem.code}
