"""Self check-in: where the code on the hall's screen leads a phone."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..models import Event, db
from ..rules.errors import Forbidden, NotFound
from ..services.phones.self_check_in import check_self_in
from ..web.language import translate_error
from . import blueprint
from .bound import own_code


@blueprint.get("/HERE/<int:event_id>/<code>")
@blueprint.get("/here/<int:event_id>/<code>")
def here(event_id: int, code: str) -> ResponseReturnValue:
    """Check the owner of this phone in and open the own page. An old code, or a phone of nobody's, is told what to do.

    The request changes something although it is a GET, since a camera can ask for nothing else; the code, known only
    to who sees the screen in this minute, stands in for the token of a form.
    """
    event = db.session.get(Event, event_id)
    if event is None:
        raise NotFound("There is nothing at this address. Check it, or begin again from the start page.")
    g.event = event
    own = own_code()
    if own is None:
        return render_template("attendee/here.html", event=event, message=None)
    try:
        told = check_self_in(event, own, code, secret=current_app.config["EVENTDAY"].secret_key, now=datetime.now(UTC))
    except Forbidden as refused:
        message = translate_error(refused.message, refused.params)
        return render_template("attendee/here.html", event=event, message=message, own_code=own), 403
    flash(_("You are checked in.") if told["outcome"] == "accepted" else _("You were checked in already."), "good")
    return redirect(url_for(".page", code=own))
