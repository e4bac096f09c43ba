"""Kinds of job for tests of the queue, and a worker that knows them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from eventday.models import Job, db
from eventday.rules.errors import Invalid
from eventday.services.work import jobs

KINDS = {name: f"tests.operations.work:{name}" for name in ("count", "refuse", "break_down")}


def count(job_id: int, report: Callable[[dict], None], cancelled: Callable[[], bool]) -> dict:
    """Counts to `request["to"]`, or to where it is cancelled; past 5 only when the file `request["gate"]` is there."""
    request = db.session.get_one(Job, job_id).request
    db.session.rollback()
    gate, number = Path(request.get("gate", os.devnull)), 0
    while number < request["to"] and not cancelled():
        if number < 5 or gate.exists():
            number += 1
            report({"counted": number})
        time.sleep(0.02)
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
