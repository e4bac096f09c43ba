"""Every repair of a tiny day is the best there is, as `repair_oracle` finds by trying all of them."""

from __future__ import annotations

import copy
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import solver
from solver.measure import standing

from .days import lock, pair, random_day
from .mending import published_of, repaired, strict_moves
from .repair_oracle import Mended


def change(document, seed):
    """Something happens to a day: absences, closed or smaller tables, new limits, pairs apart, a walk-in, promises."""
    rng = random.Random(seed)
    changed = copy.deepcopy(document)
    rounds = [each["id"] for each in changed["rounds"]]
    changed["now"] = rng.choice(rounds)
    for company in changed["companies"]:
        _upset_company(rng, company, rounds)
    for table in changed["tables"]:
        _upset_table(rng, table, rounds)
    for host in changed["hosts"]:
        if rng.random() < 0.1:
            host["max_meetings"] = rng.randint(1, 2)
    _ask_for_more(rng, changed, rounds)
    return changed


def _upset_company(rng, company, rounds):
    if rng.random() < 0.25:
        company["rounds"] = [each for each in company.get("rounds", rounds) if rng.random() < 0.5]
    if rng.random() < 0.1:
        company |= {"max_meetings": 1, "min_meetings": rng.randint(0, 1)}
    elif rng.random() < 0.1:
        company["min_meetings"] = 1


def _upset_table(rng, table, rounds):
    if rng.random() < 0.2:
        table["rounds"] = [each for each in table.get("rounds", rounds) if rng.random() < 0.5]
    if rng.random() < 0.15:
        table |= {"capacity": 1, "min": min(1, table.get("min", 0))}
    if rng.random() < 0.2:
        table["min"] = rng.randint(1, table["capacity"])


def _ask_for_more(rng, changed, rounds):
    hosts = [table["host"] for table in changed["tables"]]
    names = [company["id"] for company in changed["companies"]]
    changed["companies"].append({"id": "w1"})
    changed["wishes"].append({"company": "w1", "host": rng.choice(hosts), "interest": 5})
    promised = [pair("w1", rng.choice(hosts)), pair(rng.choice(names), rng.choice(hosts))]
    changed["must"] += [each for each in promised if rng.random() < 0.4 and each not in changed["must"]]
    if len(names) > 1 and rng.random() < 0.2:
        changed["apart"] = [rng.sample(names, 2)]
    changed["locks"] = [each for each in changed.get("locks", []) if rng.random() < 0.5]
    if rng.random() < 0.2 and not changed["locks"]:
        changed["locks"] = [lock(rng.choice([*names, "w1"]), rng.choice(changed["tables"])["id"], rng.choice(rounds))]


def mended(seed):
    """A published day, what it has become, and the oracle for it; None where the first day has no plan."""
    document = random_day(seed)
    published = published_of(document)
    if not published.found:
        return None
    changed = change(document, seed)
    return changed, published, Mended(changed, [tuple(each) for each in published.assignments])


def plan_of(solution):
    return [tuple(each) for each in solution.assignments]


@given(seed=st.integers(0, 10**9))
@settings(max_examples=200)
def test_a_repair_is_the_best_one_there_is(seed):
    if (case := mended(seed)) is None:
        return
    changed, published, oracle = case
    found, best = repaired(changed, published), oracle.best()
    if best is None:
        assert found.status == "infeasible"
        return
    assert found.status == "optimal"
    assert oracle.worth(plan_of(found)) == best
    assert len(strict_moves(found)) == oracle.moves(plan_of(found))


@given(seed=st.integers(0, 10**9), limit=st.integers(0, 3))
@settings(max_examples=100)
def test_a_repair_within_a_limit_on_moves_is_the_best_one_there_is(seed, limit):
    if (case := mended(seed)) is None:
        return
    changed, published, oracle = case
    found, best = repaired(changed, published, max_moves=limit), oracle.best(limit)
    if best is None:
        assert found.status == "infeasible"
        assert found.problems
        return
    assert found.status == "optimal"
    assert oracle.worth(plan_of(found), limit) == best


@pytest.mark.parametrize("seed", range(12))
def test_each_proposal_on_the_list_moves_more_and_is_better(seed):
    cases = (case for each in range(seed, 999, 12) if (case := mended(each)) and case[2].best() is not None)
    changed, published, oracle = next(cases)
    instance = solver.parse(changed)
    offers = solver.pareto(instance, published)
    moves = [len(strict_moves(offer)) for offer in offers]
    ranks = [standing(solver.measure(instance, offer.assignments, solver.DEFAULT_OBJECTIVE)) for offer in offers]
    assert moves == sorted(set(moves))
    assert ranks == sorted(set(ranks))
    assert all(solver.check(instance, offer).ok for offer in offers)
    assert oracle.worth(plan_of(offers[0])) == oracle.best()
    for limit, offer in zip(moves[1:], offers[1:], strict=True):
        assert oracle.worth(plan_of(offer), limit) == oracle.best(limit)
