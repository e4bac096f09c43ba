"""A plan's charts as pictures."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response
from flask.typing import ResponseReturnValue

from ..models import Event
from ..services.papers import reporting
from ..services.planning import drafts
from ..web.access import event_page
from ..web.language import is_chinese
from . import blueprint


@blueprint.get("/plan/<int:plan_id>/charts/<chart>.svg")
@event_page("plan")
def chart(event: Event, plan_id: int, chart: str) -> ResponseReturnValue:
    """How fairly a plan serves (`fairness`), or how full its tables are (`load`)."""
    plan = drafts.find_plan(event, plan_id)
    made = reporting.chart_of(event, plan, chart, "zh" if is_chinese() else "en", now=datetime.now(UTC))
    return Response(made, mimetype="image/svg+xml")
