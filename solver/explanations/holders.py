"""Who sits where the company could have sat, and why their claim to the seat is at least as strong, if it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solver.board import Board, Triple
from solver.explanations.explanation import Holder
from solver.reasons import Seated


class Holders:
    """The seats of one plan, asked about for one company and host at a time. `goals` in order: they weigh claims."""

    def __init__(self, board: Board, plan: Sequence[Triple], goals: Sequence[str]) -> None:
        self.board, self.goals = board, goals
        self.plan = sorted(plan, key=lambda each: (each[2], each[1], each[0]))
        self.fixed, self.locks = set(board.fixed), set(board.locks)
        self.wishes, self.promises = set(board.wishes), set(board.must)
        self.worth = {
            (board.company[wish.company], board.host[wish.host]): wish.worth for wish in board.instance.wishes
        }
        self.count = [0] * len(board.there)
        for c, t, _ in plan:
            self.count[c] += (c, board.table_host[t]) in self.wishes

    def of(self, company: int, host: int, reason: str, seated: Seated) -> tuple[Holder, ...]:
        """For each reason those who matter: guests, foes among the guests, or where the company itself sits."""
        if reason == "busy":
            room = seated.room(host, self.board.seats[company])
            own = [each for each in self.plan if each[0] == company and room >> each[2] & 1]
            return tuple(self._holder(each, "own") for each in own)
        if reason not in ("full", "host_limit", "apart"):
            return ()
        guests: Iterator[Triple] = (each for each in self.plan if self.board.table_host[each[1]] == host)
        if reason != "host_limit":  # which counts every meeting of the day, whoever was there
            guests = (each for each in guests if (self.board.there[company] & self.board.open[each[1]]) >> each[2] & 1)
        if reason == "apart":
            foes = self.board.foes.get(company, set())
            guests = (each for each in guests if each[0] in foes)
        return tuple(self._holder(each, self._claim(each, company, host)) for each in guests)

    def _holder(self, triple: Triple, claim: str) -> Holder:
        pair = triple[0], self.board.table_host[triple[1]]
        names = self.board.assignments([triple])[0]
        return Holder(*names, worth=self.worth.get(pair, 0), wished_meetings=self.count[triple[0]], claim=claim)

    def _claim(self, triple: Triple, company: int, host: int) -> str:
        """What stands, else the first goal that would suffer if this one seat alone went to the company."""
        if triple in self.fixed:
            return "held"
        if triple in self.locks:
            return "locked"
        for goal in self.goals:
            costs = self._costs(goal, (triple[0], host), (company, host))
            if costs:
                return goal if costs > 0 else "weaker"
        return "equal"

    def _costs(self, goal: str, theirs: tuple[int, int], ours: tuple[int, int]) -> int:
        """What handing the seat over costs a goal by itself: more than 0, 0, or less when the goal would gain."""
        if goal == "must":
            return (theirs in self.promises) - (ours in self.promises)
        if goal == "interest":
            return self.worth.get(theirs, 0) - self.worth.get(ours, 0)
        if goal == "fair":
            counts = self.count[theirs[0]], self.count[ours[0]]
            then = counts[0] - (theirs in self.wishes), counts[1] + (ours in self.wishes)
            return (sorted(counts) > sorted(then)) - (sorted(counts) < sorted(then))
        return 0  # the floor and idle rounds hang on everybody's whole day
