"""What must hold of any solver: determinism, indifference to names, never worse for having more."""

from __future__ import annotations

import copy
import json
import os
import random
import re
import subprocess
import sys
import threading

import pytest

import solver

from .days import crowd, day, pair, random_day
from .exhaustive import Day, worth

GOALS = ("must", "fair", "interest", "gaps")


def forum(seed=7, rounds=4, absent=0.1):
    """A day of the real size: 45 companies, 4 hosts, crowded, some away for a round, promises, companies kept apart."""
    rng = random.Random(seed)
    hosts = [f"h{n}" for n in range(1, 5)]
    names = [f"c{n}" for n in range(1, 46)]
    wishes = []
    for name in names:
        for rank, host in enumerate(rng.sample(hosts, rng.randint(2, 4))):
            wishes.append((name, host, 5 - rank))
    companies = [
        {"id": name, "rounds": [f"r{n}" for n in range(1, rounds + 1) if rng.random() >= absent]} for name in names
    ]
    tables = [{"id": f"t{n}", "host": host, "capacity": 8, "min": 2} for n, host in enumerate(hosts, 1)]
    promised = [pair(company, host) for company, host, _ in rng.sample(wishes, 4)]
    return day(rounds, tables, companies, wishes, must=promised, apart=[["c1", "c2"], ["c3", "c4"]])


def without_time(solution):
    return {key: value for key, value in solution.to_json().items() if key != "seconds"}


@pytest.mark.parametrize("seed", [0, 5])
@pytest.mark.parametrize("make", [lambda: solver.parse(forum()), lambda: crowd(0.2, apart=60)], ids=["forum", "crowd"])
def test_the_same_input_and_seed_give_the_same_file(make, seed):
    """The forum is searched, the crowd walked about: chains of meetings that make way, and gaps closed by lot."""
    first, second = (solver.solve(make(), seed=seed) for _ in range(2))
    assert first.status == "optimal"
    assert without_time(first) == without_time(second)


def value(document):
    found = solver.solve(solver.parse(document))
    return worth(Day(document), [tuple(each) for each in found.assignments], GOALS) if found.found else None


@pytest.mark.parametrize("seed", range(25))
def test_renaming_and_reordering_change_nothing_that_counts(seed):
    document = random_day(seed)
    before = value(document)
    renamed = json.loads(re.sub(r'"([cht])(\d+)"', r'"\1-\2 东湖"', json.dumps(document)))
    assert renamed["companies"][0]["id"] != document["companies"][0]["id"]
    assert value(renamed) == before
    for kind in ("companies", "tables", "wishes"):
        document[kind] = document[kind][::-1]
    assert value(document) == before


def test_two_processes_write_the_same_file_whatever_seeds_their_hashes(tmp_path):
    """The days that flows settle, and one that CP-SAT searches: minima, kept-apart companies, unwished seats."""
    days = [forum(), *(random_day(seed) for seed in range(6))]
    for number, document in enumerate(days):
        source, written = tmp_path / f"{number}.json", set()
        source.write_text(json.dumps(document), encoding="utf-8")
        for seed in ("1", "2"):
            out = tmp_path / f"{number}-{seed}.json"
            command = [sys.executable, "-m", "solver", "solve", str(source), "-o", str(out), "--seconds", "60"]
            subprocess.run(command, check=False, env=os.environ | {"PYTHONHASHSEED": seed})
            written.add(re.sub(r'"seconds": [\d.]+', "", out.read_text(encoding="utf-8")))
        assert len(written) == 1


@pytest.mark.parametrize("seed", range(25))
def test_more_seats_and_more_wishes_never_hurt_the_first_goals(seed):
    document = random_day(seed, rules=False)
    before = value(document)[:3]
    wider = copy.deepcopy(document)
    wider["tables"][0]["capacity"] += 1
    assert value(wider)[:3] >= before
    everyone = {(c["id"], t["host"]) for c in document["companies"] for t in document["tables"]}
    unwished = sorted(everyone - {(w["company"], w["host"]) for w in document["wishes"]})
    if unwished:
        company, host = unwished[0]
        eager = copy.deepcopy(document)
        eager["wishes"].append({"company": company, "host": host, "interest": 3})
        assert value(eager)[:3] >= before


def test_a_search_cut_short_still_returns_a_legal_plan_with_bounds_that_hold():
    instance = solver.parse(forum())
    best = solver.solve(instance)
    cut = solver.solve(instance, cancel=lambda: True)
    assert cut.found
    assert solver.check(instance, cut).ok
    interest = solver.solve(instance, objective=("interest",)).goal("interest").value
    quick = solver.solve(instance, objective=("interest",), cancel=lambda: True).goal("interest")
    assert quick.value <= interest <= quick.bound
    assert best.goal("must").value >= cut.goal("must").value


def test_cancelling_ends_the_search():
    """Twelve kept-apart companies per table make a long search; the button is pressed once it reports progress."""
    document = forum(rounds=6)
    document["apart"] = [[f"c{a}", f"c{b}"] for a in range(1, 46) for b in range(a + 1, 46) if (a * b) % 7 == 1]
    instance = solver.parse(document)
    pressed = threading.Event()
    found = solver.solve(instance, seconds=120, progress=lambda _step: pressed.set(), cancel=pressed.is_set)
    assert found.found
    assert solver.check(instance, found).ok
    assert found.seconds < 60


def test_progress_tells_goals_with_values_and_bounds():
    steps = []
    found = solver.solve(solver.parse(forum()), progress=steps.append)
    last = {step.goal: step for step in steps}
    assert [(last[goal.name].value, last[goal.name].bound) for goal in found.goals] == [
        (goal.value, goal.bound) for goal in found.goals
    ]


def test_a_hint_of_any_kind_is_welcome():
    instance = solver.parse(forum())
    best = solver.solve(instance)
    assert solver.solve(instance, hint=best).goals == best.goals
    nonsense = solver.Solution("feasible", best.assignments[:5] + best.assignments[:1])
    assert solver.solve(instance, hint=nonsense).goals == best.goals


def test_unknown_goals_are_refused():
    with pytest.raises(ValueError, match="luck"):
        solver.solve(solver.parse(day()), objective=("luck",))
    with pytest.raises(ValueError, match="twice"):
        solver.solve(solver.parse(day()), objective=("fair", "fair"))
