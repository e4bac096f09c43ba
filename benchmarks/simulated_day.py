"""A simulated day: what the loop between door and plan is worth.

45 companies, 4 tables, 4 rounds; companies stay away, come late, leave early, a host is late, some walk in. Each seed
is one day, lived four times with the same luck:

  loop        before each round the planner accepts the best repair with at most ten moves
  afresh      before each round the rest of the day is solved anew, without regard for who was promised what
  nothing     the published plan, whatever happens
  hindsight   one plan made in the morning by somebody who knew all of it: the most that could be had

`python benchmarks/simulated_day.py [--seeds 200] [--seconds 5]` prints one table.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import solver

ROUNDS = [f"r{i}" for i in range(1, 5)]
SEATS, TABLES, COMPANIES = 8, 4, 45
GOALS = ("must", "fair", "interest")
# What the planner of the simulation accepts before a round: the best proposal that moves no more meetings than this.
MOST_MOVES = 10
Seat = tuple[str, str, str]


@dataclass
class Luck:
    """What happens on one day; nobody knows it beforehand. Numbers are places in ROUNDS."""

    absent: set[str]
    late: dict[str, int]
    early: dict[str, int]
    walk_ins: dict[str, int]
    host_late: dict[str, int]


def forum(dice: random.Random) -> tuple[dict[str, Any], Luck]:
    """A day as published and what becomes of it. Wishes: four ranks, the first hosts more sought after."""
    hosts = [f"h{i}" for i in range(1, TABLES + 1)]
    names = [f"c{i}" for i in range(1, COMPANIES + 4)]
    wishes = []
    for name in names:
        liked = sorted(hosts, key=lambda host: dice.random() * (1 + hosts.index(host) / 2))[: dice.randint(2, 4)]
        wishes += [{"company": name, "host": host, "interest": 5 - rank} for rank, host in enumerate(liked)]
    announced, newcomers = names[:COMPANIES], names[COMPANIES:]
    fate = {name: dice.random() for name in announced}
    luck = Luck(
        {name for name, f in fate.items() if f < 0.08},
        {name: dice.randint(1, 2) for name, f in fate.items() if 0.08 <= f < 0.18},
        {name: dice.randint(2, 3) for name, f in fate.items() if 0.18 <= f < 0.24},
        {name: dice.randint(0, 2) for name in newcomers if dice.random() < 0.7},
        {dice.choice(hosts): 1} if dice.random() < 0.2 else {},
    )
    document = {
        "schema": "eventday.instance/1",
        "rounds": [{"id": each} for each in ROUNDS],
        "tables": [{"id": f"t{i}", "host": host, "capacity": SEATS} for i, host in enumerate(hosts, 1)],
        "companies": [{"id": name} for name in names],
        "wishes": wishes,
    }
    return document, luck


def there(name: str, luck: Luck) -> list[str]:
    """The rounds in which a company really is there."""
    first = luck.late.get(name, luck.walk_ins.get(name, 0))
    return [] if name in luck.absent else ROUNDS[first : luck.early.get(name, len(ROUNDS))]


def known_at(document: dict[str, Any], luck: Luck, moment: int, newcomers: set[str]) -> dict[str, Any]:
    """The question shortly before round `moment`: who is not here misses that round, and may still come."""
    companies = []
    for company in document["companies"]:
        name, rounds = company["id"], ROUNDS
        if name in newcomers and (name not in luck.walk_ins or luck.walk_ins[name] > moment):
            rounds = []
        elif luck.early.get(name, len(ROUNDS)) <= moment:
            rounds = ROUNDS[:moment]
        elif moment < len(ROUNDS) and ROUNDS[moment] not in there(name, luck):
            rounds = [each for each in ROUNDS if each != ROUNDS[moment]]
        companies.append({"id": name, "rounds": list(rounds)})
    tables = [
        table | {"rounds": [r for r in ROUNDS if r != ROUNDS[moment] or luck.host_late.get(table["host"], 0) <= moment]}
        for table in document["tables"]
    ]
    return document | {"now": ROUNDS[moment], "companies": companies, "tables": tables}


def held(plan: list[Seat], document: dict[str, Any], luck: Luck) -> list[Seat]:
    """The meetings that really take place."""
    host = {table["id"]: table["host"] for table in document["tables"]}
    return [
        each
        for each in plan
        if each[2] in there(each[0], luck) and ROUNDS.index(each[2]) >= luck.host_late.get(host[each[1]], 0)
    ]


def live_through(document: dict[str, Any], luck: Luck, plan: list[Seat], afresh: bool, seconds: float) -> list[Any]:
    """The day with a repair before each round; returns (plan, moves, slowest repair, who lost a meeting by others)."""
    newcomers = {f"c{i}" for i in range(COMPANIES + 1, COMPANIES + 4)}
    moves, slowest, wronged = 0, 0.0, 0
    for moment in range(len(ROUNDS)):
        question = known_at(document, luck, moment, newcomers)
        instance = solver.parse(question)
        before = solver.Solution("feasible", tuple(solver.Assignment(*each) for each in plan))
        began = time.perf_counter()
        if afresh:
            history = [{"company": c, "table": t, "round": r} for c, t, r in plan if ROUNDS.index(r) < moment]
            found = again(question, history, seconds)
        else:
            found = solver.repair(instance, before, max_moves=MOST_MOVES, seconds=seconds, objective=GOALS)
        slowest = max(slowest, time.perf_counter() - began)
        if not found.found:
            continue
        after = [tuple(each) for each in found.assignments]
        moves += moved(question, plan, after, moment)
        wronged += worse_off(question, plan, after, moment)
        plan = after  # type: ignore[assignment]
    return [plan, moves, slowest, wronged]


def again(question: dict[str, Any], history: list[dict[str, str]], seconds: float) -> solver.Solution:
    """The rest of the day solved anew: what took place is locked, everybody in it having been there."""
    were = Counter(each["company"] for each in history)
    past = {(each["company"], each["round"]) for each in history}
    now = ROUNDS.index(question["now"])
    companies = [
        {
            "id": each["id"],
            "rounds": [
                r for r in ROUNDS if (each["id"], r) in past or (ROUNDS.index(r) >= now and r in each["rounds"])
            ],
        }
        for each in question["companies"]
    ]
    closed = {table["id"]: set(ROUNDS) - set(table["rounds"]) for table in question["tables"]}
    tables = [
        table | {"rounds": [r for r in ROUNDS if ROUNDS.index(r) < now or r not in closed[table["id"]]]}
        for table in question["tables"]
    ]
    fresh = {key: value for key, value in question.items() if key != "now"}
    fresh |= {"companies": companies, "tables": tables, "locks": history}
    assert sum(were.values()) == len(history)
    return solver.solve(solver.parse(fresh), seconds=seconds, objective=GOALS)


def possible(question: dict[str, Any], plan: list[Seat], moment: int) -> set[Seat]:
    """What of `plan` is still to come and still can."""
    rounds = {each["id"]: set(each["rounds"]) for each in question["companies"] + question["tables"]}
    return {e for e in plan if ROUNDS.index(e[2]) >= moment and e[2] in rounds[e[0]] and e[2] in rounds[e[1]]}


def moved(question: dict[str, Any], plan: list[Seat], after: list[Any], moment: int) -> int:
    """Meetings that could have stayed where they were and did not."""
    return len(possible(question, plan, moment) - set(after))


def worse_off(question: dict[str, Any], plan: list[Seat], after: list[Any], moment: int) -> int:
    """Companies that are given fewer meetings than they could have kept."""
    before, now = (
        Counter(e[0] for e in possible(question, plan, moment)),
        Counter(e[0] for e in after if ROUNDS.index(e[2]) >= moment),
    )
    return sum(now[name] < count for name, count in before.items())


def one_day(seed: int, seconds: float) -> dict[str, list[float]]:
    """Each way's (meetings held, wishes met, moves, wronged, slowest seconds)."""
    dice = random.Random(seed)
    document, luck = forum(dice)
    announced = document | {
        "companies": [
            each | {"rounds": ROUNDS if int(each["id"][1:]) <= COMPANIES else []} for each in document["companies"]
        ]
    }
    plan = [tuple(each) for each in solver.solve(solver.parse(announced), seconds=seconds, objective=GOALS).assignments]
    knew = document | {
        "companies": [each | {"rounds": there(each["id"], luck)} for each in document["companies"]],
        "tables": [table | {"rounds": ROUNDS[luck.host_late.get(table["host"], 0) :]} for table in document["tables"]],
    }
    most = len(solver.solve(solver.parse(knew), seconds=seconds, objective=("interest",)).assignments)
    best = solver.solve(solver.parse(knew), seconds=seconds, objective=GOALS).assignments
    told: dict[str, list[float]] = {"hindsight": [max(most, len(best)), 0, 0, 0]}
    told["nothing"] = [len(held(plan, document, luck)), 0, 0, 0]  # type: ignore[arg-type]
    for way in ("loop", "afresh"):
        end, moves, slowest, wronged = live_through(document, luck, plan, way == "afresh", seconds)  # type: ignore[arg-type]
        told[way] = [len(held(end, document, luck)), moves, wronged, slowest]
    return told


def main() -> None:
    """Live the days and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seeds", type=int, default=200)
    options.add_argument("--seconds", type=float, default=5.0)
    asked = options.parse_args()
    days = [one_day(seed, asked.seconds) for seed in range(asked.seeds)]
    print(
        f"{asked.seeds} days of {COMPANIES} companies, {TABLES} tables of {SEATS}, {len(ROUNDS)} rounds; sums over all"
    )
    print(f"{'':10} {'meetings held':>14} {'of hindsight':>13} {'moves':>7} {'worse off':>10} {'slowest s':>10}")
    ceiling = sum(day["hindsight"][0] for day in days)
    for way in ("hindsight", "loop", "afresh", "nothing"):
        meetings, moves, wronged = (sum(day[way][i] for day in days) for i in range(3))
        slowest = max(day[way][3] for day in days)
        share = meetings / ceiling
        print(f"{way:10} {meetings:14.0f} {share:13.1%} {moves:7.0f} {wronged:10.0f} {slowest:10.2f}")


if __name__ == "__main__":
    main()
