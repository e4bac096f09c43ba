"""A simulated day: what the loop between door and plan is worth.

45 companies, 4 tables, 4 rounds; companies stay away, come late, leave early, a host is late, some walk in. Each seed
is one day, lived four times with the same luck:

  loop        before each round the planner accepts the best repair with at most ten moves
  afresh      before each round the rest of the day is solved anew, without regard for who was promised what
  nothing     the published plan, whatever happens
  hindsight   one plan made in the morning by somebody who knew all of it: the most that could be had

On each day a few meetings are promised that nobody wished, so meetings held and wishes met are two numbers; `of wishes`
counts the wishes of those companies that came at all.

`python benchmarks/simulated_day.py [--seeds 200] [--seconds 5]` prints one table.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import solver
from benchmarks.luck import COMPANIES, ROUNDS, SEATS, TABLES, Luck, Seat, forum, held, known_at, met, there

GOALS = ("must", "fair", "interest")
# What the planner of the simulation accepts before a round: the best proposal that moves no more meetings than this.
MOST_MOVES = 10


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


def as_one(document: dict[str, Any]) -> dict[str, Any]:
    """The same day with every wish and promise worth as much as any other: its best plan has the most meetings."""
    pairs = [{"company": each["company"], "host": each["host"]} for each in document["wishes"] + document["must"]]
    return document | {"wishes": [pair | {"interest": 1} for pair in pairs], "must": []}


def one_day(seed: int, seconds: float) -> dict[str, list[float]]:
    """Each way's (meetings held, wishes met, moves, wronged, slowest seconds), and the wishes of those who came."""
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
    most = [tuple(each) for each in solver.solve(solver.parse(as_one(knew)), seconds=seconds).assignments]
    told: dict[str, list[float]] = {
        "hindsight": [len(most), met(most, document), 0, 0, 0],  # type: ignore[arg-type]
        "wishes": [sum(bool(there(wish["company"], luck)) for wish in document["wishes"])],
    }
    ends: dict[str, list[Any]] = {"nothing": [plan, 0, 0.0, 0]}
    for way in ("loop", "afresh"):
        ends[way] = live_through(document, luck, plan, way == "afresh", seconds)
    for way, (end, moves, slowest, wronged) in ends.items():
        took_place = held(end, document, luck)
        told[way] = [len(took_place), met(took_place, document), moves, wronged, slowest]
    return told


def main() -> None:
    """Live the days and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seeds", type=int, default=200)
    options.add_argument("--seconds", type=float, default=5.0)
    asked = options.parse_args()
    days = []
    for seed in range(asked.seeds):
        days.append(one_day(seed, asked.seconds))
        print(f"\r{seed + 1}/{asked.seeds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(
        f"{asked.seeds} days of {COMPANIES} companies, {TABLES} tables of {SEATS}, {len(ROUNDS)} rounds; sums over all"
    )
    print(
        f"{'':10} {'meetings held':>14} {'of hindsight':>13} {'wishes met':>11} {'of wishes':>10} "
        f"{'moves':>7} {'worse off':>10} {'slowest s':>10}"
    )
    ceiling, wishes = sum(day["hindsight"][0] for day in days), sum(day["wishes"][0] for day in days)
    for way in ("hindsight", "loop", "afresh", "nothing"):
        meetings, granted, moves, wronged = (sum(day[way][i] for day in days) for i in range(4))
        slowest = max(day[way][4] for day in days)
        print(
            f"{way:10} {meetings:14.0f} {meetings / ceiling:13.1%} {granted:11.0f} {granted / wishes:10.1%} "
            f"{moves:7.0f} {wronged:10.0f} {slowest:10.2f}"
        )


if __name__ == "__main__":
    main()
