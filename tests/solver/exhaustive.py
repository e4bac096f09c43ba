"""The oracle: every plan of a tiny day, one after another, with rules and goals written down a second time.

Shares nothing with the solver but the instance document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

Plan = list[tuple[str, str, str]]


class Day:
    """A document with its defaults filled in."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.rounds = [each["id"] for each in document["rounds"]]
        self.tables = {each["id"]: {"min": 0, "rounds": self.rounds} | each for each in document["tables"]}
        base = {"rounds": self.rounds, "min_meetings": 0, "max_meetings": 99, "seats": 1, "delegations": 1}
        self.companies = {each["id"]: base | each for each in document["companies"]}
        self.host_most = {each["id"]: each.get("max_meetings", 99) for each in document.get("hosts", [])}
        self.wishes = {
            (each["company"], each["host"]): each["interest"] + each.get("host_interest", 0)
            for each in document["wishes"]
        }
        self.must = [(each["company"], each["host"]) for each in document.get("must", [])]
        self.never = {(each["company"], each["host"]) for each in document.get("never", [])}
        self.apart = [set(each) for each in document.get("apart", [])]
        self.locks = [(each["company"], each["table"], each["round"]) for each in document.get("locks", [])]
        self.may = set(self.wishes) | set(self.must) | {(c, self.tables[t]["host"]) for c, t, _ in self.locks}
        if document.get("allow_unwished"):
            self.may = {(c, table["host"]) for c in self.companies for table in self.tables.values()}


def plans(day: Day) -> Iterator[Plan]:
    """Every legal plan."""
    pairs = sorted(day.may - day.never)
    slots = {
        (company, host): [
            (t, r)
            for t, table in day.tables.items()
            for r in day.rounds
            if table["host"] == host and r in table["rounds"] and r in day.companies[company]["rounds"]
        ]
        for company, host in pairs
    }
    yield from _extend(day, pairs, slots, [])


def _extend(day: Day, pairs: list[tuple[str, str]], slots: dict[Any, Any], plan: Plan) -> Iterator[Plan]:
    if not pairs:
        if _complete(day, plan):
            yield list(plan)
        return
    company, _ = pairs[0]
    yield from _extend(day, pairs[1:], slots, plan)
    for table, r in slots[pairs[0]]:
        if _fits(day, plan, company, table, r):
            plan.append((company, table, r))
            yield from _extend(day, pairs[1:], slots, plan)
            plan.pop()


def _fits(day: Day, plan: Plan, company: str, table: str, r: str) -> bool:
    own = day.companies[company]
    if sum(c == company and when == r for c, _, when in plan) >= own["delegations"]:
        return False
    if sum(c == company for c, _, _ in plan) >= own["max_meetings"]:
        return False
    host = day.tables[table]["host"]
    if sum(day.tables[t]["host"] == host for _, t, _ in plan) >= day.host_most.get(host, 99):
        return False
    here = [c for c, t, when in plan if (t, when) == (table, r)]
    if sum(day.companies[c]["seats"] for c in here) + own["seats"] > day.tables[table]["capacity"]:
        return False
    return not any({company, c} in day.apart for c in here)


def _complete(day: Day, plan: Plan) -> bool:
    if any(each not in plan for each in day.locks):
        return False
    met = Counter(c for c, _, _ in plan)
    if any(met[name] < own["min_meetings"] for name, own in day.companies.items()):
        return False
    return all(
        sum(day.companies[c]["seats"] for c, where, when in plan if (where, when) == (t, r)) >= table["min"]
        for t, table in day.tables.items()
        for r in table["rounds"]
    )


def worth(day: Day, plan: Plan, goals: tuple[str, ...]) -> list[Any]:
    """The plan's goals in order, each as something that is larger when better."""
    met = {(c, day.tables[t]["host"]) for c, t, _ in plan}
    wished = Counter(c for c, h in met if (c, h) in day.wishes)
    found: dict[str, Any] = {"must": sum(each in met for each in day.must)}
    found["interest"] = sum(value for each, value in day.wishes.items() if each in met)
    levels = Counter(wished[c] for c in day.companies)
    found["fair"] = [-levels[k] for k in range(8)]
    found["floor"] = min(
        (sum(value for (c, h), value in day.wishes.items() if c == name and (c, h) in met) for name in day.companies),
        default=0,
    )
    found["gaps"] = 0
    for name in day.companies:
        busy = sorted({day.rounds.index(r) for c, _, r in plan if c == name})
        if busy:
            found["gaps"] -= busy[-1] - busy[0] + 1 - len(busy)
    return [found[goal] for goal in goals]


def best(document: dict[str, Any], goals: tuple[str, ...]) -> list[Any] | None:
    """The worth of the best plan, or None when no plan is legal."""
    day = Day(document)
    return max((worth(day, plan, goals) for plan in plans(day)), default=None)
