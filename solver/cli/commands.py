"""One function per command: read, call, write, say how it went."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType

import solver
from solver.certificate import page
from solver.check import Violation
from solver.cli.files import dump, read_instance, read_json, read_solution, write_text
from solver.clock import Progress
from solver.solution import Solution

OFFERS_SCHEMA = "eventday.proposals/1"
DONE, VIOLATIONS, INFEASIBLE, NOTHING_FOUND = 0, 1, 3, 4


def solve(arguments: argparse.Namespace) -> int:
    """Make a plan and write it."""
    instance = read_instance(arguments.instance)
    solution = solver.solve(
        instance,
        seconds=arguments.seconds,
        objective=arguments.objective,
        seed=arguments.seed,
        workers=arguments.workers,
        progress=_progress(arguments),
        cancel=_interrupt(),
    )
    return deliver(solution, arguments.output)


def check(arguments: argparse.Namespace) -> int:
    """Print the checker's verdict as JSON."""
    instance = read_instance(arguments.instance)
    solution = read_solution(arguments.solution, instance)
    report = solver.check(instance, solution)
    if arguments.certificate:
        false = solver.false_claims(instance, solution, read_json(arguments.certificate))
        report = replace(report, violations=(*report.violations, *(Violation("certificate", each) for each in false)))
    print(dump(report.to_json()), end="")
    return DONE if report.ok else VIOLATIONS


def certificate(arguments: argparse.Namespace) -> int:
    """Write the certificate as JSON, and beside it as a page to print."""
    instance = read_instance(arguments.instance)
    claims = solver.certify(instance, read_solution(arguments.solution, instance))
    write_text(arguments.output, dump(claims))
    write_text(str(Path(arguments.output).with_suffix(".html")), page(claims))
    return DONE if claims["verdict"]["ok"] else VIOLATIONS


def explain(arguments: argparse.Namespace) -> int:
    """Print why a company's meetings do not take place, as JSON with sentences in Chinese and in English."""
    instance = read_instance(arguments.instance)
    solution = read_solution(arguments.solution, instance)
    answers = solver.explain(
        instance,
        solution,
        arguments.company,
        arguments.host,
        seconds=arguments.seconds,
        cancel=_interrupt(),
    )
    print(dump({"company": arguments.company, "explanations": [answer.to_json() for answer in answers]}), end="")
    return DONE


def repair(arguments: argparse.Namespace) -> int:
    """Mend a published plan; with --pareto, write every proposal worth choosing."""
    instance = read_instance(arguments.instance)
    published = read_solution(arguments.published, instance, published=True)
    how = {
        "seconds": arguments.seconds,
        "objective": arguments.objective,
        "seed": arguments.seed,
        "workers": arguments.workers,
        "cancel": _interrupt(),
    }
    if not arguments.pareto:
        found = solver.repair(instance, published, max_moves=arguments.max_moves, progress=_progress(arguments), **how)
        return deliver(found, arguments.output)
    offers = solver.pareto(instance, published, progress=_growing(arguments), **how)
    if not offers[0].found:
        return deliver(offers[0], arguments.output)
    document = {"schema": OFFERS_SCHEMA, "proposals": [offer.to_json() for offer in offers]}
    write_text(arguments.output, dump(document))
    return DONE


def deliver(solution: Solution, output: str) -> int:
    """Write a solution and turn its status into the exit code."""
    write_text(output, dump(solution.to_rows()))
    for problem in solution.problems:
        print(problem.en, file=sys.stderr)
    if solution.found:
        return DONE
    return INFEASIBLE if solution.status == "infeasible" else NOTHING_FOUND


def _progress(arguments: argparse.Namespace) -> Callable[[Progress], None] | None:
    if not arguments.progress:
        return None
    return lambda step: print(json.dumps(step.to_json()), file=sys.stderr, flush=True)


def _growing(arguments: argparse.Namespace) -> Callable[[list[Solution]], None] | None:
    """A line for each proposal as it is found."""
    if not arguments.progress:
        return None

    def tell(offers: list[Solution]) -> None:
        last = {"proposals": len(offers), "moves": len(offers[-1].moves)}
        print(json.dumps(last | {"seconds": round(offers[-1].seconds, 3)}), file=sys.stderr, flush=True)

    return tell


def _interrupt() -> Callable[[], bool]:
    """Ctrl-C and a polite kill end the search, not the program: the best plan so far is still written."""
    asked = False

    def ask(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    signal.signal(signal.SIGINT, ask)
    signal.signal(signal.SIGTERM, ask)
    return lambda: asked
