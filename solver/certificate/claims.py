"""What a certificate claims, and whether it is true. Uses the checker only, no optimisation library.

`certify` writes the claims; `false_claims` works them out again from instance and solution and compares. What a third
party cannot repeat without an optimiser, the bounds, are told as the solver's statement and marked so.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from solver.check import check
from solver.instance import Instance
from solver.measure import GOALS, Measured, histogram
from solver.solution import VERSION, Solution

SCHEMA = "eventday.certificate/1"
WORST_OFF_SHOWN = 20


def certify(instance: Instance, solution: Solution) -> dict[str, Any]:
    """The certificate of a plan as a JSON document. A plan that breaks a rule gets one too: its verdict says so."""
    return {
        "schema": SCHEMA,
        "name": instance.name or "",
        "instance_sha256": digest(instance.to_json()),
        "plan_sha256": digest(sorted(map(list, solution.assignments))),
        "solver": VERSION,
        "method": solution.method,
        "seed": solution.seed,
        "status": solution.status,
        "goals": [goal.to_json() | {"bound_stated_by": "solver"} for goal in solution.goals],
        **_facts(instance, solution),
    }


def _facts(instance: Instance, solution: Solution) -> dict[str, Any]:
    """What anybody can count from the two files."""
    report = check(instance, solution)
    facts = Measured(instance, solution.assignments)
    wished = {company.id: facts.wished.get(company.id, 0) for company in instance.companies}
    wishes = Counter(wish.company for wish in instance.wishes)
    fewest = min(wished.values(), default=0)
    worst = [company for company, count in wished.items() if count == fewest]
    reasons: dict[str, int] = Counter(each.reason for each in solution.unmet)
    return {
        "verdict": {"ok": report.ok, "violations": [f"{each.rule}: {each.detail}" for each in report.violations]},
        "measured": {name: _plain(GOALS[name](facts)) for name in GOALS},
        "spread": list(histogram(list(wished.values()))),
        "worst_off": {
            "wished_meetings": fewest,
            "companies": len(worst),
            "first": [{"company": company, "wishes": wishes[company]} for company in worst[:WORST_OFF_SHOWN]],
        },
        "counts": {
            "companies": len(instance.companies),
            "meetings": len(solution.assignments),
            "wishes": len(instance.wishes),
            "wishes_met": sum(wished.values()),
            "promises": len(instance.must),
            "promises_kept": GOALS["must"](facts),
        },
        "unmet_by_reason": dict(sorted(reasons.items())),
    }


def false_claims(instance: Instance, solution: Solution, certificate: Any) -> Iterator[str]:
    """Sentences on every claim that the files do not bear out; none when the certificate holds."""
    if not isinstance(certificate, dict) or certificate.get("schema") != SCHEMA:
        yield f"this is not a certificate ({SCHEMA})"
        return
    truths = certify(instance, solution)
    for key in certificate.keys() - truths.keys():
        yield f"{key} is nothing that a certificate claims"
    for key, truth in truths.items():
        if key not in certificate:
            yield f"{key} is missing"
        elif certificate[key] != json.loads(json.dumps(truth)):
            yield f"{key} is claimed as {_short(certificate[key])}; the files say {_short(truth)}"


def digest(document: Any) -> str:
    """SHA-256 of a document's canonical JSON, so that whitespace and order of keys do not matter."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 160 else text[:157] + "…"
