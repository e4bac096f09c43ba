"""Large flows work in a process of their own: the same answer, no waiting for it, and nothing left behind."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import solver
from benchmarks.solver.crowds import crowd
from solver.board import Board
from solver.clock import OutOfTimeError
from solver.methods import flow_process
from solver.methods.first_come import first_come
from solver.methods.flows import Question, cheapest

from .days import parsed, random_day

GOALS = ("must", "fair", "interest")


def go_on():
    """A pause after which everything goes on."""


def transport(arcs, nodes=200, seed=1, demand=5):
    """Goods from the first half of the nodes to the second, with random costs."""
    rng = np.random.default_rng(seed)
    half = nodes // 2
    supply = np.full(nodes, demand)
    supply[half:] = -demand
    ends = rng.integers(0, half, arcs), rng.integers(half, nodes, arcs)
    return Question(*ends, rng.integers(0, 4, arcs), rng.integers(-1000, 1000, arcs), supply)


def our_flow_processes():
    """Children of this process that work out flows."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            status, command = (each / "status").read_text(), (each / "cmdline").read_text()
        except OSError:
            continue  # ended while we looked
        if f"PPid:\t{os.getpid()}\n" in status and "flow_process" in command:
            found.append(each.name)
    return found


def test_a_flow_is_the_same_in_a_process_of_its_own_and_something_else_is_done_meanwhile():
    question, done = transport(2000), []
    elsewhere = cheapest(question, go_on, lambda: done.append("meanwhile"), large=0)
    assert elsewhere.tolist() == cheapest(question).tolist()
    assert elsewhere.sum() > 0
    assert done == ["meanwhile"]


def test_what_cannot_be_supplied_is_none_there_too():
    assert cheapest(transport(50, demand=9), go_on, large=0) is None


def test_where_no_process_can_be_started_the_flow_is_worked_out_here(monkeypatch):
    question = transport(2000)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert cheapest(question, go_on, large=0).tolist() == cheapest(question).tolist()


def test_who_no_longer_waits_ends_the_process():
    pauses = iter(range(3))

    def lose_patience():
        if next(pauses, None) is None:
            raise OutOfTimeError

    with pytest.raises(OutOfTimeError):
        cheapest(transport(400_000, nodes=20_000), lose_patience, large=0)
    assert our_flow_processes() == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it ends with the flow it is at")
def test_no_process_outlives_one_that_was_killed():
    """It waits for a question that never comes, so nothing but the death of who started it can end it."""
    program = [sys.executable, "-P", flow_process.__file__]
    starting = (
        "import os, subprocess, sys, time; "
        f"subprocess.Popen([*{program!r}, str(os.getpid())], stdout=int(sys.argv[1])); "
        "os.close(int(sys.argv[1])); print('started', flush=True); time.sleep(600)"
    )
    alive, held = os.pipe()
    parent = subprocess.Popen(
        [sys.executable, "-c", starting, str(held)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=(held,),
    )
    os.close(held)
    with parent, os.fdopen(alive, "rb") as ended:
        assert parent.stdout.readline() == b"started\n"
        assert select.select([ended], [], [], 0)[0] == []
        parent.kill()
        assert select.select([ended], [], [], 120)[0] == [ended], "the process for flows lives on"
        assert ended.read() == b""


@pytest.fixture(scope="module")
def thousands():
    return solver.parse(crowd(5_000, 250, 12))


def test_a_cancel_while_the_best_flow_is_worked_out_returns_the_plan_in_hand(thousands):
    told = []
    found = solver.solve(thousands, objective=GOALS, seconds=3600, progress=told.append, cancel=lambda: bool(told))
    assert found.status == "feasible"
    assert found.method == "first come, first served"
    assert solver.check(thousands, found).ok
    assert our_flow_processes() == []


def test_a_limit_far_too_short_is_no_proof_of_anything(thousands):
    found = solver.solve(thousands, objective=GOALS, seconds=0.001)
    assert found.status in ("unknown", "feasible")
    assert our_flow_processes() == []


@pytest.mark.parametrize("seed", range(60))
def test_who_comes_first_is_seated_by_the_rules(seed):
    document = random_day(seed)
    document.pop("locks", None)
    for each in (*document["tables"], *document["companies"]):
        each.pop("min", None)
        each.pop("min_meetings", None)
    instance = solver.parse(document)
    board = Board(instance)
    plan = solver.Solution("feasible", board.assignments(first_come(board, go_on)))
    assert solver.check(instance, plan, objective=GOALS).violations == ()


def test_everybodys_first_choice_comes_before_anybodys_second():
    wishes = [("c1", "h1", 5), ("c1", "h2", 4), ("c2", "h2", 3), ("c2", "h1", 2)]
    board = Board(parsed(1, 2, 2, wishes))
    assert sorted(first_come(board, go_on)) == [(0, 0, 0), (1, 1, 0)]
