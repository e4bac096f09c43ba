"""Why a wish has no meeting: what is told of all at once is what one finds by looking at one."""

from __future__ import annotations

from collections import Counter

import solver
from solver.board import Board
from solver.methods.first_come import first_come
from solver.unmet import UNMET, unmet

from .days import random_day

DAYS = 400


def stopped_by(instance, plan, company_id, host_id):
    """The first thing that stops a meeting, read from the instance and the plan as a person would."""
    company = next(each for each in instance.companies if each.id == company_id)
    host = next(each for each in instance.hosts if each.id == host_id)
    tables = [each for each in instance.tables if each.host == host_id and each.rounds]
    host_of = {each.id: each.host for each in instance.tables}
    seats = {each.id: each.seats for each in instance.companies}
    if (company_id, host_id) in instance.never:
        return "never"
    if not tables:
        return "no_table"
    large = [each for each in tables if each.capacity >= company.seats]
    if not large:
        return "too_big"
    places = [(table, r) for table in large for r in table.rounds if r in company.rounds]
    if not places:
        return "absent"
    if sum(each.company == company_id for each in plan) == company.max_meetings:
        return "company_limit"
    received = sum(host_of[each.table] == host_id for each in plan)
    if host.max_meetings is not None and received >= host.max_meetings:
        return "host_limit"
    at = {(table.id, r): [one.company for one in plan if one[1:] == (table.id, r)] for table, r in places}
    roomy = [
        (table.id, r)
        for table, r in places
        if sum(seats[each] for each in at[table.id, r]) + company.seats <= table.capacity
    ]
    if not roomy:
        return "full"
    turns = Counter(each.round for each in plan if each.company == company_id)
    free = [place for place in roomy if turns[place[1]] < company.delegations]
    if not free:
        return "busy"
    foes = {each for pair in instance.apart if company_id in pair for each in pair}
    return "apart" if all(foes.intersection(at[place]) for place in free) else "open"


def test_every_promise_and_wish_without_a_meeting_is_named_with_what_stopped_it():
    seen = Counter()
    for seed in range(DAYS):
        instance = solver.parse(random_day(seed))
        board = Board(instance)
        triples = first_come(board, lambda: None)
        plan = board.assignments(triples)
        host_of = {each.id: each.host for each in instance.tables}
        met = {(each.company, host_of[each.table]) for each in plan}
        asked = [("must", *pair) for pair in instance.must] + [("wish", *wish[:2]) for wish in instance.wishes]
        told = [(each.kind, each.company, each.host, each.reason) for each in unmet(board, triples)]
        assert told == [
            (kind, company, host, stopped_by(instance, plan, company, host))
            for kind, company, host in asked
            if (company, host) not in met
        ]
        seen.update(reason for *_, reason in told)
    assert set(seen) >= set(UNMET) - {"open"}
