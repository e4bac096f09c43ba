"""A host's own pages: who comes in which round, who wishes to, and what the host thinks of them."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..services.phones import meeting_notes, my_visitors
from ..services.phones.my_day import Holder
from ..web.outcomes import OUTCOMES
from . import blueprint
from .bound import own_phone


@blueprint.get("/B/<code>/visitors")
@own_phone
def visitors(holder: Holder) -> ResponseReturnValue:
    """Companies per round, printable; before the plan, those who wish to come."""
    if not holder.hosts:
        abort(404)
    now = datetime.now(UTC)
    return render_template(
        "attendee/visitors.html",
        event=g.event,
        me=holder,
        now=now,
        rounds=my_visitors.visitors_of(holder),
        wishes=my_visitors.wishes_for(holder),
        needs=my_visitors.needs_of(holder),
        rating=my_visitors.may_rate(g.event, now),
        notes=meeting_notes.notes_of(holder),
        words=OUTCOMES,
    )


@blueprint.post("/B/<code>/ratings")
@own_phone
def rate(holder: Holder) -> ResponseReturnValue:
    """Save the host's own interest in the companies on the page."""
    now, changed = datetime.now(UTC), 0
    for wish in my_visitors.wishes_for(holder):
        given = request.form.get(f"rating-{wish.company_id}", type=int)
        if given is not None and (given or None) != wish.host_interest:
            my_visitors.rate(g.event, holder, wish.company_id, given or None, now=now)
            changed += 1
    flash(_("Saved.") if changed else _("Nothing was changed."), "good")
    return redirect(url_for(".visitors", code=holder.code))
