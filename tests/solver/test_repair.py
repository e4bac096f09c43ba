"""Repair: what is possible stays, promises are kept, few move, those who wait are served."""

from __future__ import annotations

import copy
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import solver

from .days import day, pair, random_day
from .exhaustive import Day, plans, worth

GOALS = ("must", "fair", "interest", "gaps")
TWO_TABLES = [{"id": "t1", "host": "h1", "capacity": 2}, {"id": "t2", "host": "h2", "capacity": 2}]


def published_of(document):
    return solver.solve(solver.parse(document))


def repaired(document, published, **how):
    instance = solver.parse(document)
    found = solver.repair(instance, published, **how)
    assert solver.check(instance, found).ok
    return found


def strict_moves(solution):
    return [move for move in solution.moves if move.reason in ("crowded", "promise", "better")]


def test_an_unchanged_day_is_left_alone():
    document = day(rounds=2, tables=TWO_TABLES, companies=4)
    published = published_of(document)
    found = repaired(document, published)
    assert found.assignments == published.assignments
    assert found.moves == ()


def test_the_seat_of_an_absent_company_goes_to_one_that_waits_and_nobody_moves():
    document = day(rounds=1, tables=1, companies=2, wishes=[("c1", "h1", 5), ("c2", "h1", 1)])
    published = published_of(document)
    document["companies"][0]["rounds"] = []
    found = repaired(document, published)
    assert [each.company for each in found.assignments] == ["c2"]
    assert [(move.company, move.to, move.reason) for move in found.moves] == [("c1", None, "absent")]


def test_past_rounds_stay_as_published_and_nothing_is_added_to_them():
    document = day(rounds=3, tables=1, companies=4)
    published = published_of(document)
    document["now"] = "r3"
    for company in document["companies"]:
        company["rounds"] = ["r3"] if company["id"] != "c1" else []
    found = repaired(document, published)
    past = [each for each in published.assignments if each.round != "r3"]
    assert [each for each in found.assignments if each.round != "r3"] == past


def test_a_walk_in_takes_what_is_free_and_displaces_nobody():
    document = day(rounds=1, tables=1, companies=1)
    published = published_of(document)
    document["companies"].append({"id": "w1"})
    document["wishes"].append({"company": "w1", "host": "h1", "interest": 1000})
    found = repaired(document, published)
    assert [each.company for each in found.assignments] == ["c1"]


def test_a_promise_moves_somebody_only_as_far_as_needed():
    document = day(rounds=2, tables=1, companies=[{"id": "c1"}, {"id": "c2", "rounds": []}])
    published = published_of(document)
    taken = published.assignments[0].round
    document["companies"][1]["rounds"] = [taken]
    document["must"] = [pair("c2", "h1")]
    found = repaired(document, published)
    assert {each.company for each in found.assignments} == {"c1", "c2"}
    assert [(move.company, move.reason) for move in found.moves] == [("c1", "promise")]
    assert found.moves[0].to is not None


def test_a_company_that_is_present_never_loses_a_meeting_to_a_newcomers_promise():
    document = day(rounds=1, tables=1, companies=1)
    published = published_of(document)
    document["companies"].append({"id": "w1"})
    document["must"] = [pair("w1", "h1")]
    found = repaired(document, published)
    assert [each.company for each in found.assignments] == ["c1"]
    assert found.goal("must").value == 0
    assert [each.reason for each in found.unmet if each.kind == "must"] == ["full"]


def test_a_host_that_leaves_costs_meetings_and_it_is_said():
    document = day(rounds=2, tables=TWO_TABLES, companies=2)
    published = published_of(document)
    document["now"] = "r2"
    document["tables"][0]["rounds"] = ["r1"]
    found = repaired(document, published)
    lost = [each for each in published.assignments if each.table == "t1" and each.round == "r2"]
    assert [(move.company, move.reason) for move in found.moves if move.to is None] == [
        (each.company, "host_gone") for each in lost
    ]
    assert len(found.problems) == len(lost)


def test_a_table_that_shrinks_makes_somebody_move():
    document = day(rounds=2, tables=[{"id": "t1", "host": "h1", "capacity": 2}], companies=2)
    published = solver.parse_solution(
        {
            "schema": "eventday.solution/1",
            "assignments": [{"company": c, "table": "t1", "round": "r1"} for c in ("c1", "c2")],
        },
        solver.parse(document),
    )
    document["tables"][0]["capacity"] = 1
    found = repaired(document, published)
    assert len(found.assignments) == 2
    assert [move.reason for move in found.moves] == ["crowded"]


def test_a_lock_of_an_absent_company_gives_way():
    document = day(rounds=1, tables=1, companies=1, locks=[{"company": "c1", "table": "t1", "round": "r1"}])
    published = published_of(document)
    document["companies"][0]["rounds"] = []
    found = repaired(document, published)
    assert found.assignments == ()
    assert [problem.reason for problem in found.problems] == ["lock_impossible"]


def test_a_company_no_longer_part_of_the_event_is_gone():
    document = day(rounds=1, tables=1, companies=2, wishes=[("c1", "h1", 5), ("c2", "h1", 1)])
    published = published_of(document)
    document["companies"] = document["companies"][1:]
    document["wishes"] = document["wishes"][1:]
    found = repaired(document, published)
    assert [move.reason for move in found.moves] == ["removed"]
    assert [each.company for each in found.assignments] == ["c2"]


def change(document, seed):
    """Something happens to a day: absences, late arrivals, closed tables, a walk-in, a new promise."""
    rng = random.Random(seed)
    changed = copy.deepcopy(document)
    rounds = [each["id"] for each in changed["rounds"]]
    for company in changed["companies"]:
        company.pop("min_meetings", None)
        if rng.random() < 0.3:
            company["rounds"] = [each for each in company.get("rounds", rounds) if rng.random() < 0.5]
    for table in changed["tables"]:
        table.pop("min", None)
        if rng.random() < 0.2:
            table["rounds"] = [each for each in table.get("rounds", rounds) if rng.random() < 0.5]
    hosts = [table["host"] for table in changed["tables"]]
    changed["companies"].append({"id": "w1"})
    changed["wishes"].append({"company": "w1", "host": rng.choice(hosts), "interest": 5})
    if rng.random() < 0.5:
        changed["must"] = [pair("w1", rng.choice(hosts))]
    changed.pop("locks", None)
    return changed


def best_repair(document, published):
    """By exhaustion: nobody falls short, promises, fewest moves, goals."""
    today = Day(document)
    every = list(plans(today))
    possible = {
        (c, t, r)
        for c, t, r in map(tuple, published.assignments)
        if r in today.companies[c]["rounds"]
        and r in today.tables[t]["rounds"]
        and (c, today.tables[t]["host"]) in today.may
        and today.companies[c]["seats"] <= today.tables[t]["capacity"]
        and (c, today.tables[t]["host"]) not in today.never
    }

    def key(plan):
        shortfall = 0
        for company in today.companies:
            for counts in (lambda _pair: True, lambda each: each in today.wishes):
                before = sum(c == company and counts((c, today.tables[t]["host"])) for c, t, _ in possible)
                after = sum(c == company and counts((c, today.tables[t]["host"])) for c, t, _ in plan)
                shortfall += max(0, before - after)
        return [-shortfall, worth(today, plan, ("must",)), -len(possible - set(plan)), worth(today, plan, GOALS)]

    return max(map(key, every))


@given(seed=st.integers(0, 10**9))
@settings(max_examples=150)
def test_a_repair_is_the_best_one_there_is(seed):
    document = random_day(seed)
    published = published_of(document)
    changed = change(document, seed)
    if not published.found:
        return
    found = repaired(changed, published)
    short, must, moves, goals = best_repair(changed, published)
    assert found.status == "optimal"
    assert -len(strict_moves(found)) == moves
    assert worth(Day(changed), [tuple(each) for each in found.assignments], GOALS) == goals
    assert [found.goal("must").value] == must
    assert short <= 0


@pytest.mark.parametrize("seed", range(12))
def test_each_proposal_on_the_list_moves_more_and_is_better(seed):
    document = random_day(seed, rules=False)
    published = published_of(document)
    changed = change(document, seed)
    offers = solver.pareto(solver.parse(changed), published)
    moves = [len(strict_moves(offer)) for offer in offers]
    values = [worth(Day(changed), [tuple(each) for each in offer.assignments], GOALS) for offer in offers]
    assert moves == sorted(set(moves))
    assert values == sorted(values)
    assert len({str(value) for value in values}) == len(values)
    for limit, offer in zip(moves, offers, strict=True):
        again = solver.repair(solver.parse(changed), published, max_moves=limit)
        assert len(strict_moves(again)) <= limit
        assert worth(Day(changed), [tuple(each) for each in again.assignments], GOALS) >= worth(
            Day(changed), [tuple(each) for each in offer.assignments], GOALS
        )
