"""What my meetings came to: a company's own notes. (A host notes on its visitors' page.)"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..services.phones import meeting_notes
from ..services.phones.my_day import Holder, my_day
from ..web.outcomes import OUTCOMES
from . import blueprint
from .bound import own_phone


@blueprint.get("/B/<code>/outcomes")
@own_phone
def outcomes(holder: Holder) -> ResponseReturnValue:
    """My meetings, each with what I say it came to."""
    if holder.hosts:
        return redirect(url_for(".visitors", code=holder.code))
    meetings = [meeting for meeting in my_day(holder).meetings if not meeting.receiving]
    return render_template(
        "attendee/outcomes.html",
        event=g.event,
        me=holder,
        meetings=meetings,
        notes=meeting_notes.notes_of(holder),
        words=OUTCOMES,
    )


@blueprint.post("/B/<code>/notes/<int:other_id>")
@own_phone
def save_note(holder: Holder, other_id: int) -> ResponseReturnValue:
    """Note one meeting's outcome and next step."""
    meeting_notes.save_note(
        holder,
        other_id,
        request.form.get("outcome", ""),
        request.form.get("next_step", ""),
        now=datetime.now(UTC),
    )
    flash(_("Saved. Only your side and the organisers see it."), "good")
    page = url_for(".visitors" if holder.hosts else ".outcomes", code=holder.code)
    return redirect(f"{page}#note-{other_id}")
