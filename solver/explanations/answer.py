"""`explain`: gathers reason, holders, swap and relaxations for every unmet pair asked about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from solver.board import Board
from solver.clock import Run
from solver.explanations.explanation import Explanation
from solver.explanations.holders import Holders
from solver.explanations.relaxations import relaxations
from solver.explanations.sentences import sentences
from solver.explanations.swap import Swaps
from solver.instance import Instance
from solver.measure import DEFAULT_OBJECTIVE, GOALS
from solver.reading import BadInput
from solver.reasons import Seated, reasons
from solver.repairs.minima import as_met
from solver.repairs.standing import judge
from solver.solution import Solution

HARD = ("never", "no_table", "too_big", "absent", "not_wished")
"""Reasons that no other plan removes: the rules themselves would have to change."""


def explain(
    instance: Instance,
    solution: Solution,
    company: str,
    host: str | None = None,
    *,
    seconds: float = 20.0,
    objective: Sequence[str] | None = None,
    seed: int = 0,
    cancel: Callable[[], bool] | None = None,
) -> list[Explanation]:
    """Why `company` does not meet `host`; without a host, one answer for each of its unmet promises and wishes.

    Swaps and relaxations are found by solving again within `seconds` altogether; where time did not suffice they are
    left out rather than guessed. Raises `BadInput` for an unknown company or host.
    """
    if company not in {each.id for each in instance.companies}:
        raise BadInput("--company", f"there is no company {company!r}")
    if host is not None and host not in {each.id for each in instance.hosts}:
        raise BadInput("--host", f"there is no host {host!r}")
    goals = tuple(objective or [goal.name for goal in solution.goals if goal.name in GOALS] or DEFAULT_OBJECTIVE)
    return _Explain(instance, solution, goals, Run(seconds, cancel=cancel), seed).answers(company, host)


class _Explain:
    """One plan that questions are asked about."""

    def __init__(self, instance: Instance, solution: Solution, goals: tuple[str, ...], run: Run, seed: int) -> None:
        self.run, self.goals = run, goals
        today = replace(instance, now=solution.now)
        standing = judge(today, solution)
        gone = {each for each, reason in standing.lost if reason == "removed"}
        seats = [each for each in solution.assignments if each not in gone]
        # On a repaired day presence overrules demands, and minima hold as far as the repair could meet them.
        self.instance = as_met(standing, seats).instance if solution.now else today
        self.board = Board(self.instance, standing.history, standing.start)
        self.plan = self.board.triples(seats)
        self.seated = Seated(self.board, self.plan)
        self.holders = Holders(self.board, self.plan, goals)
        self.swaps = Swaps(self.board, self.plan, goals, run, seed)

    def answers(self, company: str, host: str | None) -> list[Explanation]:
        board = self.board
        c = board.company[company]
        wished = [board.host[wish.host] for wish in self.instance.wishes if wish.company == company]
        promised = [h for who, h in board.must if who == c]
        if host is not None:
            asked = [board.host[host]]
        else:
            asked = self.seated.without_meeting([(c, h) for h in dict.fromkeys((*promised, *wished))])[1].tolist()
        kinds = {h: "must" if h in promised else "wish" if h in wished else "pair" for h in asked}
        return [self._answer(c, h, kinds[h]) for h in asked]

    def _answer(self, company: int, host: int, kind: str) -> Explanation:
        reason = self._reason(company, host, kind)
        holders = self.holders.of(company, host, reason, self.seated)
        swap, search = (None, "") if reason in (*HARD, "met") else self.swaps.grant(company, host)
        changes: tuple[tuple[str, str], ...] = ()
        if reason != "met" and (swap is None or kind == "must"):
            changes = relaxations(self.board, self.plan, company, host, self.run, self.swaps.seed)
        unfinished = search in ("found", "none") or swap is None or kind == "must"
        late = self.run.cut and reason != "met" and unfinished
        names = self.instance.companies[company].id, self.instance.hosts[host].id
        zh, en = sentences(*names, reason, holders, swap, search, late)
        return Explanation(*names, kind, reason, zh, en, holders, swap, changes, search, late)

    def _reason(self, company: int, host: int, kind: str) -> str:
        left = self.seated.without_meeting([(company, host)])
        if not left.size:
            return "met"
        (reason,) = reasons(self.board, self.seated, left)
        if kind == "pair" and not self.instance.allow_unwished and reason not in HARD:
            return "not_wished"
        return reason
