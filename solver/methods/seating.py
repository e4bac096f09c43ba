"""Who sits where while single meetings move about: the state of `Rounds` in lists and bit masks.

A walk looks at many seats and changes few, one at a time, for which numpy's arrays are slow.
"""

from __future__ import annotations

from solver.methods.rounds import Rounds


class Seating:
    """Meetings with their seats. `free` and `spare`: rounds in which a company has a turn, a table a seat left."""

    def __init__(self, rounds: Rounds) -> None:
        self.board = board = rounds.board
        self.company, self.host = rounds.company.tolist(), rounds.host.tolist()
        self.slot, self.table = rounds.slot.tolist(), rounds.table.tolist()
        self.stands = rounds.stands.tolist()
        self.turns = [list(own) for own in zip(*rounds.turns.tolist(), strict=True)]
        self.room = [list(own) for own in zip(*rounds.room.tolist(), strict=True)]
        self.free = [sum((left > 0) << r for r, left in enumerate(own)) for own in self.turns]
        self.spare = [sum((left > 0) << r for r, left in enumerate(own)) for own in self.room]
        self.guests: list[list[list[int]]] = [[[] for _ in range(board.rounds)] for _ in self.room]
        self.busy: list[list[list[int]]] = [[[] for _ in range(board.rounds)] for _ in self.turns]
        for index, r in enumerate(self.slot):
            if r >= 0:
                self.guests[self.table[index]][r].append(index)
                self.busy[self.company[index]][r].append(index)

    def where(self) -> list[tuple[int, int]]:
        """Table and round of every meeting, −1 for none."""
        return list(zip(self.table, self.slot, strict=True))

    def put(self, index: int, table: int, r: int) -> None:
        """Seat a meeting that has no seat."""
        self.guests[table][r].append(index)
        self.busy[self.company[index]][r].append(index)
        self._change(index, table, r, -1)
        self.table[index], self.slot[index] = table, r

    def take(self, index: int) -> None:
        """Free a meeting's seat."""
        table, r = self.table[index], self.slot[index]
        self.guests[table][r].remove(index)
        self.busy[self.company[index]][r].remove(index)
        self._change(index, table, r, 1)
        self.table[index] = self.slot[index] = -1

    def _change(self, index: int, table: int, r: int, sign: int) -> None:
        company = self.company[index]
        self.turns[company][r] += sign
        self.room[table][r] += sign * self.board.seats[company]
        self.free[company] = self.free[company] & ~(1 << r) | (self.turns[company][r] > 0) << r
        self.spare[table] = self.spare[table] & ~(1 << r) | (self.room[table][r] > 0) << r

    def seats(self, meetings: list[int]) -> int:
        """Seats that meetings take together."""
        return sum(self.board.seats[self.company[index]] for index in meetings)

    def shunned(self, index: int, table: int, r: int) -> bool:
        """Somebody from whom the meeting's company is kept apart sits there."""
        foes = self.board.foes.get(self.company[index]) if self.board.apart else None
        return foes is not None and any(self.company[other] in foes for other in self.guests[table][r])

    def can_be_spared(self, index: int) -> bool:
        """A meeting may move and leaves its table with enough guests."""
        table, r = self.table[index], self.slot[index]
        left = self.board.capacity[table] - self.room[table][r] - self.board.seats[self.company[index]]
        return not self.stands[index] and left >= self.board.minimum[table]
