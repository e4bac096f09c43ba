"""The board: verdicts before the drop, drops checked by the server, stale writes refused, undo and redo."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventday.models import Apart, Lock, PairRule, Plan, db, writing
from eventday.services.planning import drafts, rulings
from eventday.services.planning.ids import seats_of
from tests.builders import NOW, signed_in


@pytest.fixture
def draft(forum) -> Plan:
    """A draft of the small forum in which the first host has one seat in each round."""
    with writing():
        forum.tables[0].capacity = 1
    plan, _answer = drafts.solve_event(forum.event, now=NOW, actor="tests", seconds=60)
    return plan


def url(plan: Plan, rest: str) -> str:
    return f"/events/forum/plan/{plan.id}/{rest}"


def unseated(forum, plan) -> str:
    """A company that does not meet the first host."""
    met = {seat.company for seat in seats_of(plan) if seat.table == f"t{forum.tables[0].id}"}
    return next(f"c{each.id}" for each in forum.companies if f"c{each.id}" not in met)


def free_round(forum, plan, company: str) -> str:
    """A round in which the company sits nowhere."""
    busy = {seat.round for seat in seats_of(plan) if seat.company == company}
    return next(f"r{each.id}" for each in forum.rounds if f"r{each.id}" not in busy)


def test_every_cell_says_whether_it_takes_the_chip_and_which_rule_refuses(forum, planner, draft):
    company = unseated(forum, draft)
    cells = planner.get(url(draft, f"verdicts.json?company={company}")).json["cells"]
    assert len(cells) == 4
    full = cells[f"t{forum.tables[0].id} {free_round(forum, draft, company)}"]
    assert full["reason"] == "full"
    assert len(full["who"]) == 1


def test_a_drop_that_breaks_a_rule_is_refused_and_changes_nothing(forum, planner, draft):
    company, before = unseated(forum, draft), seats_of(draft)
    drop = {"company": company, "to_table": f"t{forum.tables[0].id}", "to_round": free_round(forum, draft, company)}
    answer = planner.post(url(draft, "moves.json"), json=drop | {"revision": 0})
    assert (answer.status_code, answer.json["error"]) == (422, "full")
    assert seats_of(draft) == before


def test_taking_a_chip_off_can_be_undone_and_redone(planner, draft):
    before = seats_of(draft)
    seat = before[0]
    off = {"company": seat.company, "table": seat.table, "round": seat.round, "revision": 0}
    assert planner.post(url(draft, "moves.json"), json=off).json == {"revision": 1}
    assert set(seats_of(draft)) == set(before) - {seat}
    assert planner.post(url(draft, "undo.json"), json={"revision": 1}).json == {"revision": 2}
    assert seats_of(draft) == before
    assert planner.post(url(draft, "redo.json"), json={"revision": 2}).json == {"revision": 3}
    assert set(seats_of(draft)) == set(before) - {seat}
    assert planner.post(url(draft, "redo.json"), json={"revision": 3}).status_code == 422


def test_of_two_planners_on_one_revision_the_second_is_refused(planner, draft):
    first, second = seats_of(draft)[:2]
    moves = [{"company": s.company, "table": s.table, "round": s.round, "revision": 0} for s in (first, second)]
    assert planner.post(url(draft, "moves.json"), json=moves[0]).status_code == 200
    answer = planner.post(url(draft, "moves.json"), json=moves[1])
    assert (answer.status_code, answer.json["error"]) == (409, "stale")
    assert second in seats_of(draft)


def test_a_company_that_will_not_come_after_all_can_be_taken_off_the_board_and_put_nowhere_else(forum, planner, draft):
    gone, free = seats_of(draft)[0].company, f"t{forum.tables[1].id}"
    mine = [seat for seat in seats_of(draft) if seat.company == gone]
    rulings.set_withdrawn(forum.event, gone, True, now=NOW, actor="tests")
    for page in ("", "/board", "/publish", "/certificate.json"):
        assert planner.get(f"/events/forum/plan/{draft.id}{page}").status_code == 200, page
    refused = planner.post(url(draft, "publish?lang=en"), data={"revision": "0"})
    assert refused.status_code == 422
    assert "A company in this plan will not come any more." in refused.text
    for revision, seat in enumerate(mine):
        chip = f"company={gone}&table={seat.table}&round={seat.round}"
        cells = planner.get(url(draft, f"verdicts.json?{chip}")).json["cells"]
        assert [(cell, told["reason"]) for cell, told in cells.items()] == [("off", None)]
        drop = seat._asdict() | {"revision": revision}
        refused = planner.post(url(draft, "moves.json"), json=drop | {"to_table": free, "to_round": seat.round})
        assert (refused.status_code, refused.json["field"]) == (422, "company")
        assert planner.post(url(draft, "moves.json"), json=drop).json == {"revision": revision + 1}
    assert planner.post(url(draft, "publish"), data={"revision": str(len(mine))}).status_code == 302


def test_a_locked_chip_stays_where_it_is(forum, planner, draft):
    seat = seats_of(draft)[0]
    ruling = {"what": "lock", "table": seat.table, "round": seat.round, "revision": "0"}
    assert planner.post(url(draft, f"companies/{seat.company}"), data=ruling).status_code == 200
    assert db.session.query(Lock).count() == 1
    off = {"company": seat.company, "table": seat.table, "round": seat.round, "revision": 1}
    assert planner.post(url(draft, "moves.json"), json=off).json["error"] == "locked"
    planner.post(url(draft, f"companies/{seat.company}"), data=ruling | {"what": "release", "revision": "1"})
    assert db.session.query(Lock).count() == 0


def test_rules_are_set_where_they_are_seen(forum, planner, draft):
    first, second = f"c{forum.companies[0].id}", f"c{forum.companies[1].id}"
    host, table = f"h{forum.hosts[0].id}", f"t{forum.tables[0].id}"
    planner.post(url(draft, f"companies/{first}"), data={"what": "pair", "host": host, "rule": "must", "revision": "0"})
    planner.post(url(draft, f"companies/{first}"), data={"what": "apart", "other": second, "revision": "1"})
    rounds = [f"r{forum.rounds[0].id}"]
    planner.post(url(draft, f"tables/{table}"), data={"capacity": "3", "open": rounds, "revision": "2"})
    db.session.rollback()
    assert db.session.query(PairRule).one().rule == "must"
    assert db.session.query(Apart).count() == 1
    assert forum.tables[0].capacity == 3
    assert [each.id for each in forum.tables[0].closed_rounds] == [forum.rounds[1].id]
    faults = planner.get(url(draft, "board?lang=en")).text
    assert "the table is closed in this round" in faults


def test_rules_are_undone_and_redone_like_moves_in_their_turn(forum, planner, draft):
    company, host, table = f"c{forum.companies[0].id}", f"h{forum.hosts[0].id}", f"t{forum.tables[0].id}"
    planner.post(
        url(draft, f"companies/{company}"), data={"what": "pair", "host": host, "rule": "never", "revision": "0"}
    )
    planner.post(url(draft, f"tables/{table}"), data={"capacity": "3", "open": [], "revision": "1"})
    assert (forum.tables[0].capacity, len(forum.tables[0].closed_rounds)) == (3, 2)
    planner.post(url(draft, "undo.json"), json={"revision": 2})
    assert (forum.tables[0].capacity, len(forum.tables[0].closed_rounds)) == (1, 0)
    planner.post(url(draft, "undo.json"), json={"revision": 3})
    assert db.session.query(PairRule).count() == 0
    planner.post(url(draft, "redo.json"), json={"revision": 4})
    assert db.session.query(PairRule).one().rule == "never"


def test_a_rule_that_was_changed_elsewhere_is_not_undone_over_it(forum, planner, draft):
    table = f"t{forum.tables[0].id}"
    rounds = [f"r{each.id}" for each in forum.rounds]
    planner.post(url(draft, f"tables/{table}"), data={"capacity": "3", "open": rounds, "revision": "0"})
    with writing():
        forum.tables[0].capacity = 7
    answer = planner.post(url(draft, "undo.json"), json={"revision": 1})
    assert (answer.status_code, forum.tables[0].capacity) == (409, 7)


def test_a_rule_set_on_a_board_that_has_moved_on_is_refused(forum, planner, draft):
    seat = seats_of(draft)[0]
    planner.post(
        url(draft, "moves.json"),
        json={"company": seat.company, "table": seat.table, "round": seat.round, "revision": 0},
    )
    ban = {"what": "pair", "host": f"h{forum.hosts[0].id}", "rule": "never", "revision": "0"}
    assert planner.post(url(draft, f"companies/{seat.company}"), data=ban).status_code == 409
    assert db.session.query(PairRule).count() == 0


def test_the_cheapest_swap_is_applied_with_one_tap(forum, planner, draft):
    company, host = unseated(forum, draft), f"h{forum.hosts[0].id}"
    assert "Apply to the draft" in planner.get(url(draft, f"why?company={company}&host={host}&lang=en")).text
    planner.post(url(draft, "swap"), data={"company": company, "host": host, "revision": "0"})
    met = {seat.company for seat in seats_of(draft) if seat.table == f"t{forum.tables[0].id}"}
    assert company in met


def test_the_board_is_sent_again_only_when_it_changed(planner, draft):
    page = planner.get(url(draft, "board/grid")).text
    stamp = page.split('data-stamp="')[1].split('"')[0]
    assert planner.get(url(draft, f"board/grid?seen={stamp}")).status_code == 204
    assert planner.get(url(draft, "board/grid?seen=other")).status_code == 200


def test_a_published_plan_cannot_be_edited(forum, planner, draft):
    planner.post(url(draft, "publish"), data={"revision": "0"})
    seat = seats_of(draft)[0]
    off = {"company": seat.company, "table": seat.table, "round": seat.round, "revision": 0}
    assert planner.post(url(draft, "moves.json"), json=off).status_code == 409


def test_the_draft_named_nonsense_is_refused_with_the_field(planner, draft):
    assert planner.post(url(draft, "moves.json"), json=[]).status_code == 422
    answer = planner.post(url(draft, "moves.json"), json={"company": "x", "revision": 0})
    assert (answer.status_code, answer.json["field"]) == (422, "company")


def test_what_has_begun_stays_where_it_is_and_takes_nobody(app, forum, draft):
    begun, ahead = (f"r{each.id}" for each in forum.rounds)
    held = next(seat for seat in seats_of(draft) if seat.round == begun)
    later = next(seat for seat in seats_of(draft) if seat.round == ahead)
    with time_machine.travel(forum.rounds[0].start + timedelta(minutes=5), tick=False):
        planner = signed_in(app, "planner")

        def reasons(seat):
            place = f"company={seat.company}&table={seat.table}&round={seat.round}"
            cells = planner.get(url(draft, f"verdicts.json?{place}")).json["cells"]
            return {key: verdict["reason"] for key, verdict in cells.items()}

        assert set(reasons(held).values()) == {"held"}
        assert {word for key, word in reasons(later).items() if key.endswith(begun)} == {"past"}


def test_the_view_by_company_holds_every_meeting_and_every_wish_that_was_left_over(forum, planner, draft):
    page = planner.get(url(draft, "board?by=company&lang=en")).text
    rows = {row.split('"')[0]: row for row in page.split('data-party="')[1:]}
    assert len(rows) == 4
    for company, row in rows.items():
        seats = [seat for seat in seats_of(draft) if seat.company == company]
        assert row.count('data-table="') == len(seats)
        assert row.count("board__chip") == 2  # each wished for both hosts: a meeting, or a chip that waits
