"""The report of a plan, with its charts: for the files of a version, and as pictures on the planner's pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ...badges.plan_charts import chart_svg, report_pdf
from ...models import Event, Plan, db
from ...rules.plan_report import GoalLine, PlanReport, TableLoad
from ..planning.reading import Reading, read


def report_paper(event: Event, plan: Plan) -> bytes:
    """The report of a published version as a PDF."""
    at = plan.published_at or plan.created_at
    report = _report(event, read(event, plan, now=at), at)
    db.session.rollback()
    return report_pdf(report)


def chart_of(event: Event, plan: Plan, chart: str, lang: str, *, now: datetime) -> bytes:
    """A chart (`fairness` or `load`) of any plan as it stands at `now`, an SVG. Raises Invalid for another name."""
    report = _report(event, read(event, plan, now=now), now)
    db.session.rollback()
    return chart_svg(report, chart, lang)


def _report(event: Event, reading: Reading, at: datetime) -> PlanReport:
    plan = reading.plan
    return PlanReport(
        event=event.name,
        event_en=event.name_en,
        day=event.date.isoformat(),
        version=f"v{plan.version}" if plan.version else "",
        made_at=at.astimezone(event.zone),
        rounds=tuple((slot.name, slot.name_en) for slot in reading.slots),
        goals=tuple(_goal(goal) for goal in plan.solution.get("goals", ())),
        spread=tuple(reading.spread),
        loads=tuple(
            TableLoad(
                place.label,
                place.host.label,
                place.host.name_en,
                tuple(
                    None if slot.id in place.closed else (reading.board.taken(place.id, slot.id), place.capacity)
                    for slot in reading.slots
                ),
            )
            for place in reading.places
        ),
        worst_off=tuple(party.label for party in reading.worst_off),
        meetings=len(reading.seats),
        unmet=len(reading.unmet),
    )


def _goal(goal: dict[str, Any]) -> GoalLine:
    return GoalLine(goal["name"], _text(goal["value"]), _text(goal.get("bound")), bool(goal.get("proven")))


def _text(value: Any) -> str:
    """A spread reads from nobody's meetings upwards: `0 · 6 · 30`."""
    if value is None:
        return "–"
    return " · ".join(str(each) for each in value) if isinstance(value, list | tuple) else str(value)
