"""The variables: one boolean per assignment that availability, openings, table size and bans allow.

Rules 3 and the bans of rule 5 need no constraint: an assignment they forbid has no variable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ortools.sat.python import cp_model

from solver.board import Board, Triple

Sum = Any
"""A linear expression; OR-Tools types it as one or a bare number, which mypy cannot add up."""


def size(board: Board) -> int:
    """About how many variables a board needs."""
    rounds = [mask.bit_count() for mask in board.there]
    return sum(rounds[c] * len(board.tables_of[h]) for c, h in board.pairs)


class Seats:
    """The variables, grouped as the rules need them: by pair, by company and round, by table and round."""

    def __init__(self, board: Board, model: cp_model.CpModel) -> None:
        self.board, self.model = board, model
        self.at: dict[Triple, cp_model.IntVar] = {}
        self.of_pair: list[list[cp_model.IntVar]] = []
        self.of_company: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        self.of_wishes: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        self.of_host: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        self.in_round: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        self.at_table: dict[tuple[int, int], list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        self.patterns: dict[int, list[tuple[int, cp_model.IntVar]]] = {}
        for pair in range(len(board.pairs)):
            self._add_pair(pair)

    def _add_pair(self, pair: int) -> None:
        company, host = self.board.pairs[pair]
        stands = (company, host) in self.board.fixed_at
        group = []
        for table, r in self.board.slots(pair):
            x = self.model.new_constant(1) if stands else self.model.new_bool_var("")
            self.at[company, table, r] = x
            self.in_round[company, r].append(x)
            if r >= self.board.start:
                self.at_table[table, r].append((company, x))
            group.append(x)
        self.of_pair.append(group)
        self.of_company[company] += group
        self.of_host[host] += group
        if self.board.wished[pair]:
            self.of_wishes[company] += group

    def total(self, variables: Iterable[cp_model.IntVar]) -> Sum:
        """The number of chosen assignments among `variables`."""
        return cp_model.LinearExpr.sum(list(variables))

    def chosen(self, values: list[int]) -> list[Triple]:
        """The assignments that a solution (a value per variable of the model) chooses."""
        return [triple for triple, x in self.at.items() if values[x.index]]
