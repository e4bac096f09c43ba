"""What a set of files says, all together."""

from __future__ import annotations

from dataclasses import dataclass, field

from .blocks import Block
from .rows import NeedRow, Problem, ProjectRow, Registration, RoundRow, Row, TableRow, WishRow


@dataclass
class Reading:
    """What a set of files says, and what could not be taken from it. Rows stand in the order of file names and rows."""

    blocks: list[Block] = field(default_factory=list)
    registrations: list[Registration] = field(default_factory=list)
    needs: list[NeedRow] = field(default_factory=list)
    tables: list[TableRow] = field(default_factory=list)
    rounds: list[RoundRow] = field(default_factory=list)
    wishes: list[WishRow] = field(default_factory=list)
    projects: list[ProjectRow] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def take(self, row: Row) -> None:
        """Puts a row into the list of its kind."""
        match row:
            case Registration():
                self.registrations.append(row)
            case NeedRow():
                self.needs.append(row)
            case TableRow():
                self.tables.append(row)
            case RoundRow():
                self.rounds.append(row)
            case WishRow():
                self.wishes.append(row)
            case ProjectRow():
                self.projects.append(row)

    def row_count(self) -> int:
        """How many rows were taken, wishes inside registrations not counted."""
        kinds = (self.registrations, self.needs, self.tables, self.rounds, self.wishes, self.projects)
        return sum(len(rows) for rows in kinds)
