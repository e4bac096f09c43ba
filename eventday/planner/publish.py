"""Publishing: first the difference and whom it concerns, then the version; rollback is a version too."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..models import Event, Plan
from ..rules.plan_diff import by_company
from ..services.planning import drafts, publishing
from ..services.planning.reading import read
from ..web.access import event_page
from . import blueprint
from .overview import actor
from .plan import names_of


@blueprint.get("/plan/<int:plan_id>/publish")
@event_page("publish")
def confirm(event: Event, plan_id: int) -> ResponseReturnValue:
    """What publishing would change, for whom."""
    row = drafts.find_plan(event, plan_id)
    if row.state != "draft":  # an old tab, or published meanwhile: there is nothing to confirm
        return redirect(url_for("planner.plan", slug=event.slug, plan_id=plan_id))
    live = drafts.live_plan(event.id)
    return _difference(event, live, row, "planner/publish.html")


@blueprint.get("/plan/<int:plan_id>/diff")
@event_page("plan")
def diff(event: Event, plan_id: int) -> ResponseReturnValue:
    """What a version changed against another one (`against`; default: the one it came from)."""
    row = drafts.find_plan(event, plan_id)
    against = request.args.get("against", type=int)
    versions = drafts.plans_of(event, "published", "superseded")
    older = [each for each in versions if (each.version or 0) < (row.version or 0)]
    other = drafts.find_plan(event, against) if against else (older[0] if older else None)
    return _difference(event, other, row, "planner/diff.html")


def _difference(event: Event, old: Plan | None, new: Plan, template: str) -> ResponseReturnValue:
    reading = read(event, new, now=datetime.now(UTC))
    changes = publishing.changes_between(old, new)
    return render_template(
        template,
        event=event,
        tab="plan",
        old=old,
        plan=new,
        reading=reading,
        names=names_of(reading),
        told=by_company(changes),
        faults=reading.faults if new.state == "draft" else [],
    )


@blueprint.post("/plan/<int:plan_id>/publish")
@event_page("publish")
def publish(event: Event, plan_id: int) -> ResponseReturnValue:
    """Make the draft the live version."""
    row = drafts.find_plan(event, plan_id)
    revision = request.form.get("revision", -1, type=int)
    version = publishing.publish(event, row, revision=revision, now=datetime.now(UTC), actor=actor())
    flash(_("Version %(n)s is published. Phones and screens show it now.", n=version.version), "good")
    return redirect(url_for("planner.plan", slug=event.slug, plan_id=version.id))


@blueprint.post("/plan/<int:plan_id>/rollback")
@event_page("publish")
def rollback(event: Event, plan_id: int) -> ResponseReturnValue:
    """An earlier version again, as the next number."""
    row = drafts.find_plan(event, plan_id)
    version = publishing.roll_back_to(event, row, now=datetime.now(UTC), actor=actor())
    flash(_("Version %(n)s is published. Phones and screens show it now.", n=version.version), "good")
    return redirect(url_for("planner.plan", slug=event.slug, plan_id=version.id))
