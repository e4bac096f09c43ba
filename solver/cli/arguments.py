"""What each command accepts."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from solver.cli import commands
from solver.measure import DEFAULT_OBJECTIVE, GOALS

LONGEST = 7 * 24 * 3600.0


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(prog="python -m solver", description="Plan a day of meetings, and prove it.")
    choose = top.add_subparsers(dest="command", required=True)

    solve = _command(choose, "solve", "make a plan", commands.solve)
    solve.add_argument("instance", metavar="IN.json")
    _output(solve)
    _search(solve, 60.0)

    check = _command(choose, "check", "judge a plan", commands.check)
    check.add_argument("instance", metavar="IN.json")
    check.add_argument("solution", metavar="OUT.json")
    check.add_argument("--certificate", metavar="CERT.json", help="also verify what a certificate claims of the plan")

    certificate = _command(choose, "certificate", "write the fairness certificate of a plan", commands.certificate)
    certificate.add_argument("instance", metavar="IN.json")
    certificate.add_argument("solution", metavar="OUT.json")
    certificate.add_argument(
        "-o",
        "--output",
        type=_certificate,
        metavar="CERT.json",
        required=True,
        help="the page to print is written beside it as .html",
    )

    explain = _command(choose, "explain", "why a company does not meet a host, and what it takes", commands.explain)
    explain.add_argument("instance", metavar="IN.json")
    explain.add_argument("solution", metavar="OUT.json")
    explain.add_argument("--company", required=True, metavar="C")
    explain.add_argument("--host", metavar="H", help="without it, every unmet promise and wish of the company")
    explain.add_argument("--seconds", type=_seconds, default=20.0, metavar="S", help="time limit (default 20)")

    repair = _command(choose, "repair", "mend a published plan as things now stand", commands.repair)
    repair.add_argument("instance", metavar="IN.json", help="as things now stand, with `now`")
    repair.add_argument("published", metavar="PUBLISHED.json")
    _output(repair)
    _search(repair, 7.0)
    how_many = repair.add_mutually_exclusive_group()
    how_many.add_argument("--max-moves", type=_whole(0, 10**9), metavar="K", help="let up to K move for better goals")
    how_many.add_argument(
        "--pareto", action="store_true", help="write every proposal, from fewest moves to the best day"
    )
    return top


def _command(
    choose: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    summary: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    command = choose.add_parser(name, help=summary, description=summary)
    command.set_defaults(run=run)
    return command


def _output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-o", "--output", type=_new_file, metavar="OUT.json", required=True, help="where the solution is written"
    )


def _search(command: argparse.ArgumentParser, seconds: float) -> None:
    limit = f"time limit (default {seconds:.0f})"
    command.add_argument("--seconds", type=_seconds, default=seconds, metavar="S", help=limit)
    command.add_argument(
        "--objective",
        type=_objective,
        default=DEFAULT_OBJECTIVE,
        metavar="GOALS",
        help=f"goals in strict order, out of {', '.join(GOALS)} (default {','.join(DEFAULT_OBJECTIVE)})",
    )
    command.add_argument("--seed", type=_whole(0, 2**31 - 1), default=0, metavar="N", help="default 0")
    command.add_argument(
        "--workers", type=_whole(1, 64), default=1, metavar="N", help="more than 1 is not deterministic"
    )
    command.add_argument("--progress", action="store_true", help="JSON lines on standard error")


def _new_file(text: str) -> str:
    """A search may take minutes: that its plan has a place to go is seen to before it begins."""
    folder = Path(text).parent
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {str(folder)!r} to write {Path(text).name} into")
    return text


def _certificate(text: str) -> str:
    if Path(text).suffix.lower() == ".html":
        raise argparse.ArgumentTypeError("name the JSON file; the page is written beside it with the ending .html")
    return _new_file(text)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= LONGEST:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and {LONGEST:.0f}")
    return value


def _objective(text: str) -> tuple[str, ...]:
    goals = tuple(text.split(","))
    for goal in goals:
        if goal not in GOALS:
            raise argparse.ArgumentTypeError(f"{goal!r} is not a goal; known: {', '.join(GOALS)}")
    if len(set(goals)) < len(goals):
        raise argparse.ArgumentTypeError("a goal is named twice")
    return goals


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text} is not between {low} and {high}")
        return value

    return read
