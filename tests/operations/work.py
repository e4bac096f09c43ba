"""Kinds of job for tests of the queue, and a worker that knows them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from eventday.models import Job, db
from eventday.rules.errors import Invalid
from eventday.services.work import jobs

KINDS = {name: f"tests.operations.work:{name}" for name in ("count", "refuse", "break_down")}


def count(job_id: int, report: Callable[[dict], None], cancelled: Callable[[], bool]) -> dict:
    """Counts to `request["to"]`, 20 a second, or to where it is cancelled."""
    aim = db.session.get_one(Job, job_id).request["to"]
    db.session.rollback()
    number = 0
    while number < aim and not cancelled():
        number += 1
        report({"counted": number})
        time.sleep(0.05)
    return {"counted": number}


def refuse(job_id: int, report: Callable[[dict], None], cancelled: Callable[[], bool]) -> dict:
    """Says what a rule says."""
    raise Invalid("%(name)s has no table.", name="SNERDI")


def break_down(job_id: int, report: Callable[[dict], None], cancelled: Callable[[], bool]) -> dict:
    """Has a bug."""
    return {"half": 1 // 0}


if __name__ == "__main__":
    jobs.KINDS.update(KINDS)
    from eventday.cli import main

    sys.argv[0] = "eventday"
    main()
