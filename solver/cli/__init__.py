"""The command line: reads files, calls one function of the package, writes a file, ends with a code.

0 a solution was written · 1 `check` found violations · 2 bad input or usage · 3 proven infeasible · 4 nothing found
in the time given
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from solver.cli.arguments import parser
from solver.cli.files import BadFile
from solver.reading import BadInput


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except (BadInput, BadFile) as error:
        print(error, file=sys.stderr)
        return 2
