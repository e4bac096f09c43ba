"""From an empty event to a published plan and the day itself: what is done, what is next, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

# The order of the work. A step is worth taking when everything it needs is there.
STEPS = ("event", "people", "tables", "needs", "wishes", "programme", "badges", "stations", "plan", "publish", "day")
NEEDS = {
    "wishes": ("people", "tables"),
    "badges": ("people",),
    "plan": ("people", "tables", "wishes"),
    "publish": ("plan",),
    "day": ("publish",),
}


@dataclass(frozen=True)
class Facts:
    """What is known of an event, as counts. `phase`: before, during or after its day."""

    phase: str = "before"
    venue: bool = False
    organisers: bool = False
    retention: bool = False
    companies: int = 0
    hosts: int = 0
    delegates: int = 0
    remote: int = 0
    companies_without_delegates: int = 0
    tables: int = 0
    rounds: int = 0
    seats: int = 0
    hosts_without_table: int = 0
    tables_without_room: int = 0
    links_missing: int = 0
    needs: int = 0
    hosts_without_needs: int = 0
    wishes: int = 0
    wishing: int = 0
    companies_without_wishes: int = 0
    promises: int = 0
    programme: int = 0
    rounds_not_in_programme: int = 0
    badges: int = 0
    badges_not_printed: int = 0
    stations: int = 0
    stations_unpaired: int = 0
    drafts: int = 0
    solving: int = 0
    version: int = 0
    arrived: int = 0
    conflicts: int = 0


@dataclass(frozen=True)
class Step:
    """A step: `state` is done, next (the one to take now), open, or waiting for another; `gaps` names counts.

    A step with gaps may still be done: the gaps are worth knowing, and do not hold up the next step.
    """

    name: str
    state: str
    gaps: tuple[tuple[str, int], ...] = ()


def checklist(facts: Facts) -> list[Step]:
    """The steps in order; at most one is `next`."""
    done = {name: _is_done(name, facts) for name in STEPS}
    steps = []
    chosen = False
    for name in STEPS:
        ready = all(done[other] for other in NEEDS.get(name, ()))
        if done[name]:
            state = "done"
        elif not ready:
            state = "waiting"
        elif chosen:
            state = "open"
        else:
            state, chosen = "next", True
        steps.append(Step(name, state, _gaps(name, facts)))
    return steps


def _is_done(name: str, facts: Facts) -> bool:
    return {
        "event": facts.venue,
        "people": facts.delegates > 0 and facts.companies > 0,
        "tables": facts.tables > 0 and facts.rounds > 0 and facts.seats > 0,
        "needs": facts.needs > 0,
        "wishes": facts.wishes > 0,
        "programme": facts.programme > 0,
        "badges": facts.badges > 0 and facts.badges_not_printed == 0,
        "stations": facts.stations > 0,
        "plan": facts.drafts > 0 or facts.version > 0,
        "publish": facts.version > 0,
        "day": facts.delegates > 0 and facts.arrived >= facts.delegates,
    }[name]


# What is missing at each step, by the name of the fact that counts it.
_GAPS = {
    "people": ("companies_without_delegates",),
    "tables": ("hosts_without_table", "tables_without_room", "links_missing"),
    "needs": ("hosts_without_needs",),
    "wishes": ("companies_without_wishes",),
    "programme": ("rounds_not_in_programme",),
    "badges": ("badges_not_printed",),
    "stations": ("stations_unpaired",),
    "day": ("conflicts",),
}


def _gaps(name: str, facts: Facts) -> tuple[tuple[str, int], ...]:
    gaps = [(gap, getattr(facts, gap)) for gap in _GAPS.get(name, ())]
    if name == "event":
        gaps += [(f"no_{part}", 1) for part in ("venue", "organisers", "retention") if not getattr(facts, part)]
    if name == "tables" and facts.tables and not facts.rounds:
        gaps.append(("no_rounds", 1))
    return tuple((gap, count) for gap, count in gaps if count)
