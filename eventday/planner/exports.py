"""The published plan as files: to print, to send, to compute with."""

from __future__ import annotations

import io

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from ..models import Event
from ..services.papers import exporting
from ..web.access import event_page
from . import blueprint

MIMETYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "pdf": "application/pdf",
    "json": "application/json",
}


@blueprint.get("/exports")
@event_page("plan")
def exports(event: Event) -> ResponseReturnValue:
    """What can be taken away of which version."""
    versions = exporting.versions_of(event)
    live = next((plan for plan in versions if plan.state == "published"), None)
    wanted = request.args.get("version", type=int)
    shown = next((plan for plan in versions if plan.version == wanted), live)
    context = {"versions": versions, "live": live, "shown": shown}
    return render_template("planner/exports.html", event=event, tab="exports", **context)


@blueprint.get("/exports/v<int:version>.<ending>")
@event_page("plan")
def export(event: Event, version: int, ending: str) -> ResponseReturnValue:
    """One version as a file; `?paper=` says which pdf."""
    if ending not in MIMETYPES:
        abort(404)
    paper = request.args.get("paper", "tables")
    slug = event.slug
    made = exporting.export_plan(event, ending, version=version, paper=paper)
    name = f"{slug}-v{version}-{paper}.pdf" if ending == "pdf" else f"{slug}-v{version}.{ending}"
    return send_file(io.BytesIO(made), mimetype=MIMETYPES[ending], as_attachment=True, download_name=name)
