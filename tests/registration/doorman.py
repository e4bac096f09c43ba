"""The model of the door: what a careful doorman with all the tablets' papers would say. Slow, plain, checkable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Paper:
    """A scan as it reached him."""

    station: str
    scan: dict[str, Any]
    outcome: str = ""
    # Told `already`: of which one; and whether its station had said welcome (or goodbye) by then, or says so later.
    first: Paper | None = None
    let_pass: bool = False
    undone: bool = False

    @property
    def kind(self) -> str:
        return self.scan["kind"]

    @property
    def at(self) -> str:
        return self.scan["at"]

    @property
    def moved(self) -> bool:
        return self.kind != "undo" and (self.outcome == "accepted" or self.let_pass)


@dataclass
class Doorman:
    """Papers in the order in which they reached him; times are ISO 8601 of one zone and differ, so texts compare."""

    papers: dict[str, Paper] = field(default_factory=dict)
    # Second admissions by another station than the first's.
    conflicts: set[str] = field(default_factory=set)

    def take(self, station: str, lead: bool, scan: dict[str, Any]) -> Paper:
        """What he answers; a paper that he has already changes nothing, unless it says now what was told."""
        known = self.papers.get(scan["id"])
        if known is None:
            known = self.papers[scan["id"]] = Paper(station, scan)
            (self._undo if known.kind == "undo" else self._move)(known, lead)
        elif scan.get("told") == "accepted" and known.first and not known.let_pass:
            self._heard_later(known)
        return known

    def _move(self, paper: Paper, _lead: bool) -> None:
        stay = self.stay(paper.scan["badge"], paper.kind, paper.at, but=paper)
        paper.outcome = "already" if stay else "accepted"
        if not stay:
            return
        paper.first = first_of(stay)
        paper.let_pass = paper.scan.get("told") == "accepted"
        if paper.let_pass and paper.kind == "in" and paper.first.moved and paper.first.station != paper.station:
            self.conflicts.add(paper.scan["id"])

    def _heard_later(self, paper: Paper) -> None:
        if paper.kind == "in" and paper.first and paper.first.station != paper.station:
            paper.let_pass = True
            self.conflicts.add(paper.scan["id"])

    def _undo(self, paper: Paper, lead: bool) -> None:
        target = self.papers.get(paper.scan["undoes"])
        if target is None or not target.moved or target.undone:
            paper.outcome = "nothing_to_undo"
        elif lead or target.station == paper.station:
            paper.outcome, target.undone = "undone", True
        else:
            paper.outcome = "invalid"

    def counted(self, badge: str) -> list[Paper]:
        """What tells where somebody is: who moved and was not taken back, and whoever was told of one of those."""
        found: list[Paper] = []
        for paper in (each for each in self.papers.values() if each.scan.get("badge") == badge):
            if not paper.undone if paper.moved else paper.first in found:
                found.append(paper)
        return sorted(found, key=lambda each: each.at)

    def stay(self, badge: str, kind: str, at: str, *, but: Paper | None = None) -> list[Paper]:
        """Those of `kind` between whom and `at` nobody went the other way."""
        seen = [each for each in self.counted(badge) if each is not but]
        others = [each.at for each in seen if each.kind != kind]
        mine = [each for each in seen if each.kind == kind]
        return [each for each in mine if not any(min(at, each.at) < other < max(at, each.at) for other in others)]

    def place(self, badge: str) -> tuple[str, str | None]:
        """The state of somebody and the scan that tells it."""
        seen = self.counted(badge)
        if not seen:
            return "expected", None
        stay = self.stay(badge, seen[-1].kind, seen[-1].at)
        return {"in": "arrived", "out": "left"}[seen[-1].kind], first_of(stay).scan["id"]


def first_of(stay: list[Paper]) -> Paper:
    """Whoever was accepted, the earliest; else the earliest."""
    return min(stay, key=lambda each: (each.outcome != "accepted", each.at))
