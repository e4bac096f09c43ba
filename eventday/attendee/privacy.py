"""My data: what is kept, a copy of it, and its end."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..models import Delegate, db
from ..services.phones import privacy as privacy_service
from ..services.phones.contacts import receipts_from
from ..services.phones.my_day import Holder
from . import blueprint
from .bound import own_phone


@blueprint.get("/B/<code>/privacy")
@own_phone
def privacy(holder: Holder) -> ResponseReturnValue:
    """Who sees what, until when, and how to end it."""
    person = db.session.get_one(Delegate, holder.delegate_id)
    return render_template(
        "attendee/privacy.html", event=g.event, me=holder, person=person, receipts=receipts_from(person.id)
    )


@blueprint.get("/B/<code>/my-data.json")
@own_phone
def my_data(holder: Holder) -> ResponseReturnValue:
    """Everything that is kept about the person, as a file."""
    person = db.session.get_one(Delegate, holder.delegate_id)
    text = json.dumps(privacy_service.everything_about(person), ensure_ascii=False, indent=1)
    response = Response(text, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@blueprint.post("/B/<code>/erase")
@own_phone
def erase(holder: Holder) -> ResponseReturnValue:
    """Erase the person, who has written that this is meant."""
    if request.form.get("sure") != "yes":
        return redirect(url_for(".privacy", code=holder.code))
    person = db.session.get_one(Delegate, holder.delegate_id)
    receipts = [(each.taker.name, each.taker.company) for each in receipts_from(person.id)]
    privacy_service.erase(person, now=datetime.now(UTC), actor=f"delegate {person.id}")
    return render_template("attendee/erased.html", event=g.event, receipts=receipts, code=holder.code)
