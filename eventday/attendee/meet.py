"""Meet: offer contact details to the person whose badge this phone has scanned; a list to take home."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..services.phones import contacts as exchange
from ..services.phones.my_day import Holder
from . import blueprint
from .bound import bound_here, open_badge, own_phone


@blueprint.post("/B/<code>/offer")
def offer(code: str) -> ResponseReturnValue:
    """The owner of this phone offers details to the holder of `code`, or takes the offer back."""
    other = open_badge(code)
    me = bound_here()
    if me is None:
        abort(403)
    if request.form.get("do") == "withdraw":
        exchange.withdraw(me, other.delegate_id, now=datetime.now(UTC))
    else:
        exchange.offer(me, other.delegate_id, now=datetime.now(UTC))
    return redirect(url_for(".page", code=other.code))


@blueprint.post("/B/<code>/answer/<int:giver_id>")
@own_phone
def answer_offer(holder: Holder, giver_id: int) -> ResponseReturnValue:
    """Agree to exchange details with somebody who offers theirs, or rather not."""
    now = datetime.now(UTC)
    if request.form.get("answer") == "yes":
        exchange.agree(holder.delegate_id, giver_id, now=now)
        return redirect(url_for(".contacts", code=holder.code))
    exchange.decline(holder.delegate_id, giver_id, now=now)
    return redirect(url_for(".page", code=holder.code))


@blueprint.get("/B/<code>/contacts")
@own_phone
def contacts(holder: Holder) -> ResponseReturnValue:
    """Those with whom details were exchanged."""
    people = exchange.contacts_of(holder.delegate_id)
    gone = exchange.receipts_of_erased(holder.delegate_id)
    return render_template("attendee/contacts.html", event=g.event, me=holder, people=people, gone=gone)


@blueprint.get("/B/<code>/contacts.vcf")
@own_phone
def contact_cards(holder: Holder) -> ResponseReturnValue:
    """All of them, or the one named by `?who=`, for the phone's address book."""
    people = exchange.contacts_of(holder.delegate_id)
    who = request.args.get("who", type=int)
    if who is not None:
        people = [person for person in people if person.id == who]
        if not people:
            abort(404)
    response = Response(exchange.cards(people), mimetype="text/vcard")
    response.headers["Content-Disposition"] = f'attachment; filename="{g.event.slug}-contacts.vcf"'
    return response
